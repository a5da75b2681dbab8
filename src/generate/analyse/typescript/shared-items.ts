/** Distributes the items of a list among the threads that work on it: each item once, a few neighbours at a time. */
export class SharedItems<T> implements Iterator<T> {
  readonly #items: readonly T[]
  readonly #taken: Int32Array
  #at = 0
  #end = 0

  /**
   * @param items - The same list in all threads.
   * @param taken - One number, initially 0; in shared memory if several threads work on the list.
   */
  constructor(items: readonly T[], taken: Int32Array) {
    this.#items = items
    this.#taken = taken
  }

  next(): IteratorResult<T> {
    if (this.#at === this.#end) {
      this.#at = Atomics.add(this.#taken, 0, NEIGHBOURS)
      this.#end = this.#at + NEIGHBOURS
    }
    const at = this.#at++
    return at < this.#items.length ? { value: this.#items[at] as T } : { done: true, value: undefined }
  }
}

/** Files of one folder consult the same types, which each thread evaluates for itself. */
const NEIGHBOURS = 8
