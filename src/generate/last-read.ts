/** Notes which file of an inventory was accessed last, so that a stage that takes too long can blame it. */

import type { Inventory, SourceFile } from './model.ts'

let path: string | undefined
let since = 0

/** The same inventory, except that each access to the path or text of a file is noted. */
export function traced(inventory: Inventory): Inventory {
  return { ...inventory, files: inventory.files.map((file) => new TracedFile(file)) }
}

export function forgetReading(): void {
  path = undefined
}

/** The file accessed last, if that was at least `leastMs` ago. */
export function heldFile(leastMs: number): string | undefined {
  return path !== undefined && performance.now() - since >= leastMs ? path : undefined
}

function note(file: string): void {
  path = file
  since = performance.now()
}

class TracedFile implements SourceFile {
  declare path: string
  blob: string
  bytes: number
  lines: number
  language: string | null
  role: SourceFile['role']
  generated: boolean
  vendored: boolean
  declare exports?: NonNullable<SourceFile['exports']>
  declare text: string | null
  readonly #path: string
  readonly #text: string | null

  constructor(file: SourceFile) {
    this.#path = file.path
    this.#text = file.text
    this.blob = file.blob
    this.bytes = file.bytes
    this.lines = file.lines
    this.language = file.language
    this.role = file.role
    this.generated = file.generated
    this.vendored = file.vendored
    if (file.exports !== undefined) this.exports = file.exports
    Object.defineProperties(this, TracedFile.#properties)
  }

  /** Own properties, so that a spread copies them; the same functions for every file, so that access stays fast. */
  static readonly #properties: PropertyDescriptorMap = {
    path: {
      enumerable: true,
      get(this: TracedFile) {
        note(this.#path)
        return this.#path
      },
    },
    text: {
      enumerable: true,
      get(this: TracedFile) {
        note(this.#path)
        return this.#text
      },
    },
  }
}
