/** Regions of a text found by the walk, with lookups by offset: the enclosing block, and the time of evaluation. */

import { append } from '#base/long-arrays.ts'
import { HEAD_WIDTH } from '#generate/head-rows.ts'
import { BLOCK_KINDS, type BlockKind } from '#generate/model.ts'
import { B, B_WIDTH, type FileBlocks } from './file-blocks.ts'
import type { Heads } from './heads.ts'

/**
 * A region of the text. `component` starts a new body: blocks around it do not count. `outside` belongs to the block
 * around its own.
 */
export interface Region {
  readonly start: number
  readonly end: number
  readonly kind: BlockKind | 'component' | 'outside'
  /** The first alternative of its decision, or itself. */
  readonly decision: Region | null
  readonly name: string | null
  readonly heads: Heads
}

/** The range is evaluated after everything before `until`; `null` cancels the enclosing move. */
export interface Move {
  readonly from: number
  readonly to: number
  readonly until: number | null
  /** Several moves with the same `until` are evaluated last to first. */
  readonly isReversed: boolean
}

/** Limit on the moves considered around an offset. */
const MAX_AROUND = 64

export class Places {
  /** Outer before inner. What is guarded may be a single block: the guard is around it. */
  readonly #regions: readonly Region[]
  /** For each region, the index of the block for offsets inside it, or -1. */
  readonly #indexes: Int32Array
  readonly #moves: readonly Move[]
  readonly blocks: FileBlocks
  readonly #openRegions: Open<Region>
  readonly #openMoves: Open<{ start: number; end: number; move: Move }>

  constructor(regions: Region[], moves: readonly Move[], lineAt: (offset: number) => number) {
    this.#regions = regions.sort(
      (a, b) => a.start - b.start || b.end - a.end || Number(b.kind === 'guarded') - Number(a.kind === 'guarded'),
    )
    this.#moves = moves
    this.#indexes = new Int32Array(regions.length)
    this.blocks = this.#number(lineAt)
    this.#openRegions = new Open(this.#regions)
    const spans = this.#moves.map((move) => ({ start: move.from, end: move.to, move }))
    this.#openMoves = new Open(spans.sort((a, b) => a.start - b.start || b.end - a.end))
  }

  #number(lineAt: (offset: number) => number): FileBlocks {
    const columns: number[] = []
    const names: string[] = []
    const heads: number[] = []
    const numbers = new Map<Region, number>()
    const around: number[] = []
    for (const [at, region] of this.#regions.entries()) {
      while (around.length > 0 && (this.#regions[around.at(-1) ?? 0]?.end ?? 0) <= region.start) around.pop()
      const parent = around.length === 0 ? -1 : (this.#indexes[around.at(-1) ?? 0] ?? -1)
      around.push(at)
      this.#indexes[at] = -1
      if (region.kind === 'outside') this.#indexes[at] = columns[parent * B_WIDTH + B.parent] ?? -1
      if (region.kind === 'component' || region.kind === 'outside') continue
      const index = columns.length / B_WIDTH
      this.#indexes[at] = index
      numbers.set(region, index)
      const row = new Array<number>(B_WIDTH).fill(-1)
      row[B.kind] = BLOCK_KINDS.indexOf(region.kind)
      row[B.parent] = parent
      row[B.startLine] = lineAt(region.start)
      row[B.endLine] = lineAt(Math.max(region.start, region.end - 1))
      if (region.decision !== null) row[B.decision] = numbers.get(region.decision) ?? -1
      if (region.name !== null) row[B.name] = names.push(region.name) - 1
      append(columns, row)
      for (let head = 0; head < region.heads.length; head += HEAD_WIDTH - 1)
        heads.push(index, ...region.heads.slice(head, head + HEAD_WIDTH - 1))
    }
    return { columns: Int32Array.from(columns), names, heads: Int32Array.from(heads) }
  }

  /** The innermost block around an offset, or -1. Call with increasing offsets: a smaller one restarts the scan. */
  blockAt(offset: number): number {
    return this.#indexes[this.#openRegions.innermost(offset)] ?? -1
  }

  /** A sort key for the time of evaluation. Call with increasing offsets, as for `blockAt`. */
  timeAt(offset: number): number {
    let time = offset
    let skipped = 0
    for (const { move } of this.#openMoves.around(offset)) {
      const { from, to, until, isReversed } = move
      if (until === null) skipped += 1
      else if (skipped > 0) skipped -= 1
      else {
        const inside = (Math.min(time, to) - from + 1) / (to - from + 2)
        time = until - 1 + (isReversed ? (until - from - 1 + inside) / (until + 1) : inside)
      }
    }
    return time
  }
}

/** The spans open at an offset; spans are sorted, and nested or disjoint. */
class Open<T extends { readonly start: number; readonly end: number }> {
  readonly #spans: readonly T[]
  readonly #open: number[] = []
  #next = 0
  #last = -1

  constructor(spans: readonly T[]) {
    this.#spans = spans
  }

  /** The index of the innermost span, or -1. */
  innermost(offset: number): number {
    this.#moveTo(offset)
    return this.#open.at(-1) ?? -1
  }

  /** Innermost first. */
  around(offset: number): T[] {
    this.#moveTo(offset)
    return this.#open
      .slice(-MAX_AROUND)
      .reverse()
      .flatMap((index) => this.#spans[index] ?? [])
  }

  #moveTo(offset: number): void {
    if (offset < this.#last) {
      this.#open.length = 0
      this.#next = 0
    }
    this.#last = offset
    for (
      let span = this.#spans[this.#next];
      span !== undefined && span.start <= offset;
      span = this.#spans[this.#next]
    ) {
      this.#close(span.start)
      if (span.end > offset) this.#open.push(this.#next)
      this.#next += 1
    }
    this.#close(offset)
  }

  #close(offset: number): void {
    while (this.#open.length > 0 && (this.#spans[this.#open.at(-1) ?? 0]?.end ?? 0) <= offset) this.#open.pop()
  }
}
