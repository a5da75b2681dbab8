/** Collects the calls in a file on values of unknown type, by member name. */

import { compareText, type UnknownCall } from '#generate/model.ts'

/** Limits on the names in one file and on the lines of one name; later ones are left out. */
const MAX_NAMES = 2_000
const MAX_LINES = 100

export class UnknownCalls {
  readonly #lines = new Map<string, number[]>()

  add(name: string, line: number): void {
    const lines = this.#lines.get(name)
    if (lines === undefined && this.#lines.size < MAX_NAMES) this.#lines.set(name, [line])
    else if (lines !== undefined && lines.length < MAX_LINES && lines.at(-1) !== line) lines.push(line)
  }

  done(): UnknownCall[] {
    return [...this.#lines].sort(([a], [b]) => compareText(a, b)).map(([name, lines]) => [name, ...lines])
  }
}
