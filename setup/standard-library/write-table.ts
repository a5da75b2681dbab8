/** Writes the whole table: a line for each type, then the values, then the classes of which nothing is said but that. */

import ts from 'typescript'
import { isMap, leadingToPrograms, plainTypes } from './left-out.ts'
import {
  isOfBrowser,
  type Libraries,
  readLibraries,
  type TypeDeclaration,
  type ValueDeclaration,
} from './read-libraries.ts'
import { leadsOn, NO_SCOPE, namesOf, TypeWriter } from './write-type.ts'

const HEAD = `/** Made by setup/standard-library of the libraries of the compiler. Its syntax is in decode.ts. */
export const TABLE = \``

/** @returns The text of `table.ts`. */
export function writeTable(): string {
  const libraries = readLibraries()
  const plain = plainTypes(libraries)
  const writer = new TypeWriter(libraries, new Set([...plain].filter((name) => !isMap(name))))
  const { values, classes, types } = writeValues(libraries, writer)
  const lines = [
    ...[...libraries.aliases].map(([name, alias]) => writeAlias(name, alias, writer)),
    ...writeTypes([...libraries.types, ...types], plain, writer),
  ]
  return `${HEAD}${leadingToPrograms(lines, libraries).sort(compareText).join('\n')}\n\n${values.join(' ')}\n\n${classes.join()}\n\`\n`
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function writeAlias(name: string, { typeParameters, type }: ts.TypeAliasDeclaration, writer: TypeWriter): string {
  const scope = { ...NO_SCOPE, receiver: namesOf(typeParameters) }
  const text = writer.type(type, scope)
  return `${name}${writer.parameters(typeParameters, scope)}=${text === '-' ? '' : text}`
}

function writeTypes(
  types: readonly (readonly [string, readonly TypeDeclaration[]])[],
  plain: ReadonlySet<string>,
  writer: TypeWriter,
): string[] {
  const known = new Map<string, string>()
  return types.flatMap(([name, declarations]) => {
    if (plain.has(name)) return []
    const [first] = declarations
    const typeParameters = first !== undefined && ts.isInterfaceDeclaration(first) ? first.typeParameters : undefined
    const scope = { ...NO_SCOPE, receiver: namesOf(typeParameters) }
    const head = `${name}${writer.parameters(typeParameters, scope)}`
    const written = writer.members(declarations, scope, () => true)
    // Of browsers only what leads on: all else is outside, whether it is there or not.
    const isOfBrowsers = declarations.every(isOfBrowser)
    // What is nothing takes the place of what a base has.
    const isTold = (row: string): boolean => row.startsWith('!') || row.startsWith('u:') || leadsOn(typeOf(row))
    const rows = isOfBrowsers ? written.filter(isTold) : written
    if (isOfBrowsers && rows.length === 0) return []
    let isComplete = rows.length === written.length
    const all = new Set(declarations.flatMap((one) => basesOf(one, writer)))
    const bases = [...all].filter((one) => one !== '-' && one !== '_')
    if (bases.length < all.size) isComplete = false
    const text = withSelf(rows.join(' '), name)
    const other = text.length > 40 ? known.get(text) : undefined
    if (other === undefined) known.set(text, name)
    const end = isComplete ? '' : '-'
    return `${head}${bases.length === 0 ? '' : `:${bases.join()}`}${end}\t${other === undefined ? text : `&&${other}`}`
  })
}

/** The type of a row, without its names. */
function typeOf(row: string): string {
  return row.slice(0, Math.max(row.lastIndexOf(':'), row.lastIndexOf('!')))
}

function basesOf(declaration: TypeDeclaration, writer: TypeWriter): string[] {
  if (!ts.isInterfaceDeclaration(declaration)) return []
  const scope = { ...NO_SCOPE, receiver: namesOf(declaration.typeParameters) }
  return (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map((one) => writer.type(one, scope)))
}

/** The own name as `&`, so that the arrays of numbers are alike. */
function withSelf(rows: string, name: string): string {
  const isAlsoName = new RegExp(`[:!,"]${name.replaceAll('.', '\\.')}(?![\\w.<])`).test(rows)
  return isAlsoName ? rows : rows.replace(/[\w.]+/g, (word) => (word === name ? '&' : word))
}

interface Values {
  /** Rows. */
  values: string[]
  classes: string[]
  /** Of values that have a type of their own. */
  types: [string, TypeDeclaration[]][]
}

function writeValues({ values }: Libraries, writer: TypeWriter): Values {
  const found: Values = { values: [], classes: [], types: [] }
  const rows = new Map<string, string[]>()
  const add = (text: string, name: string): void => void rows.set(text, [...(rows.get(text) ?? []), name])
  for (const [name, value] of values) {
    if (value.kind === 'variable' && ts.isTypeLiteralNode(value.type)) {
      if (isBareClass(value.type, name)) found.classes.push(name)
      else found.types.push([`typeof.${name}`, [value.type]])
    } else if (value.kind === 'namespace') add(`{${rowsOfNamespace(value.values, writer).join(';')}}:`, name)
    else add(valueText(value, writer), name)
  }
  add('globalThis:', 'globalThis')
  found.values.push(...[...rows].map(([text, names]) => `${text}${names.join()}`))
  return found
}

function rowsOfNamespace(values: ReadonlyMap<string, ValueDeclaration>, writer: TypeWriter): string[] {
  const rows = new Map<string, string[]>()
  for (const [name, value] of values) {
    const text = valueText(value, writer)
    rows.set(text, [...(rows.get(text) ?? []), name])
  }
  return [...rows].map(([text, names]) => `${text}${names.join()}`)
}

function valueText(value: ValueDeclaration, writer: TypeWriter): string {
  if (value.kind === 'variable') return `${writer.type(value.type, NO_SCOPE)}:`
  if (value.kind === 'function') return `${writer.functions(value.overloads, NO_SCOPE)}!`
  return `{${rowsOfNamespace(value.values, writer).join(';')}}:`
}

/** `{ prototype: X; new(): X }`. */
function isBareClass({ members }: ts.TypeLiteralNode, name: string): boolean {
  if (members.length !== 2) return false
  const [prototype, maker] = members
  return (
    prototype?.name?.getText() === 'prototype' &&
    maker !== undefined &&
    ts.isConstructSignatureDeclaration(maker) &&
    maker.parameters.length === 0 &&
    maker.typeParameters === undefined &&
    maker.type?.getText() === name
  )
}
