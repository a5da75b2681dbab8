/**
 * Storage of records: `Heap` builds those of one file and packs them; `Records` unpacks those of files into one array.
 */

import { packNumbers, unpackInto } from '#generate/analyse/typescript/packed-numbers.ts'
import { Field } from './record-fields.ts'
import { Kind, LAYOUTS } from './records.ts'

/** Packed records of one file; `names[0]` is ''. */
export interface PackedRecords {
  readonly names: readonly string[]
  readonly records: string
  /** The number of integers in `records`. */
  readonly length: number
  /** Packed numbers of the names of members, exports and symbols. */
  readonly members: string
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
    const members = new Set<number>()
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
      const nameField = NAME_FIELDS.get(kind)
      if (nameField !== undefined) members.add(numbers[at + nameField] ?? 0)
      for (let index = 0; index < layout.length; index++) {
        const value = numbers[at + 1 + index] ?? 0
        packed[at + index] = layout.charCodeAt(index) === RECORD ? encodeReference(at, value) : value
      }
      at += layout.length + 1
    }
    const names = [...this.#names.keys()]
    return { names, records: packNumbers(packed), length: packed.length, members: packNumbers([...members]) }
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

  /** @returns The offset of a file's records, which are 0 until `fill`. */
  reserve({ length }: PackedRecords): number {
    const base = this.length - 1
    this.length += length
    if (this.length > this.numbers.length) {
      const grown = new Int32Array(Math.max(this.length, this.numbers.length * 2))
      grown.set(this.numbers.subarray(0, base + 1))
      this.numbers = grown
    }
    return base
  }

  /** @returns The numbers of the file's names. */
  fill(base: number, { names, records, length }: PackedRecords): readonly number[] {
    const { numbers } = this
    const own = names.map((one) => this.nameOf(one))
    unpackInto(records, numbers, base + 1)
    for (let at = base + 1; at <= base + length; ) {
      const kind = numbers[at] ?? 0
      if (kind === Kind.list) {
        const end = at + 2 + (numbers[at + 1] ?? 0)
        for (let item = at + 2; item < end; item++) numbers[item] = decodeReference(at, numbers[item] ?? 0)
        at = end
        continue
      }
      const layout = LAYOUTS[kind] ?? ''
      for (let field = 0; field < layout.length; field++) {
        const letter = layout.charCodeAt(field)
        const value = numbers[at + 1 + field] ?? 0
        if (letter === RECORD) numbers[at + 1 + field] = decodeReference(at, value)
        else if (letter === NAME) numbers[at + 1 + field] = own[value] ?? 0
      }
      at += layout.length + 1
    }
    return own
  }
}
