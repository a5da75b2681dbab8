/**
 * Breaking changes of a TypeScript package by the compiler itself: what an older version exports is used as a user would, with the
 * types of the newer one. A value breaks where its new type cannot be assigned to the old one; a type that users read, where its new
 * form cannot be assigned to the old one, and a type that they make, the other way round (`typescript-roles.ts`). Private members do not count, nor does an export that is declared as
 * before and differs only because another one does.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { Judge, Judged } from './judges.ts'
import { type Roles, rolesOf } from './typescript-roles.ts'

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  types: [],
}

/** @param entry - Of the package, `src/index.ts`. @param work - A folder for the programs that are compiled. */
export function typescript(entry: string, work: string): Judge {
  let count = 0
  return {
    compare(before, after) {
      const folder = path.join(work, `judged-${count++}`)
      mkdirSync(folder)
      return compareEntries(path.join(before, entry), path.join(after, entry), folder, before)
    },
    normal: (key) => `#${key.split('#')[1]}`,
    isOurs: (key) => /\.[cm]?tsx?#/.test(key),
  }
}

function compareEntries(before: string, after: string, folder: string, root: string): Judged[] {
  if (!existsSync(before) || !existsSync(after)) throw new Error(`There is no ${before} or ${after}.`)
  const { all: old, roles } = exportsOf(before)
  const { all: now } = exportsOf(after)
  const gone = [...old].flatMap(([name, place]) =>
    now.has(name) ? [] : [{ key: `#${name}`, text: `removed; it was in ${path.relative(root, place.file)}` }],
  )
  const lines = [`import * as old from '${before}'`, `import * as now from '${after}'`]
  const asked: string[] = []
  const ask = (name: string, line: string): void => {
    asked[lines.length] = name
    lines.push(line)
  }
  let number = 0
  for (const [name, { isValue, isType, parameters, isClass }] of old) {
    const other = now.get(name)
    if (other === undefined) continue
    const id = number++
    if (isClass) {
      ask(
        name,
        `declare const now${id}: Pick<now.${name}, keyof now.${name}>; const old${id}: Pick<old.${name}, keyof old.${name}> = now${id}`,
      )
      ask(
        name,
        `declare const make${id}: (...all: ConstructorParameters<typeof now.${name}>) => void; const made${id}: (...all: ConstructorParameters<typeof old.${name}>) => void = make${id}`,
      )
      continue
    }
    if (isValue)
      ask(
        name,
        other.isValue
          ? `const value${id}: typeof old.${name} = now.${name}`
          : `const value${id}: never = 'no value any more'`,
      )
    if (!isType) continue
    if (parameters < other.required || parameters > other.parameters) {
      ask(name, `const parameters${id}: never = 'other type parameters'`)
      continue
    }
    const all = parameters === 0 ? '' : `<${Array.from({ length: parameters }, () => 'any').join(', ')}>`
    if (roles.read.has(name))
      ask(name, `declare const read${id}: now.${name}${all}; const is${id}: old.${name}${all} = read${id}`)
    if (roles.made.has(name))
      ask(name, `declare const made${id}b: old.${name}${all}; const taken${id}: now.${name}${all} = made${id}b`)
  }
  const file = path.join(folder, 'uses.ts')
  writeFileSync(file, lines.join('\n'))
  const program = ts.createProgram([file], OPTIONS)
  const source = program.getSourceFile(file)
  if (source === undefined) throw new Error('The uses could not be read.')
  const found = new Map<string, string>()
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(source)) {
    const name = asked[source.getLineAndCharacterOfPosition(start).line]
    if (name !== undefined && !found.has(name))
      found.set(name, ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300))
  }
  const own = [...found].filter(([name]) => old.get(name)?.declared !== now.get(name)?.declared)
  return [...gone, ...own.map(([name, text]) => ({ key: `#${name}`, text }))]
}

interface Exported {
  file: string
  isValue: boolean
  isType: boolean
  isClass: boolean
  /** How many type parameters the type has, and how many of them have no default. */
  parameters: number
  required: number
  /** How it is declared, without comments, bodies and names of parameters. */
  declared: string
}

function exportsOf(entry: string): { all: Map<string, Exported>; roles: Roles } {
  const program = ts.createProgram([entry], OPTIONS)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(entry)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${entry} exports nothing.`)
  const all = new Map(
    checker.getExportsOfModule(module).map((symbol): [string, Exported] => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      const declaration = target.declarations?.[0]
      const isClass = (target.flags & ts.SymbolFlags.Class) !== 0
      return [
        symbol.name,
        {
          file: declaration?.getSourceFile().fileName ?? entry,
          isValue: (target.flags & ts.SymbolFlags.Value) !== 0,
          isType: !isClass && (target.flags & ts.SymbolFlags.Type) !== 0,
          isClass,
          parameters: declaration === undefined ? 0 : parametersOf(declaration).length,
          required:
            declaration === undefined ? 0 : parametersOf(declaration).filter((one) => one.default === undefined).length,
          declared: declaration === undefined ? '' : declaredAs(target, declaration, checker),
        },
      ]
    }),
  )
  return { all, roles: rolesOf(module, checker) }
}

const parametersOf = (declaration: ts.Declaration): readonly ts.TypeParameterDeclaration[] =>
  ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)
    ? (declaration.typeParameters ?? [])
    : []

function declaredAs(symbol: ts.Symbol, declaration: ts.Declaration, checker: ts.TypeChecker): string {
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseFullyQualifiedType
  if (ts.isClassDeclaration(declaration)) {
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    const typed = members.map(
      (member) =>
        `${member.name}: ${checker.typeToString(checker.getTypeOfSymbolAtLocation(member, declaration), declaration, flags)}`,
    )
    return withoutPlaces(typed.join('; '))
  }
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration))
    return ts
      .createPrinter({ removeComments: true })
      .printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile())
  const text = checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, declaration), declaration, flags)
  return withoutPlaces(text).replace(/[\w$]+(?=\??: )/g, '')
}

/** A type that its file does not import is named with a path of this machine. */
const withoutPlaces = (text: string): string => text.replace(/\bimport\("[^"]*"\)\./g, '')
