/**
 * The few fields of a SCIP index that the oracle needs, read from the bytes of its protobuf
 * (https://github.com/sourcegraph/scip/blob/main/scip.proto): which symbol stands where, and whether it is defined there.
 */

export interface Document {
  readonly path: string
  readonly occurrences: readonly Occurrence[]
}

export interface Occurrence {
  /** Line and column of its first byte, from 0. */
  readonly line: number
  readonly column: number
  readonly symbol: string
  readonly isDefinition: boolean
}

const INDEX_DOCUMENTS = 2
const DOCUMENT_PATH = 1
const DOCUMENT_OCCURRENCES = 2
const OCCURRENCE_RANGE = 1
const OCCURRENCE_SYMBOL = 2
const OCCURRENCE_ROLES = 3
const ROLE_DEFINITION = 1

const VARINT = 0
const BYTES = 2

/** @throws {Error} It is no such index. */
export function readIndex(bytes: Buffer): Document[] {
  return fieldsOf(bytes)
    .filter(({ number }) => number === INDEX_DOCUMENTS)
    .map(({ bytes: document }) => readDocument(document))
}

function readDocument(bytes: Buffer): Document {
  let path = ''
  const occurrences: Occurrence[] = []
  for (const field of fieldsOf(bytes)) {
    if (field.number === DOCUMENT_PATH) path = field.bytes.toString()
    else if (field.number === DOCUMENT_OCCURRENCES) occurrences.push(readOccurrence(field.bytes))
  }
  return { path, occurrences }
}

function readOccurrence(bytes: Buffer): Occurrence {
  let line = 0
  let column = 0
  let symbol = ''
  let roles = 0
  for (const field of fieldsOf(bytes)) {
    if (field.number === OCCURRENCE_RANGE) {
      const start = readVarint(field.bytes, 0)
      line = start.value
      column = readVarint(field.bytes, start.end).value
    } else if (field.number === OCCURRENCE_SYMBOL) symbol = field.bytes.toString()
    else if (field.number === OCCURRENCE_ROLES) roles = field.value
  }
  return { line, column, symbol, isDefinition: (roles & ROLE_DEFINITION) !== 0 }
}

interface Field {
  readonly number: number
  /** Of a number. */
  readonly value: number
  /** Of a text, a message or a packed list. */
  readonly bytes: Buffer
}

const NOTHING = Buffer.alloc(0)

function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = readVarint(bytes, at)
    const number = tag.value >> 3
    const value = readVarint(bytes, tag.end)
    at = value.end
    const wire = tag.value & 7
    if (wire === VARINT) fields.push({ number, value: value.value, bytes: NOTHING })
    else if (wire === BYTES) {
      fields.push({ number, value: 0, bytes: bytes.subarray(at, at + value.value) })
      at += value.value
    } else throw new Error(`a SCIP index has numbers and bytes, found wire type ${wire}`)
  }
  return fields
}

/** Numbers here are lines, columns, lengths and tags: below 2^53. */
function readVarint(bytes: Buffer, from: number): { value: number; end: number } {
  let value = 0
  let factor = 1
  for (let at = from; ; at++) {
    const byte = bytes[at]
    if (byte === undefined) throw new Error('a SCIP index ends within a number')
    value += (byte & 127) * factor
    if (byte < 128) return { value, end: at + 1 }
    factor *= 128
  }
}
