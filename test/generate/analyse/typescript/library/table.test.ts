/** The table of the standard library against the compiler's checker over the same libraries. */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import ts from 'typescript'
import { libraryDeclaration } from '#generate/analyse/typescript/library/library.ts'
import { librariesProgram } from '../../../../../setup/standard-library/read-libraries.ts'
import { writeTable } from '../../../../../setup/standard-library/write-table.ts'
import { Claims, claimOfValue, nameOfProperty } from './claims.ts'
import { libraryElement, libraryMember } from './members.ts'

const TABLE = new URL('../../../../../src/generate/analyse/typescript/library/table.ts', import.meta.url)
const MAX_CHARACTERS = 95_000
const FEWEST = { types: 500, members: 6_000, values: 750 }

test('the table is what the libraries of the compiler that is installed give', () => {
  const text = writeTable()
  assert.equal(text === readFileSync(TABLE, 'utf8'), true, 'node --import tsx setup/standard-library/run.ts')
  assert.ok(text.length < MAX_CHARACTERS, `${text.length} characters`)
})

describe('against the checker', () => {
  const program = librariesProgram()
  const checker = program.getTypeChecker()
  const claims = new Claims(checker)
  const [file] = program.getSourceFiles()
  const inScope =
    file === undefined
      ? []
      : checker.getSymbolsInScope(file, ts.SymbolFlags.Type | ts.SymbolFlags.Value | ts.SymbolFlags.Namespace)
  const types = inScope.flatMap((symbol) => typesOf(symbol, ''))

  test('what is said of every member of every type is true, and of complete types all are there', () => {
    const wrong: string[] = []
    let members = 0
    let known = 0
    for (const [name, symbol] of types) {
      const declaration = libraryDeclaration(name)
      if (declaration === undefined) continue
      known++
      const type = checker.getDeclaredTypeOfSymbol(symbol)
      const receiver = parametersOf(type)
      const around = { self: type, receiver, own: [] }
      if (declaration.alias !== undefined) {
        const alias = checker.getDeclaredTypeOfSymbol(symbol)
        const params = (alias.aliasTypeArguments ?? []) as readonly ts.Type[]
        const reason = claims.wrong(declaration.alias, alias, { receiver: params, own: [] })
        if (reason !== undefined) wrong.push(`${name}: ${reason}`)
        continue
      }
      for (const property of checker.getPropertiesOfType(type)) {
        const member = nameOfProperty(property)
        const claim = libraryMember(name, member)
        if (claim === undefined) {
          if (isComplete(name) && isWord(member)) wrong.push(`${name}.${member} is not there`)
          continue
        }
        members++
        const reason = claims.wrong(claim.type, checker.getTypeOfSymbol(property), around)
        if (reason !== undefined) wrong.push(`${name}.${member}: ${reason}`)
        const isMethod = (property.flags & ts.SymbolFlags.Method) !== 0
        if (isMethod !== (claim.sort === 'method')) wrong.push(`${name}.${member} is a ${claim.sort}`)
      }
      const names = new Set(checker.getPropertiesOfType(type).map(nameOfProperty))
      for (const [member, claim] of declaration.members) {
        if (member === '()' || member === 'new' || member === '[]' || member === '[string]') {
          const reason = claims.wrong({ kind: 'object', members: new Map([[member, claim]]) }, type, around)
          if (reason !== undefined) wrong.push(`${name}.${reason}`)
        } else if (!names.has(member)) wrong.push(`${name} has no ${member}`)
      }
    }
    assert.deepEqual(wrong.slice(0, 40), [], `${wrong.length} are wrong`)
    assert.ok(known > FEWEST.types && members > FEWEST.members, `${known} types, ${members} members`)
  })

  test('what is said of every global value is true', () => {
    const wrong: string[] = []
    let known = 0
    for (const symbol of inScope) {
      if ((symbol.flags & ts.SymbolFlags.Value) === 0) continue
      const claim = claimOfValue(symbol.name)
      if (claim === undefined) continue
      known++
      const reason = claims.wrong(claim, checker.getTypeOfSymbol(symbol), { receiver: [], own: [] })
      if (reason !== undefined) wrong.push(`${symbol.name}: ${reason}`)
    }
    assert.deepEqual(wrong.slice(0, 40), [], `${wrong.length} are wrong`)
    assert.ok(known > FEWEST.values, `${known} values`)
  })

  test('what a loop takes from a type is what its iterator gives', () => {
    const wrong: string[] = []
    let known = 0
    for (const [name, symbol] of types) {
      const element = libraryElement(name)
      if (element === undefined) continue
      const type = checker.getDeclaredTypeOfSymbol(symbol)
      const iterator = checker.getPropertiesOfType(type).find((one) => nameOfProperty(one) === '[iterator]')
      const [signature] = iterator === undefined ? [] : checker.getTypeOfSymbol(iterator).getCallSignatures()
      const next = signature && checker.getPropertyOfType(signature.getReturnType(), 'next')
      const [result] = next === undefined ? [] : checker.getTypeOfSymbol(next).getCallSignatures()
      const given = result?.getReturnType().aliasTypeArguments?.[0]
      known++
      const reason = given && claims.wrong(element, given, { receiver: parametersOf(type), own: [] })
      if (reason !== undefined) wrong.push(`${name}: ${reason}`)
    }
    assert.deepEqual(wrong, [])
    assert.ok(known > 50, `${known} types`)
  })
})

/** A type and those of the namespace of the same name. */
function typesOf(symbol: ts.Symbol, namespace: string): [string, ts.Symbol][] {
  const name = `${namespace}${symbol.name}`
  const isType = (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0
  const isNamespace = (symbol.flags & ts.SymbolFlags.Namespace) !== 0 && symbol.name !== 'globalThis'
  const inner = !isNamespace ? [] : [...(symbol.exports?.values() ?? [])]
  return [
    ...(isType ? [[name, symbol] as [string, ts.Symbol]] : []),
    ...inner.flatMap((one) => typesOf(one, `${name}.`)),
  ]
}

function parametersOf(type: ts.Type): readonly ts.Type[] {
  return (type as ts.InterfaceType).typeParameters ?? []
}

/** `$&` of `RegExp` is no name that is written after a dot. */
function isWord(member: string): boolean {
  return /^(?:[\w$-]+|\[\w+\])$/.test(member)
}

/** A type of which all is listed, and all of its bases. */
function isComplete(name: string): boolean {
  const declaration = libraryDeclaration(name)
  if (declaration === undefined || !declaration.isComplete) return false
  return declaration.bases.every((base) => base.kind === 'reference' && isComplete(base.name))
}
