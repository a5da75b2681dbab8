/**
 * Of all places that are offered, those nearest to a cursor on one side of it, each once. Keys are the names of places
 * (`placeName`): they sort by the time of submission.
 */

import { isListed } from '#base/job-id.ts'
import type { PlaceQuery } from '#queue/backend.ts'
import { lowerBound } from './listing.ts'
import { placeName } from './paths.ts'

/** Where the id begins in the name of a place. */
const PLACE_HEAD = '1700000000000-'.length
/** Digests in an id, with what comes before them; nobody looks for a part of one. */
const DIGEST = /(~|@\w{1,24}\.)[0-9a-f]{10,32}/g
const LONG = /[0-9a-f]{10}/

export class PlaceWindow {
  /** Nearest to the cursor first. */
  readonly keys: string[] = []
  /** From the cursor (or the end) down to older places; else up to newer ones. */
  readonly isDown: boolean
  readonly #limit: number
  readonly #cursor: string | undefined
  readonly #isWanted: (jobId: string) => boolean

  /** @param ids - Only these jobs, if given. */
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

  /** Names that are keys after their head, sorted: from the cursor on to the first that does not get in. */
  offerSorted(names: readonly string[], head: string): void {
    const least = lowerBound(names, head)
    const end = head === '' ? names.length : lowerBound(names, `${head.slice(0, -1)}.`)
    const [first, step] = this.isDown ? [end - 1, -1] : [least, 1]
    const cursor = this.#cursor === undefined ? undefined : lowerBound(names, head + this.#cursor)
    let at = first
    if (cursor !== undefined) at = this.isDown ? Math.min(first, cursor - 1) : Math.max(first, cursor)
    for (; at >= least && at < end; at += step) {
      const key = (names[at] ?? '').slice(head.length)
      if (!this.#isRoomFor(key)) return
      this.offer(key)
    }
  }

  /** True when no name of this day (UTC, `20260131`) can get in: it is on the other side of the cursor, or too far away. */
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

  /** In the direction of the window. */
  #isBefore(one: string, other: string): boolean {
    return this.isDown ? one > other : one < other
  }

  #indexOf(key: string): number {
    let low = 0
    let high = this.keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#isBefore(this.keys[middle] ?? '', key)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Whether the id has the text, in lower case, outside of its digests, unless the text is long enough to mean one. */
export function hasText(jobId: string, text: string): boolean {
  const id = jobId.toLowerCase()
  return id.includes(text) && (LONG.test(text) || id.replace(DIGEST, '$1').includes(text))
}

const timeOf = (key: string): number => Number(key.slice(0, PLACE_HEAD - 1))

/** The first millisecond of a day, and that of the next one. */
function boundsOf(day: string): [number, number] {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6))]
  return [Date.UTC(year, month - 1, date), Date.UTC(year, month - 1, date + 1)]
}
