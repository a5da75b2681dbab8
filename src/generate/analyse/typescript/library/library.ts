/**
 * Looks up types and values of the standard library by name. Callers map primitives to their interfaces
 * (`String`, `Number`, `BigInt`, `Boolean`, `Symbol`) and functions to `CallableFunction`, and fall back to `Object`.
 */

import { Decoder } from './decode.ts'
import { TABLE } from './table.ts'
import type { LibraryDeclaration, LibraryMember, LibraryType, TypeParameter } from './types.ts'

const [TYPES = '', VALUES = '', CLASSES = ''] = TABLE.split('\n\n')
/** The rest of each line, keyed by name; decoded on demand. */
const lines = new Map(TYPES.trim().split('\n').map(splitLine))
const classes = new Set(CLASSES.trim().split(','))
const declarations = new Map<string, LibraryDeclaration>()
const knownParameters = new Map<string, TypeParameter[]>()
let values: ReadonlyMap<string, LibraryMember> | undefined

/** Prefix for types of values: the type of the value `URL` is `typeof.URL`. */
const VALUE = 'typeof.'

/** A global value: `Array`, `document`, `fetch`. A function has the sort `method`; a namespace has an object type. */
export function libraryGlobal(name: string): LibraryMember | undefined {
  const type = `${VALUE}${name}`
  if (classes.has(name) || lines.has(type))
    return { sort: 'property', type: { kind: 'reference', name: type, arguments: [] } }
  values ??= decoderOf(VALUES.trim(), '').rows()
  return values.get(name)
}

/** An interface or alias, or the type of a value (`typeof.URL`). */
export function libraryDeclaration(name: string): LibraryDeclaration | undefined {
  const known = declarations.get(name)
  if (known !== undefined) return known
  const line = lines.get(name)
  const declaration = line === undefined ? declarationOfClass(name) : readLine(name, line)
  if (declaration !== undefined) declarations.set(name, declaration)
  return declaration
}

function splitLine(line: string): [string, string] {
  let end = 0
  while (end < line.length && !'<:=-\t'.includes(line[end] ?? '')) end++
  return [line.slice(0, end), line.slice(end)]
}

function decoderOf(text: string, self: string): Decoder {
  return new Decoder(text, self, (name) => parametersOf(name).map((one) => one.default ?? { kind: 'outside' }))
}

/** The index after the type parameters of a line. */
function afterParameters(line: string): number {
  if (!line.startsWith('<')) return 0
  let open = 0
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '<') open++
    else if (line[at] === '>' && --open === 0) return at + 1
  }
  return line.length
}

function parametersOf(name: string): TypeParameter[] {
  const known = knownParameters.get(name)
  if (known !== undefined) return known
  // A type parameter may refer to its own type.
  knownParameters.set(name, [])
  const line = lines.get(name) ?? ''
  const end = afterParameters(line)
  const found = end === 0 ? [] : decoderOf(line.slice(1, end - 1), name).parameters()
  knownParameters.set(name, found)
  return found
}

function readLine(name: string, line: string): LibraryDeclaration {
  const rest = line.slice(afterParameters(line))
  const parameters = parametersOf(name)
  if (rest.startsWith('=')) {
    const alias: LibraryType = rest === '=' ? { kind: 'unknown' } : decoderOf(rest.slice(1), name).type()
    return { parameters, bases: [], members: new Map(), isComplete: true, alias }
  }
  const tab = rest.indexOf('\t')
  if (tab < 0) return { parameters, bases: [], members: new Map(), isComplete: false, alias: undefined }
  const isComplete = rest[tab - 1] !== '-'
  const head = rest.slice(0, isComplete ? tab : tab - 1)
  const bases = head.startsWith(':') ? decoderOf(head.slice(1), name).types() : []
  const members = decoderOf(rowsOf(rest.slice(tab + 1)), name).rows()
  return { parameters, bases, members, isComplete, alias: undefined }
}

function rowsOf(rows: string): string {
  if (!rows.startsWith('&&')) return rows
  const other = lines.get(rows.slice(2)) ?? ''
  return other.slice(other.indexOf('\t') + 1)
}

/** A class without static members: `declare var X: { prototype: X; new(): X }`. */
function declarationOfClass(value: string): LibraryDeclaration | undefined {
  const name = value.startsWith(VALUE) ? value.slice(VALUE.length) : ''
  if (!classes.has(name)) return undefined
  const rows = `+()${name};:new ${name}:prototype`
  return {
    parameters: [],
    bases: [],
    members: decoderOf(rows, value).rows(),
    isComplete: true,
    alias: undefined,
  }
}
