/** Counts the calls in a file on values of unknown type, per member name. */

import { compareText, type NameCount } from '#generate/model.ts'

/** Limit on the names counted in one file; later ones are left out. */
const MAX_NAMES = 2_000

export class UnknownCalls {
  readonly #counts = new Map<string, number>()

  add(name: string): void {
    const count = this.#counts.get(name)
    if (count !== undefined || this.#counts.size < MAX_NAMES) this.#counts.set(name, (count ?? 0) + 1)
  }

  done(): NameCount[] {
    return [...this.#counts].sort(([a], [b]) => compareText(a, b))
  }
}
