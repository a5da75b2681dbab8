/** Which file of an inventory was looked at last, so that somebody who watches the clock knows which one holds up the work. */

import type { Inventory, SourceFile } from './model.ts'

let path: string | undefined
let since = 0

/** An inventory of the same files that notes whose path or text is read. */
export function traced(inventory: Inventory): Inventory {
  return { ...inventory, files: inventory.files.map((file) => new TracedFile(file)) }
}

export function forgetReading(): void {
  path = undefined
}

/** The path of the file that was looked at last, when that was at least so long ago. */
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
    Object.defineProperties(this, TracedFile.#properties)
  }

  /** Its own, so that copies have them; the same functions for all files, so that reading them is quick. */
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
