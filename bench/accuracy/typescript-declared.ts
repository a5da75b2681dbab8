/** Code of JavaScript with declarations beside it, for the oracle of TypeScript: which `.d.ts` says what which `.js` does. */

import path from 'node:path'
import ts from 'typescript'
import type { SymbolEnd } from './oracle.ts'
import { handedOn, through } from './typescript-handed.ts'
import { type Json, readJson } from './typescript-program.ts'

const DECLARATION = /\.d\.([cm]?)ts$/
/** Conditions of `exports` under which the code is found. */
/** Namespaces in namespaces. */
const MAX_DEPTH = 5
const CODE_CONDITIONS = ['require', 'node', 'default', 'import']

/**
 * The file that implements each declaration file: the one beside it, or the one that a manifest names where it names the
 * declarations.
 *
 * @param own - Absolute paths of the files that are judged.
 * @param manifests - Relative to `root`.
 */
export function implementationsOf(
  root: string,
  own: ReadonlySet<string>,
  manifests: readonly string[],
): Map<string, string> {
  const pairs = new Map<string, string>()
  const pair = (declaration: string | undefined, code: string | undefined): void => {
    if (declaration !== undefined && code !== undefined && !pairs.has(declaration)) pairs.set(declaration, code)
  }
  for (const file of own) {
    if (DECLARATION.test(file)) pair(file, find(file.replace(DECLARATION, '.$1js')))
  }
  for (const manifest of manifests) {
    const folder = path.join(root, path.dirname(manifest))
    const json = readJson(path.join(root, manifest))
    const typed = textOf(json.types) ?? textOf(json.typings)
    const main = textOf(json.main) ?? 'index'
    if (typed !== undefined) pair(findIn(folder, typed), findIn(folder, main))
    for (const { types, code } of entriesWithTypes(json.exports)) pair(findIn(folder, types), findIn(folder, code))
  }
  return pairs

  function findIn(folder: string, name: string): string | undefined {
    return find(path.join(folder, name))
  }

  function find(file: string): string | undefined {
    return [file, `${file}.js`, `${file}.d.ts`, path.join(file, 'index.js')].find((one) => own.has(one))
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `{ types, require }` and `{ require: { types, default } }`, however deep. */
function entriesWithTypes(exported: unknown): { types: string; code: string }[] {
  if (typeof exported !== 'object' || exported === null) return []
  const entry = exported as Json
  const types = textOf(entry.types)
  const code = CODE_CONDITIONS.map((one) => textOf(entry[one])).find((one) => one !== undefined)
  const own = types !== undefined && code !== undefined ? [{ types, code }] : []
  return [...own, ...Object.values(entry).flatMap(entriesWithTypes)]
}

/**
 * What is exported under one name by a declaration file and by its implementation.
 *
 * @param pairs - As `implementationsOf` gives them.
 */
export function sameSymbols(
  program: ts.Program,
  pairs: ReadonlyMap<string, string>,
  endOf: (declaration: ts.Declaration) => SymbolEnd,
): (readonly [SymbolEnd, SymbolEnd])[] {
  const checker = program.getTypeChecker()
  const found: (readonly [SymbolEnd, SymbolEnd])[] = []
  const isDeclared = (one: ts.Declaration): boolean => one.getSourceFile().isDeclarationFile
  const codeOf = (symbol: ts.Symbol | undefined): ts.Declaration | undefined =>
    declarationsOf(symbol, checker).find((one) => !isDeclared(one) && !ts.isSourceFile(one))
  const add = (declared: ts.Symbol, implementation: ts.Declaration): void => {
    for (const one of declarationsOf(declared, checker)) {
      if (isDeclared(one) && !ts.isSourceFile(one)) found.push([endOf(one), endOf(implementation)])
    }
  }
  const pair = (
    declared: ReadonlyMap<string, ts.Symbol>,
    made: ReadonlyMap<string, ts.Symbol>,
    depth: number,
  ): void => {
    for (const [name, symbol] of declared) {
      const other = made.get(name) ?? (name === 'default' ? made.get(ts.InternalSymbolName.ExportEquals) : undefined)
      const [namespace, module] = [namespaceOf(symbol, checker), moduleOf(other, checker)]
      // `export import errors = Errors` is `exports.errors = require('./errors')`.
      if (namespace !== undefined && module !== undefined && depth < MAX_DEPTH)
        pair(namespace, exportsOf(module, checker), depth + 1)
      const implementation = codeOf(other)
      if (implementation === undefined) continue
      add(symbol, implementation)
      for (const [member, inherited] of membersOf(through(symbol, checker), implementation, checker)) {
        const own = codeOf(inherited)
        // Of what a constructor sets there is no declaration but that.
        if (own !== undefined && endOf(own).name.endsWith(`.${member.name}`)) add(member, own)
      }
    }
  }
  for (const [declaration, code] of pairs) {
    pair(exportsOf(program.getSourceFile(declaration), checker), exportsOf(program.getSourceFile(code), checker), 0)
  }
  return found
}

/** What a namespace or a module holds that is exported under a name. */
function namespaceOf(symbol: ts.Symbol, checker: ts.TypeChecker): ReadonlyMap<string, ts.Symbol> | undefined {
  const target = through(symbol, checker)
  if (target === undefined || (target.flags & ts.SymbolFlags.Module) === 0) return undefined
  return new Map([...(target.exports?.values() ?? [])].map((one) => [one.name, one]))
}

/** The file that a name stands for as a whole. */
function moduleOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.SourceFile | undefined {
  const whole = declarationsOf(symbol, checker).find(
    (one) => ts.isSourceFile(one) || /^module\.exports$/.test(ts.isBinaryExpression(one) ? one.left.getText() : ''),
  )
  return whole?.getSourceFile()
}

/** Members of a declared class, each with the one of its name that code has or inherits. */
function membersOf(
  declared: ts.Symbol | undefined,
  implementation: ts.Declaration,
  checker: ts.TypeChecker,
): (readonly [ts.Symbol, ts.Symbol | undefined])[] {
  const symbol = checker.getSymbolAtLocation(ts.getNameOfDeclaration(implementation) ?? implementation)
  if (declared === undefined || symbol === undefined) return []
  const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0
  const type = isClass ? checker.getDeclaredTypeOfSymbol(symbol) : undefined
  const statics = checker.getTypeOfSymbol(symbol)
  return [
    ...[...(declared.members?.values() ?? [])].map(
      (one) => [one, type === undefined ? symbol.members?.get(one.escapedName) : type.getProperty(one.name)] as const,
    ),
    ...[...(declared.exports?.values() ?? [])].map((one) => [one, statics.getProperty(one.name)] as const),
  ]
}

/** By name, `export =` and the properties of what it exports among them. */
function exportsOf(file: ts.SourceFile | undefined, checker: ts.TypeChecker): Map<string, ts.Symbol> {
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
  if (module === undefined) return new Map()
  const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals)
  const properties = whole === undefined ? [] : checker.getPropertiesOfType(checker.getTypeOfSymbol(whole))
  const all = [...properties, ...checker.getExportsOfModule(module), ...(whole === undefined ? [] : [whole])]
  return new Map(all.map((symbol) => [symbol.name, symbol]))
}

/** The last thing that is handed on first. */
function declarationsOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Declaration[] {
  const declarations = through(symbol, checker)?.declarations ?? []
  return [...handedOn(declarations, checker), ...declarations]
}
