/** Reads the libraries of the compiler, and puts together what they say of one name in several places. */

import path from 'node:path'
import ts from 'typescript'

/** All of the language, and the browser; not those of workers and of Windows' script host, which say other things of the same names. */
const LIBRARIES = ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts']

const EMPTY = '/empty.ts'

export type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeLiteralNode

/** A value, by what it is: a variable's type, overloads of a function, or the values of a namespace. */
export type ValueDeclaration =
  | { readonly kind: 'variable'; readonly type: ts.TypeNode }
  | { readonly kind: 'function'; readonly overloads: ts.FunctionDeclaration[] }
  | { readonly kind: 'namespace'; readonly values: Map<string, ValueDeclaration> }

export interface Libraries {
  /** By name, with the names of namespaces before it; in the order in which the compiler goes over them. */
  readonly types: Map<string, TypeDeclaration[]>
  readonly aliases: Map<string, ts.TypeAliasDeclaration>
  readonly values: Map<string, ValueDeclaration>
}

export function readLibraries(): Libraries {
  const found: Libraries = { types: new Map(), aliases: new Map(), values: new Map() }
  const program = librariesProgram()
  for (const file of program.getSourceFiles()) {
    // What is in no global scope is for a file of the library itself.
    const isModule = file.statements.some((one) => ts.isExportDeclaration(one))
    if (!isModule) readStatements(file.statements, '', found.values, found)
    for (const statement of isModule ? file.statements : []) {
      if (!ts.isModuleDeclaration(statement) || statement.body === undefined) continue
      if (ts.isModuleBlock(statement.body)) readStatements(statement.body.statements, '', found.values, found)
    }
  }
  return found
}

/** The compiler over its libraries alone, in its own order of them. */
export function librariesProgram(): ts.Program {
  const options: ts.CompilerOptions = { lib: LIBRARIES, target: ts.ScriptTarget.ESNext, types: [], strict: true }
  const host = ts.createCompilerHost(options, true)
  // Without a file of a program there are no libraries.
  const read = host.getSourceFile
  host.getSourceFile = (name, version) =>
    name === EMPTY ? ts.createSourceFile(name, '', version, true) : read.call(host, name, version)
  return ts.createProgram({ rootNames: [EMPTY], options, host })
}

function readStatements(
  statements: readonly ts.Statement[],
  namespace: string,
  values: Map<string, ValueDeclaration>,
  found: Libraries,
): void {
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement)) addTo(found.types, `${namespace}${statement.name.text}`, statement)
    else if (ts.isTypeAliasDeclaration(statement)) found.aliases.set(`${namespace}${statement.name.text}`, statement)
    else if (ts.isVariableStatement(statement)) {
      for (const { name, type } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || type === undefined || values.has(name.text)) continue
        values.set(name.text, { kind: 'variable', type })
      }
    } else if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      const known = values.get(statement.name.text)
      if (known?.kind === 'function') known.overloads.push(statement)
      else values.set(statement.name.text, { kind: 'function', overloads: [statement] })
    } else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
      const { text } = statement.name
      const known = values.get(text)
      const inner = known?.kind === 'namespace' ? known.values : new Map<string, ValueDeclaration>()
      const { body } = statement
      if (body !== undefined && ts.isModuleBlock(body))
        readStatements(body.statements, `${namespace}${text}.`, inner, found)
      if (inner.size > 0) values.set(text, { kind: 'namespace', values: inner })
    }
  }
}

function addTo<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [item])
  else list.push(item)
}

/** Of a browser, and not of the language. */
export function isOfBrowser(node: ts.Node): boolean {
  return path.basename(node.getSourceFile().fileName).startsWith('lib.dom.')
}

/** The names of the namespaces around a declaration, each with a dot behind it. */
export function namespaceOf(node: ts.Node): string {
  let names = ''
  for (let at = node.parent; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
    const isGlobal = ts.isModuleDeclaration(at) && (at.flags & ts.NodeFlags.GlobalAugmentation) !== 0
    if (ts.isModuleDeclaration(at) && !isGlobal) names = `${at.name.text}.${names}`
  }
  return names
}
