/** Encodes the sites of a file, in order of evaluation, and their regions as rows of numbers. */

import { plainHead } from '#generate/analyse/blocks/plain-head.ts'
import { readCalls } from '#generate/analyse/blocks/read-calls.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import type { TemplateTags } from '#generate/analyse/embedded/component-script.ts'
import { StringTable } from '#generate/analyse/pack-edges.ts'
import { brokenRegions } from '#generate/analyse/typescript/broken-syntax.ts'
import { isTypeName, nameOf } from '#generate/analyse/typescript/expressions.ts'
import { isInvokedInPlace } from '#generate/analyse/typescript/follow-functions.ts'
import { boundNames } from '#generate/analyse/typescript/imports.ts'
import { packNumbers } from '#generate/analyse/typescript/packed-numbers.ts'
import { Region } from '#generate/analyse/typescript/regions.ts'
import { type Imported, type Site, type Use, walkSites } from '#generate/analyse/typescript/sites.ts'
import type { BlockRows } from '#generate/file-blocks.ts'
import { Lines } from '#generate/formats/lines.ts'
import { BLOCK_KINDS, type Binding as BoundRow, HEAD_KINDS } from '#generate/model.ts'
import { classOf } from './classes.ts'
import type { Maker } from './maker.ts'
import { Kind } from './records.ts'
import { Meaning } from './scopes.ts'
import { chainOf } from './types.ts'

const { SyntaxKind: K } = ts

/** Kinds of rows. `place` is another occurrence of the previous site. */
export const USES = [
  'call',
  'construct',
  'extends',
  'implements',
  'override',
  'reference',
  'type',
  'import',
  'place',
] as const satisfies readonly (Use | 'import' | 'place')[]

/** How to resolve the expression of a site. */
export const Mode = { value: 0, type: 1, namespace: 2, importType: 3, chain: 4 } as const

/**
 * The columns of a site: use, owner (index of the component plus 1; 0 for the file), region plus 1, line (0 for none),
 * column, record, mode.
 */
export const SITE_COLUMNS = 7
/** The columns of a region. The parent is an index plus 1; `lines` counts the lines after the first. */
export const RegionColumn = { kind: 0, parent: 1, startLine: 2, lines: 3 } as const
export const REGION_COLUMNS = 4

export interface PackedSites {
  readonly rows: string
  /** The number of rows. */
  readonly count: number
  readonly regions: string
  /** Rows of `head-rows.ts`. */
  readonly heads: string
  /** Rows of `FileBlocks` in which blocks are regions. */
  readonly rest: Omit<BlockRows<string>, 'columns' | 'heads'>
  readonly names: ReadonlyMap<number, string>
  /** Regions that become blocks even without occurrences. */
  readonly named: readonly number[]
  /** Import bindings that are not resolved yet. */
  readonly bindings: readonly Omit<BoundRow, 'to'>[]
}

export function sitesOf(
  maker: Maker,
  path: string,
  owners: ReadonlyMap<ts.Node, string>,
  numbers: ReadonlyMap<string, number>,
  template: TemplateTags | undefined,
): PackedSites {
  const { tree } = maker
  const lines = new Lines(tree.text)
  const rows: number[] = []
  const regions = new RegionTable(tree, lines)
  const functions = new Map<ts.Node, Region>()
  const bindings: Omit<BoundRow, 'to'>[] = []
  const inTemplate = template && regionOfTemplate(template)
  const ownerOf = (id: string): number => (numbers.get(id) ?? -1) + 1

  const site = (one: Site): void => {
    const [record, mode] = recordOf(maker, one)
    const at = (nameOf(one.expression) ?? one.expression).getStart(tree)
    const use = USES.indexOf(one.use)
    const owner = ownerOf(one.owner)
    if (one.use === 'override') {
      rows.push(use, owner, 0, 0, 0, record, mode)
      return
    }
    if (template === undefined || at < template.end) {
      const { line, column } = lines.placeAt(at)
      rows.push(use, owner, regions.indexOf(one.region) + 1, line, column, record, mode)
      return
    }
    rows.push(use, owner, 0, 0, 0, record, mode)
    for (const tag of template.tags.get(one.expression.getText(tree)) ?? []) {
      const { line, column } = lines.placeAt(tag)
      rows.push(USES.indexOf('place'), owner, regions.indexOf(inTemplate) + 1, line, column, 0, 0)
    }
  }
  const { named, statements, calls } = walkSites(tree, path, owners, brokenRegions(tree, owners), {
    site,
    imported: (imported) => {
      const { line, column } = lines.placeAt(imported.specifier.getStart(tree) + 1)
      const region = regions.indexOf(regionOfFile(imported, functions)) + 1
      rows.push(USES.indexOf('import'), 0, region, line, column, maker.name(imported.specifier.text), 0)
    },
    binding: (node) => {
      for (const { name, imported, specifier } of boundNames(node)) {
        const line = lines.at(name.getStart(tree))
        bindings.push({ name: name.text, imported, module: specifier.text, line })
      }
    },
  })
  bindings.sort((a, b) => a.line - b.line)
  const texts = new StringTable()
  const read = readCalls(tree.text, calls, {
    made: new Set(named.flatMap(({ name }) => name ?? [])),
    grammar: {},
    texts,
    placeAt: (offset) => lines.placeAt(offset),
    blockOf: ({ region }) => regions.indexOf(region),
  })
  return {
    rows: packNumbers(rows),
    count: rows.length / SITE_COLUMNS,
    named: named.map((one) => regions.indexOf(one)),
    ...regions.pack(),
    rest: {
      names: texts.strings,
      statements: packNumbers(statements),
      calls: packNumbers(read.calls),
      values: packNumbers(read.values),
    },
    bindings,
  }
}

