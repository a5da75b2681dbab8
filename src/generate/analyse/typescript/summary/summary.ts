/** Makes the summary of a file, which is all that the linker reads of it. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { TemplateTags } from '#generate/analyse/embedded/component-script.ts'
import type { Declared } from '#generate/analyse/typescript/draft.ts'
import { readAssignments } from './assignments.ts'
import { Conditions } from './conditions.ts'
import { symbolOf } from './declarations.ts'
import { entityOf } from './entities.ts'
import { expressionOf } from './expressions.ts'
import type { PackedRecords } from './heap.ts'
import { Maker, type Makers } from './maker.ts'
import { moduleOf } from './module-record.ts'
import { digestsOf } from './parts.ts'
import { Field } from './record-fields.ts'
import { scopesOf } from './scopes.ts'
import { signatureOf } from './signatures.ts'
import { type PackedSites, sitesOf } from './site-table.ts'
import { typeOf } from './types.ts'

/** The functions that create records, which call each other through `Maker`. */
const MAKERS: Makers = { expressionOf, typeOf, entityOf, signatureOf, symbolOf }

export interface Summary {
  readonly records: PackedRecords
  /** The position of the module's record. */
  readonly module: number
  /** Whether it declares globals, or members of other modules. */
  readonly isGlobal: boolean
  readonly sites: PackedSites
  /** Digests of its parts, with their names. */
  readonly parts: readonly (readonly [name: string, digest: string])[]
}

/** @param declared - The file's components, keyed by the nodes that declare them. */
export function summaryOf(
  tree: ts.SourceFile,
  path: string,
  { components, owners }: Declared,
  template: TemplateTags | undefined,
): Summary {
  const numbers = new Map(components.map(({ id }, index) => [id, index]))
  const indexes = new Map<ts.Node, number>()
  for (const [node, id] of owners) {
    const index = numbers.get(id)
    if (index !== undefined && !isAliasedValue(node)) indexes.set(node, index)
  }
  const scopes = scopesOf(tree)
  const maker = new Maker(tree, scopes, indexes, MAKERS)
  maker.conditions = new Conditions(maker)
  const commonJs = readAssignments(tree, scopes, maker.classMembers)
  const sites = sitesOf(maker, path, owners, numbers, template)
  const module = moduleOf(maker, commonJs)
  const parts = digestsOf(maker.heap, module, components)
  const { augmentations, globals, umd } = Field.module
  const isGlobal = [augmentations, globals, umd].some((field) => maker.heap.field(module, field) !== 0)
  return { records: maker.heap.pack(), module, isGlobal, sites, parts }
}

/** The `plan` of `{ name: plan }`, which remains a reference to its target. */
function isAliasedValue(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.initializer === node && !ts.isFunctionLike(node)
}
