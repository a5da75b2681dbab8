/** Creates the record of a module: its exports, globals and augmentations. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { CommonExports } from './assignments.ts'
import { classOf } from './classes.ts'
import type { Maker } from './maker.ts'
import { ExportSort, Field, Kind, ModuleFlag } from './records.ts'
import { type Binding, Meaning, meaningOf } from './scopes.ts'

const { SyntaxKind: K } = ts

/** @returns The position of the record. */
export function moduleOf(maker: Maker, common: CommonExports): number {
  const { heap, tree } = maker
  const exports: number[] = []
  const stars: number[] = []
  const globals: Binding[] = [...common.globals.values()]
  const augmentations: number[] = []
  const known = new Set<string>()
  let umd = ''
  const top = maker.scopes.of.get(tree) ?? new Map<string, Binding>()

  const add = (name: string, sort: number, record: number, specifier = '', imported = ''): void => {
    if (known.has(name)) return
    known.add(name)
    exports.push(heap.add(Kind.export, maker.name(name), sort, record, maker.name(specifier), maker.name(imported)))
  }
  const addSymbol = (name: string, local: string): void => {
    const binding = top.get(local)
    if (binding !== undefined) add(name, ExportSort.symbol, maker.symbolOf(binding))
    else if (name !== 'default') add(name, ExportSort.declarations, 0)
  }
  const addValue = (name: string, node: ts.Node, value: ts.Node): void => {
    const component = maker.componentOf(node, value)
    const record = heap.add(Kind.assigned, component, maker.name(name), maker.expressionOf(value), 0, Meaning.any)
    add(name, ExportSort.value, record)
  }

  const isModule = tree.statements.some(isModuleStatement)
  const isScript = tree.isDeclarationFile && !isModule
  // A declaration file without an export statement exports all its names.
  const isOpen =
    tree.isDeclarationFile &&
    isModule &&
    !tree.statements.some((one) => ts.isExportDeclaration(one) || ts.isExportAssignment(one))
  const ordered = [...tree.statements].sort(
    (a, b) => Number(ts.isFunctionDeclaration(b)) - Number(ts.isFunctionDeclaration(a)),
  )
  for (const statement of ordered) {
    if (ts.isExportDeclaration(statement)) readExportDeclaration(statement)
    else if (ts.isExportAssignment(statement)) {
      const name = statement.isExportEquals === true ? 'export=' : 'default'
      if (ts.isIdentifier(statement.expression) && top.has(statement.expression.text))
        addSymbol(name, statement.expression.text)
      else addValue(name, statement, statement.expression)
    } else if (ts.isNamespaceExportDeclaration(statement)) umd = statement.name.text
    else if (ts.isModuleDeclaration(statement)) readModule(statement)
    if (isExported(statement)) readDeclaration(statement)
    else if (isOpen && !ts.isImportDeclaration(statement)) {
      for (const name of namesOf(statement)) addSymbol(name, name)
    }
  }
  for (const [name, { node, value }] of common.named) addValue(name, node, value)
  for (const [name, { nodes }] of top) if (nodes.some((one) => ts.isJSDocTypedefTag(one))) addSymbol(name, name)
  for (const value of common.spread) {
    exports.push(heap.add(Kind.export, 0, ExportSort.value, maker.expressionOf(value), 0, 0))
  }
  if (isScript) globals.push(...top.values())
  const { whole } = common
  const wholeRecord =
    whole === undefined
      ? 0
      : heap.add(
          Kind.assigned,
          maker.componentOf(whole.node, innermost(whole.value)),
          0,
          maker.expressionOf(whole.value),
          0,
          Meaning.any,
        )
  const flags =
    (maker.isJavaScript ? ModuleFlag.javascript : 0) |
    (tree.isDeclarationFile ? ModuleFlag.declaration : 0) |
    (isScript ? ModuleFlag.script : 0) |
    (isModule ? ModuleFlag.esm : 0)
  const module = heap.add(
    Kind.module,
    heap.list(exports),
    heap.list(stars),
    flags,
    heap.list(globals.map((one) => maker.symbolOf(one))),
    heap.list(augmentations),
    wholeRecord,
    maker.name(umd),
    0,
  )
  maker.finish()
  const records = [...top.values()].map(({ record }) => record).filter((one) => one !== 0)
  heap.set(module, Field.module.symbols, heap.list(records))
  return module

  function readExportDeclaration({ moduleSpecifier, exportClause }: ts.ExportDeclaration): void {
    const specifier =
      moduleSpecifier !== undefined && ts.isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : undefined
    if (exportClause === undefined) {
      if (specifier !== undefined)
        stars.push(heap.add(Kind.export, maker.name('*'), ExportSort.passed, 0, maker.name(specifier), maker.name('*')))
    } else if (ts.isNamespaceExport(exportClause)) {
      if (specifier !== undefined) add(exportClause.name.text, ExportSort.passed, 0, specifier, '*')
    } else {
      for (const { name, propertyName = name } of exportClause.elements) {
        if (specifier === undefined) addSymbol(name.text, propertyName.text)
        else add(name.text, ExportSort.passed, 0, specifier, propertyName.text)
      }
    }
  }

  function readDeclaration(statement: ts.Statement): void {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
    const isDefault = modifiers?.some(({ kind }) => kind === K.DefaultKeyword) === true
    const names = namesOf(statement)
    if (!isDefault) for (const name of names) addSymbol(name, name)
    else if (names[0] !== undefined) addSymbol('default', names[0])
    else if (ts.isFunctionDeclaration(statement)) {
      const signature = maker.signatureOf(statement)
      const record = heap.add(Kind.function, maker.componentOf(statement), maker.name('default'), signature, 0)
      add('default', ExportSort.declarations, heap.list([record]))
    } else if (ts.isClassDeclaration(statement))
      add('default', ExportSort.declarations, heap.list([classOf(maker, statement)]))
  }

  function readModule(statement: ts.ModuleDeclaration): void {
    const { name, body, flags } = statement
    const scope = body === undefined ? undefined : maker.scopes.of.get(body)
    if ((flags & ts.NodeFlags.GlobalAugmentation) !== 0) globals.push(...(scope?.values() ?? []))
    else if (ts.isStringLiteral(name)) {
      const symbols = [...(scope?.values() ?? [])].map((one) => maker.symbolOf(one))
      const { byDefault, whole } = exportsOfBody(body)
      augmentations.push(
        heap.add(
          Kind.augmentation,
          maker.name(name.text),
          heap.list(symbols),
          maker.name(byDefault),
          maker.name(whole),
        ),
      )
    }
  }
}