/** The record of a site's expression, and how to resolve it. */
function recordOf(maker: Maker, { use, expression }: Site): [record: number, mode: number] {
  if (use === 'override') {
    const container = expression.parent.parent as ts.ClassLikeDeclaration
    const name = maker.name((expression as ts.Identifier).text)
    return [maker.heap.add(Kind.access, classOf(maker, container), name, 0, 0), Mode.value]
  }
  const { parent } = expression
  if (ts.isImportTypeNode(parent)) {
    const { argument } = parent
    const literal = ts.isLiteralTypeNode(argument) ? argument.literal : undefined
    const specifier = literal !== undefined && ts.isStringLiteralLike(literal) ? literal.text : ''
    const chain = chainOf(maker, expression as ts.EntityName)
    return [maker.heap.add(Kind.importType, maker.name(specifier), chain, 0, 0), Mode.importType]
  }
  const isType = ts.isPartOfTypeNode(expression) || use === 'implements' || isTypeName(expression)
  const isEntity =
    ts.isIdentifier(expression) || ts.isQualifiedName(expression) || ts.isPropertyAccessExpression(expression)
  if (isType && isEntity) {
    // The left side of a qualified name is looked up as a namespace, but counts as a use of a type.
    const isLeft = ts.isQualifiedName(parent) && parent.left === expression
    const meaning = isLeft ? Meaning.namespace : parent.kind === K.TypeQuery ? Meaning.value : Meaning.type
    return [maker.entityOf(expression, meaning), isLeft ? Mode.namespace : Mode.type]
  }
  if (ts.isQualifiedName(expression)) return [maker.entityOf(expression, Meaning.value), Mode.value]
  const isName = nameOf(expression) !== undefined
  return [maker.expressionOf(expression), isName ? Mode.value : Mode.chain]
}

/** The region of an import relative to the file, which owns the edge: an import inside a function may never run. */
function regionOfFile({ specifier, region }: Imported, functions: Map<ts.Node, Region>): Region | undefined {
  let outermost: ts.Node | undefined
  for (let node: ts.Node = specifier.parent; !ts.isSourceFile(node); node = node.parent)
    if ((ts.isFunctionLike(node) && !isInvokedInPlace(node)) || ts.isPropertyDeclaration(node)) outermost = node
  if (outermost === undefined) return region
  const known = functions.get(outermost) ?? new Region('nested', undefined, outermost)
  functions.set(outermost, known)
  return known
}

/** The region of a template, where conditions around tags are not known. */
function regionOfTemplate({ tags }: TemplateTags): Region {
  const positions = [...tags.values()].flat().sort((a, b) => a - b)
  const [start = 0, end = start] = [positions[0], positions.at(-1)]
  return new Region('unknown', undefined, { getStart: () => start, end })
}

/** Numbers regions so that parents come first. */
class RegionTable {
  readonly #numbers = new Map<Region, number>()
  readonly #rows: number[] = []
  readonly #names = new Map<number, string>()
  readonly #tree: ts.SourceFile
  readonly #lines: Lines

  constructor(tree: ts.SourceFile, lines: Lines) {
    this.#tree = tree
    this.#lines = lines
  }

  /** -1 for none. */
  indexOf(region: Region | undefined): number {
    if (region === undefined) return -1
    const known = this.#numbers.get(region)
    if (known !== undefined) return known
    const missing: Region[] = []
    for (let one: Region | undefined = region; one !== undefined && !this.#numbers.has(one); one = one.parent)
      missing.push(one)
    for (const one of missing.reverse()) this.#add(one)
    return this.#numbers.get(region) ?? -1
  }

  #add(region: Region): void {
    const index = this.#numbers.size
    this.#numbers.set(region, index)
    const { kind, parent, first, last } = region
    const start = this.#lines.at(first.getStart(this.#tree))
    const end = this.#lines.at(last.end)
    const parentNumber = parent === undefined ? 0 : (this.#numbers.get(parent) ?? -1) + 1
    this.#rows.push(BLOCK_KINDS.indexOf(kind), parentNumber, start, end - start)
  }

  pack(): Pick<PackedSites, 'regions' | 'heads' | 'names'> {
    const heads: number[] = []
    for (const [region, number] of this.#numbers)
      for (const { kind, first, end } of region.heads) {
        const head = plainHead(this.#tree.text, kind, first.getStart(this.#tree), end)
        if (head !== undefined) heads.push(number, HEAD_KINDS.indexOf(head.kind), head.start, head.end)
      }
    for (const [region, number] of this.#numbers) if (region.name !== undefined) this.#names.set(number, region.name)
    return { regions: packNumbers(this.#rows), heads: packNumbers(heads), names: this.#names }
  }
}
