/** Runs steps with the same key one at a time, in the order of the calls; different keys run concurrently. */
export class Serial {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Run a step when all earlier steps with this key have settled. */
  async run<T>(key: string, step: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key)
    const mine = before === undefined ? step() : before.then(step, step)
    this.#last.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key)
    }
  }
}