/** The local names of `export default` and `export =` in the body of a `declare module`. */
function exportsOfBody(body: ts.ModuleDeclaration['body']): { byDefault?: string; whole?: string } {
  const names: { byDefault?: string; whole?: string } = {}
  if (body === undefined || !ts.isModuleBlock(body)) return names
  for (const statement of body.statements) {
    if (ts.isExportAssignment(statement)) {
      if (!ts.isIdentifier(statement.expression)) continue
      names[statement.isExportEquals === true ? 'whole' : 'byDefault'] = statement.expression.text
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      const isDefault = statement.modifiers?.some(({ kind }) => kind === K.DefaultKeyword) === true
      if (isDefault && statement.name !== undefined) names.byDefault = statement.name.text
    }
  }
  return names
}

function innermost(node: ts.Expression): ts.Expression {
  let value = node
  while (
    ts.isParenthesizedExpression(value) ||
    (ts.isBinaryExpression(value) && value.operatorToken.kind === K.EqualsToken)
  )
    value = ts.isParenthesizedExpression(value) ? value.expression : value.right
  return value
}

function isModuleStatement(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) ||
    isExported(statement)
  )
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === K.ExportKeyword) ?? false)
  )
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    const names: string[] = []
    const pending: ts.BindingName[] = statement.declarationList.declarations.map(({ name }) => name).reverse()
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (ts.isIdentifier(next)) names.push(next.text)
      else for (const one of next.elements) if (ts.isBindingElement(one)) pending.push(one.name)
    }
    return names
  }
  const { name } = statement as ts.Statement & { name?: ts.Node }
  return name !== undefined && ts.isIdentifier(name) && meaningOf(statement) !== 0 ? [name.text] : []
}
