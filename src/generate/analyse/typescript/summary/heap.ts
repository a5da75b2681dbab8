/**
 * Storage of records: `Heap` builds those of one file and packs them; `Records` unpacks those of all files into one
 * array.
 */

import { packNumbers, unpackNumbers } from '#generate/analyse/typescript/packed-numbers.ts'
import { Field, Kind, LAYOUTS } from './records.ts'

/** Packed records of one file; `names[0]` is ''. */
export interface PackedRecords {
  readonly names: readonly string[]
  readonly records: string
}

/** Builds the records of one file. A record is its kind followed by its fields. */
export class Heap {
  /** Position 0 is unused, so that 0 can mean "no record". */
  readonly numbers: number[] = [0]
  readonly #names = new Map<string, number>([['', 0]])
  #texts: string[] | undefined

  name(text: string): number {
    let number = this.#names.get(text)
    if (number === undefined) {
      number = this.#names.size
      this.#names.set(text, number)
    }
    return number
  }

  nameText(name: number): string {
    this.#texts ??= [...this.#names.keys()]
    if (this.#texts.length < this.#names.size) this.#texts = [...this.#names.keys()]
    return this.#texts[name] ?? ''
  }

  /** @returns Where the record begins. */
  add(kind: Kind, ...fields: readonly number[]): number {
    const at = this.numbers.length
    this.numbers.push(kind)
    for (const field of fields) this.numbers.push(field)
    return at
  }

  /** Add a record whose fields are all 0. */
  reserve(kind: Kind): number {
    const at = this.numbers.length
    this.numbers.push(kind)
    for (let field = (LAYOUTS[kind] ?? '').length; field > 0; field--) this.numbers.push(0)
    return at
  }

  /** @returns 0 for an empty list. */
  list(records: readonly number[]): number {
    if (records.length === 0) return 0
    const at = this.numbers.length
    this.numbers.push(Kind.list, records.length)
    for (const one of records) this.numbers.push(one)
    return at
  }

  field(at: number, field: number): number {
    return this.numbers[at + field] ?? 0
  }

  /** The first record of a list. */
  first(list: number): number {
    return this.numbers[list + 2] ?? 0
  }

  /** @param field - From 1. */
  set(at: number, field: number, value: number): void {
    this.numbers[at + field] = value
  }

  pack(): PackedRecords {
    const { numbers } = this
    const packed = new Array<number>(numbers.length - 1)
    for (let at = 1; at < numbers.length; ) {
      const kind = numbers[at] ?? 0
      packed[at - 1] = kind
      if (kind === Kind.list) {
        const length = numbers[at + 1] ?? 0
        packed[at] = length
        for (let index = 2; index < length + 2; index++)
          packed[at + index - 1] = encodeReference(at, numbers[at + index] ?? 0)
        at += length + 2
        continue
      }
      const layout = LAYOUTS[kind] ?? ''
      for (let index = 0; index < layout.length; index++) {
        const value = numbers[at + 1 + index] ?? 0
        packed[at + index] = layout.charCodeAt(index) === RECORD ? encodeReference(at, value) : value
      }
      at += layout.length + 1
    }
    return { names: [...this.#names.keys()], records: packNumbers(packed) }
  }
}

const RECORD = 'r'.charCodeAt(0)
const NAME = 'n'.charCodeAt(0)
/** For each kind of record that others access by name, the field with that name. */
const NAME_FIELDS: ReadonlyMap<number, number> = new Map<number, number>([
  [Kind.symbol, Field.symbol.name],
  [Kind.export, Field.export.name],
  [Kind.member, Field.member.name],
])

/**
 * Encodes a reference relative to its record: 0 for none, 2d for d positions earlier, 2d + 1 for d positions later.
 *
 * @param from - The position of the record that refers.
 */
function encodeReference(from: number, to: number): number {
  if (to === 0) return 0
  return to < from ? 2 * (from - to) : 2 * (to - from) + 1
}

function decodeReference(from: number, value: number): number {
  if (value === 0) return 0
  return (value & 1) === 0 ? from - value / 2 : from + (value - 1) / 2
}

/** The records of all files of a program in one array. */
export class Records {
  numbers: Int32Array = new Int32Array(1)
  length = 1
  readonly names: string[] = ['']
  /** Names of members, exports and symbols in the repository's own files. */
  readonly memberNames = new Set<number>()
  readonly #numbers = new Map<string, number>([['', 0]])

  /** The number of a name in the program. */
  nameOf(text: string): number {
    let number = this.#numbers.get(text)
    if (number === undefined) {
      number = this.names.length
      this.names.push(text)
      this.#numbers.set(text, number)
    }
    return number
  }

  /** `undefined` if no file has the name. */
  knownName(text: string): number | undefined {
    return this.#numbers.get(text)
  }

  /** @returns The offset of the file's records, and the numbers of its names. */
  add({ names, records }: PackedRecords, isInRepository: boolean): { base: number; names: readonly number[] } {
    const given = unpackNumbers(records)
    const base = this.length - 1
    const end = this.length + given.length
    if (end > this.numbers.length) {
      const grown = new Int32Array(Math.max(end, this.numbers.length * 2))
      grown.set(this.numbers.subarray(0, this.length))
      this.numbers = grown
    }
    const { numbers } = this
    const nameNumbers = names.map((one) => this.nameOf(one))
    for (let index = 0; index < given.length; ) {
      const at = this.length + index
      const kind = given[index] ?? 0
      numbers[at] = kind
      if (kind === Kind.list) {
        const length = given[index + 1] ?? 0
        numbers[at + 1] = length
        for (let item = 2; item < length + 2; item++) numbers[at + item] = decodeReference(at, given[index + item] ?? 0)
        index += length + 2
        continue
      }
      const layout = LAYOUTS[kind] ?? ''
      for (let field = 0; field < layout.length; field++) {
        const value = given[index + 1 + field] ?? 0
        const letter = layout.charCodeAt(field)
        numbers[at + 1 + field] =
          letter === RECORD ? decodeReference(at, value) : letter === NAME ? (nameNumbers[value] ?? 0) : value
      }
      const nameField = isInRepository ? NAME_FIELDS.get(kind) : undefined
      if (nameField !== undefined) this.memberNames.add(numbers[at + nameField] ?? 0)
      index += layout.length + 1
    }
    this.length = end
    return { base, names: nameNumbers }
  }
}
