/** A fair queue: many tasks of one client do not delay the tasks of others. No clock, no I/O. */

/** A queued task. */
export interface QueuedTask {
  /** `undefined` for tasks without a client: they are served in order of arrival. */
  client: string | undefined
}

/**
 * Orders tasks by arrival number plus `width` for each waiting or running task of the same client. This bounds the number of
 * tasks that can overtake another.
 */
export class FairQueue<T extends QueuedTask> {
  readonly #width: number
  readonly #ranks = new Map<T, number>()
  #running: T[] = []
  #arrivals = 0

  /** @param width - The maximum number of waiting tasks. */
  constructor(width: number) {
    this.#width = width
  }

  /** Number of waiting tasks. */
  get length(): number {
    return this.#ranks.size
  }

  /** Number of waiting tasks of this client; 0 for `undefined`. */
  waitingOf(client: string | undefined): number {
    return countOf(this.#ranks.keys(), client)
  }

  add(task: T): void {
    const unfinished = this.waitingOf(task.client) + countOf(this.#running, task.client)
    this.#ranks.set(task, this.#arrivals++ + unfinished * this.#width)
  }

  /** Take the next task, which counts as running until `done` is called; `undefined` if none is waiting. */
  next(): T | undefined {
    let [first] = this.#ranks
    for (const each of this.#ranks) if (first === undefined || each[1] < first[1]) first = each
    if (first === undefined) return undefined
    this.#ranks.delete(first[0])
    this.#running.push(first[0])
    return first[0]
  }

  done(task: T): void {
    this.#running = this.#running.filter((each) => each !== task)
  }

  /** Remove a waiting task. @returns false when it is not waiting. */
  leave(task: T): boolean {
    return this.#ranks.delete(task)
  }

  /** Remove all waiting tasks. @returns These tasks, in order of arrival. */
  clear(): T[] {
    const all = [...this.#ranks.keys()]
    this.#ranks.clear()
    return all
  }
}

function countOf(tasks: Iterable<QueuedTask>, client: string | undefined): number {
  if (client === undefined) return 0
  let count = 0
  for (const task of tasks) if (task.client === client) count += 1
  return count
}
