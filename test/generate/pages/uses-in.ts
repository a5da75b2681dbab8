/** The places behind edges that a test makes up: wherever the code of one end names the other one, outside of comments. */

import { NO_BLOCKS, packBlocks } from '#generate/file-blocks.ts'
import { InnermostStatements } from '#generate/innermost-statements.ts'
import type { Binding, Block, Component, Edge, FileUses, SourceFile, Use } from '#generate/model.ts'
import { Occurrences } from '#generate/occurrences.ts'

/** What a test says of a file beside its text. */
export interface KnownOf {
  blocks?: Block[]
  /** Index of the block of what is used in a line. */
  blockOfLine?: Record<number, number>
  bindings?: Binding[]
}

export function usesIn(
  files: readonly SourceFile[],
  components: readonly Component[],
  edges: readonly Edge[],
  known: Readonly<Record<string, KnownOf>> = {},
): Occurrences {
  const byId = new Map(components.map((one) => [one.id, one]))
  const uses = new Map<string, FileUses>()
  for (const [path, { blocks = [], bindings = [] }] of Object.entries(known))
    uses.set(path, { blocks: packBlocks(blocks), bindings, uses: [] })
  for (const edge of edges) {
    const from = byId.get(edge.from)
    const file = files.find(({ path }) => path === (from?.file ?? edge.from))
    const to = byId.get(edge.to)
    if (file === undefined || to === undefined || edge.kind === 'imports') continue
    const own: FileUses = uses.get(file.path) ?? { blocks: NO_BLOCKS, bindings: [], uses: [] }
    own.blocks = { ...own.blocks, statements: Int32Array.from(linesOf(file)) }
    uses.set(file.path, own)
    const inner = components.filter(
      ({ parent, startLine }) => parent === from?.id && startLine > (from?.startLine ?? 0),
    )
    own.uses.push(...placesOf(edge, file, from, to, inner, known[file.path]?.blockOfLine ?? {}))
  }
  for (const own of uses.values()) own.uses.sort((a, b) => a.order - b.order)
  return Occurrences.of(edges, uses)
}

/** Takes each line for a statement. */
function linesOf({ text }: SourceFile): number[] {
  const found = new InnermostStatements()
  for (const { 0: line, index } of (text ?? '').matchAll(/\S.*/g))
    found.add(index, index + line.length, /^[\w.]+\([^()]*\)$/.test(line))
  return found.rows
}

function placesOf(
  { from, to, kind }: Edge,
  { text }: SourceFile,
  user: Component | undefined,
  { name }: Component,
  inner: readonly Component[],
  blocks: Readonly<Record<number, number>>,
): Use[] {
  const lines = (text ?? '').replace(/\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length)).split('\n')
  const [first, last] = [user?.startLine ?? 1, user?.endLine ?? lines.length]
  const found: Use[] = []
  for (let line = first; line <= last; line++) {
    if (inner.some(({ startLine, endLine }) => line >= startLine && line <= endLine)) continue
    const code = lines[line - 1] ?? ''
    for (let at = code.indexOf(name); at >= 0 && name !== ''; at = code.indexOf(name, at + name.length)) {
      if (/[\w$]/.test(code[at - 1] ?? '') || /[\w$]/.test(code[at + name.length] ?? '')) continue
      if (line === first && name === user?.name) continue
      const isCall = /^\s*\(/.test(code.slice(at + name.length))
      if (kind === 'calls' && !isCall) continue
      if (kind === 'instantiates' && !/\bnew\s*$/.test(code.slice(0, at))) continue
      found.push({ from, to, kind, line, column: at + 1, order: line * 1_000 + at, block: blocks[line] ?? -1 })
    }
  }
  return found
}
