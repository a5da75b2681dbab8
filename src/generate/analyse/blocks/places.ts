/** Regions of a text found by the walk, with lookups by offset: the enclosing block, and the time of evaluation. */

import { StringTable } from '#generate/analyse/pack-edges.ts'
import { B, B_WIDTH, type BlockRows, type FileBlocks, mapRows } from '#generate/file-blocks.ts'
import type { Place } from '#generate/formats/lines.ts'
import { HEAD_WIDTH } from '#generate/head-rows.ts'
import { BLOCK_KINDS, type BlockKind, HEAD_KINDS } from '#generate/model.ts'
import type { Heads } from './heads.ts'
import { plainHead } from './plain-head.ts'
import { type FoundCall, type FoundCalls, readCalls } from './read-calls.ts'
import type { Grammar } from './rules.ts'

/**
 * A region of the text. `component` starts a new body: blocks around it do not count. `outside` belongs to the block
 * around its own, `elsewhere` to the block at an earlier offset.
 */
export interface Region {
  readonly start: number
  readonly end: number
  readonly kind: BlockKind | 'component' | 'outside' | 'elsewhere'
  readonly name: string | null
  readonly heads: Heads
  readonly at?: number
}

/** The range is evaluated after everything before `until`; `null` cancels the enclosing move. */
export interface Move {
  readonly from: number
  readonly to: number
  readonly until: number | null
  /** Several moves with the same `until` are evaluated last to first. */
  readonly isReversed: boolean
  /** The earlier offset where it is evaluated. */
  readonly at?: number
}

/** What a walk finds in a text. */
interface Found {
  readonly regions: Region[]
  readonly moves: Move[]
  readonly statements: readonly number[]
  readonly calls: FoundCalls
}

/** Limit on the moves considered around an offset. */
const MAX_AROUND = 64
/** Limit on the characters after the code of a region. */
const MAX_SPACE = 400

export class Places {
  /** Outer before inner. A guard encloses the block in the same range. */
  readonly #regions: readonly Region[]
  /** For each region, the index of the block for offsets inside it, or -1. */
  readonly #indexes: Int32Array
  /** Outer before inner. */
  readonly #moves: readonly Move[]
  readonly blocks: FileBlocks
  readonly #openRegions: Open
  readonly #openMoves: Open
  /** For each move with an earlier offset `at`, the moves around that offset. */
  readonly #movesAround = new Map<Move, readonly number[]>()

