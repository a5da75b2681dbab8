/** Growing tables of integers, for building the facts of a file. */

export class Table {
  #data: Int32Array
  #rows = 0
  readonly width: number

  constructor(width: number, rows = 256) {
    this.width = width
    this.#data = new Int32Array(width * rows)
  }

  get rows(): number {
    return this.#rows
  }

  /** Add a row filled with -1 and return its index. */
  add(): number {
    const at = this.#rows * this.width
    if (at + this.width > this.#data.length) {
      const larger = new Int32Array(this.#data.length * 2)
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data.fill(-1, at, at + this.width)
    return this.#rows++
  }

  at(row: number, column: number): number {
    return this.#data[row * this.width + column] ?? -1
  }

  set(row: number, column: number, value: number): void {
    this.#data[row * this.width + column] = value
  }

  /** A copy of the rows. */
  done(): Int32Array {
    return this.#data.slice(0, this.#rows * this.width)
  }
}

/** Concatenated lists of numbers, each preceded by its length. */
export class Lists {
  readonly #data: number[] = []

  /** @returns The start of the list, or -1 for an empty one. */
  add(items: readonly number[]): number {
    if (items.length === 0) return -1
    const at = this.#data.length
    this.#data.push(items.length)
    for (const item of items) this.#data.push(item)
    return at
  }

  done(): Int32Array {
    return Int32Array.from(this.#data)
  }
}

/** Interned strings. */
export class Strings {
  readonly all: string[] = []
  readonly #indexes = new Map<string, number>()

  add(text: string): number {
    const known = this.#indexes.get(text)
    if (known !== undefined) return known
    const index = this.all.length
    this.all.push(text)
    this.#indexes.set(text, index)
    return index
  }
}
