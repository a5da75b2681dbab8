/** A line in which each client has its turn: many tasks of one do not keep one of another waiting. No clock, no I/O. */

/** What waits. */
export interface InLine {
  /** `undefined` for one that is not counted by itself: its tasks have their places by when they came. */
  client: string | undefined
}

/**
 * A task has the place in which it came, put back by `width` places for each one of its client that waits or runs. So it is
 * before the second of a client that has `width` in the line, and is overtaken by a bounded number of tasks, whoever comes.
 */
export class LineByTurns<T extends InLine> {
  readonly #width: number
  readonly #places = new Map<T, number>()
  #running: T[] = []
  #came = 0

  /** @param width - As many as may wait. */
  constructor(width: number) {
    this.#width = width
  }

  /** How many wait. */
  get length(): number {
    return this.#places.size
  }

  /** How many of this client wait; 0 for one that is not counted by itself. */
  waitingOf(client: string | undefined): number {
    return countOf(this.#places.keys(), client)
  }

  add(task: T): void {
    const own = this.waitingOf(task.client) + countOf(this.#running, task.client)
    this.#places.set(task, this.#came++ + own * this.#width)
  }

  /** Take the next one, which runs until `done`. */
  next(): T | undefined {
    let [first] = this.#places
    for (const each of this.#places) if (first === undefined || each[1] < first[1]) first = each
    if (first === undefined) return undefined
    this.#places.delete(first[0])
    this.#running.push(first[0])
    return first[0]
  }

  done(task: T): void {
    this.#running = this.#running.filter((each) => each !== task)
  }

  /** @returns false when it does not wait. */
  leave(task: T): boolean {
    return this.#places.delete(task)
  }

  /** Take all that wait. */
  clear(): T[] {
    const all = [...this.#places.keys()]
    this.#places.clear()
    return all
  }
}

function countOf(tasks: Iterable<InLine>, client: string | undefined): number {
  if (client === undefined) return 0
  let count = 0
  for (const task of tasks) if (task.client === client) count += 1
  return count
}
