/**
 * Collects one page of a list of jobs: keeps the offered names that are closest to the cursor on one side of it, without
 * duplicates. Keys are names made by `placeName`, which sort by submission time.
 */

import { lowerBound } from '#base/binary-search.ts'
import { isListed } from '#base/private-jobs.ts'
import type { PlaceQuery } from '#queue/backend.ts'
import { hasText } from '#queue/name-search.ts'
import { placeName } from './file-names.ts'
import { indexOfName } from './listing.ts'

/** The length of the part of a key before the job id. */
const PLACE_HEAD = '1700000000000-'.length

export class PlaceWindow {
  /** The keys of the page, the closest to the cursor first. */
  readonly keys: string[] = []
  /** Whether the page goes from the cursor, or from the newest job, to older ones; otherwise, from the cursor to newer ones. */
  readonly isDown: boolean
  readonly #limit: number
  readonly #cursor: string | undefined
  readonly #isWanted: (jobId: string) => boolean

  /** @param ids - If given, only these jobs are included. */
  constructor(
    { limit, after, before, nameHas, withPrivate = false }: PlaceQuery,
    ids: ReadonlySet<string> | undefined,
  ) {
    const cursor = before ?? after
    this.isDown = before === undefined
    this.#limit = limit
    this.#cursor = cursor && placeName(cursor)
    const text = nameHas?.toLowerCase()
    this.#isWanted = (jobId) =>
      (ids?.has(jobId) ?? true) && (text === undefined || hasText(jobId, text)) && (withPrivate || isListed(jobId))
  }

  offer(key: string): void {
    if (!this.#isBeyondCursor(key) || !this.#isRoomFor(key) || !this.#isWanted(key.slice(PLACE_HEAD))) return
    const index = this.#indexOf(key)
    if (this.keys[index] === key) return
    this.keys.splice(index, 0, key)
    if (this.keys.length > this.#limit) this.keys.pop()
  }

  /** Offer sorted names, each made of `head` and a key, starting at the cursor, until one does not fit. */
  offerSorted(names: readonly string[], head: string): void {
    const start = indexOfName(names, head)
    const end = head === '' ? names.length : indexOfName(names, `${head.slice(0, -1)}.`)
    const [first, step] = this.isDown ? [end - 1, -1] : [start, 1]
    const cursor = this.#cursor === undefined ? undefined : indexOfName(names, head + this.#cursor)
    let at = first
    if (cursor !== undefined) at = this.isDown ? Math.min(first, cursor - 1) : Math.max(first, cursor)
    for (; at >= start && at < end; at += step) {
      const key = (names[at] ?? '').slice(head.length)
      if (!this.#isRoomFor(key)) return
      this.offer(key)
    }
  }

  /** Whether no name of this day (UTC, `20260131`) can fit, because it is on the other side of the cursor or too far away. */
  isClosedTo(day: string): boolean {
    const [from, to] = boundsOf(day)
    const cursor = this.#cursor === undefined ? undefined : timeOf(this.#cursor)
    if (cursor !== undefined && (this.isDown ? from > cursor : to <= cursor)) return true
    const last = this.keys.at(-1)
    if (last === undefined || this.keys.length < this.#limit) return false
    return this.isDown ? timeOf(last) >= to : timeOf(last) < from
  }

  #isBeyondCursor(key: string): boolean {
    return this.#cursor === undefined || this.#isBefore(this.#cursor, key)
  }

  #isRoomFor(key: string): boolean {
    const last = this.keys.at(-1)
    return this.keys.length < this.#limit || last === undefined || this.#isBefore(key, last)
  }

  #isBefore(one: string, other: string): boolean {
    return this.isDown ? one > other : one < other
  }

  #indexOf(key: string): number {
    return lowerBound(this.keys.length, (index) => this.#isBefore(this.keys[index] ?? '', key))
  }
}

const timeOf = (key: string): number => Number(key.slice(0, PLACE_HEAD - 1))

/** The first milliseconds of a day and of the next one. */
function boundsOf(day: string): [number, number] {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6))]
  return [Date.UTC(year, month - 1, date), Date.UTC(year, month - 1, date + 1)]
}
