/** Writes the whole table: a line for each type, then the values, then the classes of which nothing is said but that. */

import ts from 'typescript'
import { isConstant, plainTypes } from './left-out.ts'
import { type Libraries, readLibraries, type TypeDeclaration, type ValueDeclaration } from './read-libraries.ts'
import { NO_SCOPE, namesOf, TypeWriter } from './write-type.ts'

const HEAD = `/** Made by setup/standard-library of the libraries of the compiler. Its syntax is in decode.ts. */
export const TABLE = \``

/** @returns The text of `table.ts`. */
export function writeTable(): string {
  const libraries = readLibraries()
  const plain = plainTypes(libraries)
  const writer = new TypeWriter(libraries, plain)
  const { values, classes, types } = writeValues(libraries, writer)
  const lines = [
    ...[...libraries.aliases].map(([name, alias]) => writeAlias(name, alias, writer)),
    ...writeTypes([...libraries.types, ...types], plain, writer),
  ]
  return `${HEAD}${lines.sort(compareText).join('\n')}\n\n${values.join(' ')}\n\n${classes.join()}\n\`\n`
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
  return types.map(([name, declarations]) => {
    const [first] = declarations
    const typeParameters = first !== undefined && ts.isInterfaceDeclaration(first) ? first.typeParameters : undefined
    const scope = { ...NO_SCOPE, receiver: namesOf(typeParameters) }
    const head = `${name}${writer.parameters(typeParameters, scope)}`
    if (plain.has(name)) return `${head}-\t`
    let isComplete = true
    const rows = writer.members(declarations, scope, (member) => {
      if (!isConstant(member)) return true
      isComplete = false
      return false
    })
    const bases = [...new Set(declarations.flatMap((one) => basesOf(one, writer)))].filter((one) => !'-_'.includes(one))
    const text = withSelf(rows.join(' '), name)
    const other = text.length > 40 ? known.get(text) : undefined
    if (other === undefined) known.set(text, name)
    const end = isComplete ? '' : '-'
    return `${head}${bases.length === 0 ? '' : `:${bases.join()}`}${end}\t${other === undefined ? text : `&&${other}`}`
  })
}

function basesOf(declaration: TypeDeclaration, writer: TypeWriter): string[] {
  if (!ts.isInterfaceDeclaration(declaration)) return []
  const scope = { ...NO_SCOPE, receiver: namesOf(declaration.typeParameters) }
  return (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map((one) => writer.type(one, scope)))
}

/** The own name as `=`, so that the arrays of numbers are alike. */
function withSelf(rows: string, name: string): string {
  const isAlsoName = new RegExp(`[:!,"]${name.replaceAll('.', '\\.')}(?![\\w.<])`).test(rows)
  return isAlsoName ? rows : rows.replace(/[\w.]+/g, (word) => (word === name ? '=' : word))
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
      else {
        found.types.push([`typeof.${name}`, [value.type]])
        add(`typeof.${name}:`, name)
      }
    } else if (value.kind === 'namespace') add(`{${rowsOfNamespace(value.values, writer).join(';')}}:`, name)
    else add(valueText(value, writer), name)
  }
  add('globalThis:', 'globalThis')
  found.values.push(...[...rows].map(([text, names]) => `${text}${names.join()}`))
  return found
}

function rowsOfNamespace(values: ReadonlyMap<string, ValueDeclaration>, writer: TypeWriter): string[] {
  return [...values].map(([name, value]) => `${valueText(value, writer)}${name}`)
}

function valueText(value: ValueDeclaration, writer: TypeWriter): string {
  if (value.kind === 'variable') return `${writer.type(value.type, NO_SCOPE)}:`
  if (value.kind === 'function') return `${writer.functions(value.overloads, NO_SCOPE)}!`
  return `{${rowsOfNamespace(value.values, writer).join(';')}}:`
}

/** `{ prototype: X; new(): X }`. */
function isBareClass({ members }: ts.TypeLiteralNode, name: string): boolean {
  if (members.length !== 2) return false
  const [prototype, constructor] = members
  return (
    prototype?.name?.getText() === 'prototype' &&
    constructor !== undefined &&
    ts.isConstructSignatureDeclaration(constructor) &&
    constructor.parameters.length === 0 &&
    constructor.typeParameters === undefined &&
    constructor.type?.getText() === name
  )
}