  constructor(text: string, found: Found, grammar: Grammar, placeAt: (offset: number) => Place) {
    const { regions, moves, statements, calls } = found
    this.#regions = regions.sort(
      (a, b) => a.start - b.start || b.end - a.end || Number(b.kind === 'guarded') - Number(a.kind === 'guarded'),
    )
    this.#moves = moves.sort((a, b) => a.from - b.from || b.to - a.to)
    this.#indexes = new Int32Array(regions.length)
    this.#openRegions = new Open(
      this.#regions.map(({ start }) => start),
      this.#regions.map(({ end }) => end),
    )
    this.#openMoves = new Open(
      this.#moves.map(({ from }) => from),
      this.#moves.map(({ to }) => to),
    )
    for (const move of this.#moves)
      if (move.at !== undefined) this.#movesAround.set(move, [...this.#openMoves.at(move.at)])
    const texts = new StringTable()
    const { columns, heads } = this.#number(text, texts, placeAt)
    const made = new Set(texts.strings)
    const blockOf = ({ name }: FoundCall): number => this.blockAt(name)
    const read = readCalls(text, calls, { made, grammar, texts, placeAt, blockOf })
    const rows = { columns, names: texts.strings, heads, statements, ...read }
    this.blocks = mapRows(rows, (one) => Int32Array.from(one))
  }

  /** Whether anything is not evaluated in the order of its ends. */
  get hasMoves(): boolean {
    return this.#moves.length > 0
  }

  #number(
    text: string,
    texts: StringTable,
    placeAt: (offset: number) => Place,
  ): Pick<BlockRows<readonly number[]>, 'columns' | 'heads'> {
    const columns: number[] = []
    const heads: number[] = []
    const around: number[] = []
    for (const [at, region] of this.#regions.entries()) {
      while (around.length > 0 && (this.#regions[around.at(-1) ?? 0]?.end ?? 0) <= region.start) around.pop()
      const parent = around.length === 0 ? -1 : (this.#indexes[around.at(-1) ?? 0] ?? -1)
      around.push(at)
      this.#indexes[at] = -1
      if (region.kind === 'outside') this.#indexes[at] = columns[parent * B_WIDTH + B.parent] ?? -1
      if (region.kind === 'elsewhere') this.#indexes[at] = this.blockAt(region.at ?? 0)
      if (region.kind === 'component' || region.kind === 'outside' || region.kind === 'elsewhere') continue
      const index = columns.length / B_WIDTH
      this.#indexes[at] = index
      columns.push(
        BLOCK_KINDS.indexOf(region.kind),
        parent,
        placeAt(region.start).line,
        placeAt(lastOf(text, region)).line,
        region.name === null ? -1 : texts.numberOf(region.name),
      )
      for (let row = 0; row < region.heads.length; row += HEAD_WIDTH - 1) {
        const [kind = 0, start = 0, end = 0] = region.heads.slice(row, row + HEAD_WIDTH - 1)
        const head = plainHead(text, HEAD_KINDS[kind] ?? 'unknown', start, end)
        if (head !== undefined) heads.push(index, HEAD_KINDS.indexOf(head.kind), head.start, head.end)
      }
    }
    return { columns, heads }
  }

  /** The innermost block around an offset, or -1. Call with increasing offsets: a smaller one restarts the scan. */
  blockAt(offset: number): number {
    return this.#indexes[this.#openRegions.at(offset).at(-1) ?? -1] ?? -1
  }

  /** A sort key for the time of evaluation. Call with increasing offsets, as for `blockAt`. */
  timeAt(offset: number): number {
    if (this.#moves.length === 0) return offset
    let time = offset
    let skipped = 0
    let open = this.#openMoves.at(offset)
    for (let at = open.length - 1, count = 0; at >= 0 && count < MAX_AROUND; at--, count++) {
      const move = this.#moves[open[at] ?? 0]
      if (move === undefined) continue
      const { from, to, until, isReversed } = move
      if (until === null) skipped += 1
      else if (skipped > 0) skipped -= 1
      else {
        const inside = (Math.min(time, to) - from + 1) / (to - from + 2)
        time = until - 1 + (isReversed ? (until - from - 1 + inside) / (until + 1) : inside)
        if (move.at === undefined) continue
        open = this.#movesAround.get(move) ?? []
        at = open.length
      }
    }
    return time
  }
}

/** The last character of a region that is not a space. */
function lastOf(text: string, { start, end }: Region): number {
  const from = Math.max(start, end - MAX_SPACE)
  return Math.max(start, from + text.slice(from, end).trimEnd().length - 1)
}

/** The spans open at an offset; spans are sorted, and nested or disjoint. */
class Open {
  readonly #starts: readonly number[]
  readonly #ends: readonly number[]
  readonly #open: number[] = []
  #next = 0
  #last = -1

  constructor(starts: readonly number[], ends: readonly number[]) {
    this.#starts = starts
    this.#ends = ends
  }

  /** The indexes of the spans around an offset, innermost last; valid until the next call. */
  at(offset: number): readonly number[] {
    if (offset < this.#last) {
      this.#open.length = 0
      this.#next = 0
    }
    this.#last = offset
    for (; this.#next < this.#starts.length; this.#next++) {
      const start = this.#starts[this.#next] ?? 0
      if (start > offset) break
      this.#close(start)
      if ((this.#ends[this.#next] ?? 0) > offset) this.#open.push(this.#next)
    }
    this.#close(offset)
    return this.#open
  }

  #close(offset: number): void {
    while (this.#open.length > 0 && (this.#ends[this.#open[this.#open.length - 1] ?? 0] ?? 0) <= offset)
      this.#open.pop()
  }
}
