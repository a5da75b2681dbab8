/** Lists the definitions of a file that have no text and that no package exports: one line each, in place of entries. */

import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { wordAt } from '#generate/pages/code-lines.ts'
import { optionsOf } from '#generate/pages/commands/command-line.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { isExported } from '#generate/pages/public-api/public-names.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { exampleOfUse } from '#generate/pages/usage/example-of-use.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, list, oneLine, paragraph } from '#markdown/build.ts'
import { aliasOf } from './alias-of.ts'
import { withAsync } from './async-head.ts'
import { attributesOf } from './attributes.ts'
import { quoted } from './doc-cells.ts'
import type { EntryDepth } from './entry.ts'
import { isDocumented } from './entry-details.ts'
import { isFunction, placeMembers } from './entry-members.ts'
import { relationsOf } from './inheritance.ts'
import { boundMethod, docSource } from './inherited-doc.ts'
import { assignedProperties, outsideBases } from './outside-bases.ts'
import { outsideMixins } from './outside-mixins.ts'
import { returnedShape } from './returned-shape.ts'
import { superclassText } from './ruby-superclass.ts'
import { isCommon, traitsOf } from './rust-traits.ts'
import { givenLiteral, macroText } from './short-code.ts'

/** Limit on a signature, in characters. */
const MAX_SIGNATURE = 120
const MAX_LISTED = 1_000

/**
 * Whether a definition without members has no text and no example, no package exports it, nothing inherits from it, and its
 * signature names all that it inherits from.
 */
export function isUndescribed(writing: Writing, component: Component): boolean {
  if (isExported(writing, component) || writing.repo.members.has(component.id)) return false
  if (hasUnsaidBase(writing, component)) return false
  if (relationsOf(writing, component).length > 0 || hasText(writing, component)) return false
  return exampleOfUse(writing, component).length === 0
}

/** Whether a base is not in the signature: a mixin of Ruby, a prototype of JavaScript, a trait of Rust with a condition. */
function hasUnsaidBase({ repo }: Writing, component: Component): boolean {
  if (isFunction(component)) return false
  const bases = (repo.bases.get(component.id) ?? []).flatMap((id) => repo.components.get(id)?.name ?? [])
  const outside = [...outsideBases(repo, component), ...outsideMixins(repo, component)].map(({ name }) => name)
  return (
    [...bases, ...outside].some((name) => wordAt(component.signature, name) < 0) ||
    traitsOf(repo, component).some((one) => one.condition !== '' && !isCommon(one))
  )
}

function hasText(writing: Writing, component: Component): boolean {
  const { repo } = writing
  return (
    isDocumented(component) ||
    docSource(repo, component) !== undefined ||
    boundMethod(repo, component) !== undefined ||
    aliasOf(repo, component) !== undefined ||
    readmeDescription(writing, component) !== null ||
    returnedShape(repo, component) !== undefined ||
    assignedProperties(repo, component).length > 0 ||
    optionsOf(writing, component).length > 0
  )
}

/** Links to a definition lead to its line. */
export function writeUndescribed(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  depth: EntryDepth,
): void {
  if (components.length === 0) return
  const { texts } = writing
  const title = heading(depth, texts.file.withoutDescription)
  const shown = components.slice(0, MAX_LISTED)
  const lines = list(shown.map((one) => lineOf(writing, one)))
  for (const [index, one] of components.entries()) placeMembers(writing, draft, one, lines.children[index] ?? title)
  const left = components.length - shown.length
  append(draft.blocks, [title, lines, ...(left === 0 ? [] : [paragraph(texts.more(left))])])
}

/** The signature, with the condition under which the definition exists. */
function lineOf(writing: Writing, one: Component): Inline[] {
  const conditions = [...(one.condition === undefined ? [] : [one.condition]), ...attributesOf(writing.repo, one)]
  return [
    ...[writing.sources.definition(one, code(shortSignature(writing, one)))].flat(),
    ...conditions.flatMap((condition): Inline[] => [' (', quoted(condition), ')']),
  ]
}

function shortSignature({ repo }: Writing, component: Component): string {
  const { name, signature } = component
  const macro = macroText(repo, component)
  const whole = withAsync(repo, component, signature === '' ? name : signature)
  const line = oneLine(macro ?? whole + superclassText(repo, component) + givenLiteral(repo, component))
  return line.length > MAX_SIGNATURE ? `${line.slice(0, MAX_SIGNATURE - 1).trimEnd()}…` : line
}
