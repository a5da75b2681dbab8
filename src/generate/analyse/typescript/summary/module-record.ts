/** Creates the record of a module: its exports, globals and augmentations. */

import { append } from '#base/long-arrays.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { assignmentsOf, isModuleStatement } from '#generate/analyse/typescript/exports.ts'
import { hasModifier } from '#generate/analyse/typescript/signature.ts'
import type { CommonJsExports } from './assignments.ts'
import { classOf } from './classes.ts'
import type { Maker } from './maker.ts'
import { Field } from './record-fields.ts'
import { ExportSort, ModuleFlag } from './record-values.ts'
import { Kind } from './records.ts'
import { type Binding, meaningOf } from './scopes.ts'

const { SyntaxKind: K } = ts

/** @returns The position of the record. */
export function moduleOf(maker: Maker, commonJs: CommonJsExports): number {
  return new ModuleReader(maker, commonJs).read()
}

class ModuleReader {
  readonly #maker: Maker
  readonly #commonJs: CommonJsExports
  /** The bindings at the top level. */
  readonly #top: ReadonlyMap<string, Binding>
  readonly #exports: number[] = []
  /** `export * from …`. */
  readonly #stars: number[] = []
  readonly #globals: Binding[]
  readonly #augmentations: number[] = []
  /** Names that are exported already; later exports of the same name are ignored. */
  readonly #known = new Set<string>()
  #umd = ''

  constructor(maker: Maker, commonJs: CommonJsExports) {
    this.#maker = maker
    this.#commonJs = commonJs
    this.#top = maker.scopes.of.get(maker.tree) ?? new Map<string, Binding>()
    this.#globals = [...commonJs.globals.values()]
  }

  read(): number {
    const { tree } = this.#maker
    const isModule = tree.statements.some(isModuleStatement)
    const isScript = tree.isDeclarationFile && !isModule
    // A declaration file without an export statement exports all its names.
    const isOpen =
      tree.isDeclarationFile &&
      isModule &&
      !tree.statements.some((one) => ts.isExportDeclaration(one) || ts.isExportAssignment(one))
    // Functions are hoisted.
    const ordered = [...tree.statements].sort(
      (a, b) => Number(ts.isFunctionDeclaration(b)) - Number(ts.isFunctionDeclaration(a)),
    )
    for (const statement of ordered) this.#readStatement(statement, isOpen)
    this.#readCommonJs()
    if (isScript) append(this.#globals, this.#top.values())
    return this.#write(
      (this.#maker.isJavaScript ? ModuleFlag.javascript : 0) |
        (tree.isDeclarationFile ? ModuleFlag.declaration : 0) |
        (isScript ? ModuleFlag.script : 0) |
        (isModule ? ModuleFlag.esm : 0),
    )
  }

  #readStatement(statement: ts.Statement, isOpen: boolean): void {
    if (ts.isExportDeclaration(statement)) this.#readExportDeclaration(statement)
    else if (ts.isExportAssignment(statement)) {
      const name = statement.isExportEquals === true ? 'export=' : 'default'
      if (ts.isIdentifier(statement.expression) && this.#top.has(statement.expression.text))
        this.#addSymbol(name, statement.expression.text)
      else this.#addValue(name, statement, statement.expression)
    } else if (ts.isNamespaceExportDeclaration(statement)) this.#umd = statement.name.text
    else if (ts.isModuleDeclaration(statement)) this.#readModule(statement)
    if (hasModifier(statement, K.ExportKeyword)) this.#readDeclaration(statement)
    else if (isOpen && !ts.isImportDeclaration(statement)) {
      for (const name of namesOf(statement)) this.#addSymbol(name, name)
    }
  }

  /** The exports of CommonJS, and types of JSDoc. */
  #readCommonJs(): void {
    const { named, spread } = this.#commonJs
    for (const [name, { node, value }] of named) this.#addValue(name, node, value)
    for (const [name, { nodes }] of this.#top)
      if (nodes.some((one) => ts.isJSDocTypedefTag(one))) this.#addSymbol(name, name)
    for (const value of spread) {
      const record = this.#maker.expressionOf(value)
      this.#exports.push(this.#maker.heap.add(Kind.export, 0, ExportSort.value, record, 0, 0))
    }
  }

  #write(flags: number): number {
    const maker = this.#maker
    const { heap } = maker
    const { whole } = this.#commonJs
    const wholeRecord =
      whole === undefined
        ? 0
        : this.#assigned('', maker.componentOf(whole.node, assignmentsOf(whole.value).value), whole.value)
    const module = heap.add(
      Kind.module,
      heap.list(this.#exports),
      heap.list(this.#stars),
      flags,
      heap.list(this.#globals.map((one) => maker.symbolOf(one))),
      heap.list(this.#augmentations),
      wholeRecord,
      maker.name(this.#umd),
      0,
    )
    maker.finish()
    const records = [...this.#top.values()].map(({ record }) => record).filter((one) => one !== 0)
    heap.set(module, Field.module.symbols, heap.list(records))
    return module
  }

  #readExportDeclaration({ moduleSpecifier, exportClause }: ts.ExportDeclaration): void {
    const specifier =
      moduleSpecifier !== undefined && ts.isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : undefined
    if (exportClause === undefined) {
      if (specifier !== undefined)
        this.#stars.push(
          this.#maker.heap.add(
            Kind.export,
            this.#maker.name('*'),
            ExportSort.reExport,
            0,
            this.#maker.name(specifier),
            this.#maker.name('*'),
          ),
        )
    } else if (ts.isNamespaceExport(exportClause)) {
      if (specifier !== undefined) this.#add(exportClause.name.text, ExportSort.reExport, 0, specifier, '*')
    } else {
      for (const { name, propertyName = name } of exportClause.elements) {
        if (specifier === undefined) this.#addSymbol(name.text, propertyName.text)
        else this.#add(name.text, ExportSort.reExport, 0, specifier, propertyName.text)
      }
    }
  }

  #readDeclaration(statement: ts.Statement): void {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
    const isDefault = modifiers?.some(({ kind }) => kind === K.DefaultKeyword) === true
    const names = namesOf(statement)
    if (!isDefault) for (const name of names) this.#addSymbol(name, name)
    else if (names[0] !== undefined) this.#addSymbol('default', names[0])
    else if (ts.isFunctionDeclaration(statement)) {
      const signature = this.#maker.signatureOf(statement)
      const record = this.#maker.heap.add(
        Kind.function,
        this.#maker.componentOf(statement),
        this.#maker.name('default'),
        signature,
        0,
      )
      this.#add('default', ExportSort.declarations, this.#maker.heap.list([record]))
    } else if (ts.isClassDeclaration(statement))
      this.#add('default', ExportSort.declarations, this.#maker.heap.list([classOf(this.#maker, statement)]))
  }

  #readModule(statement: ts.ModuleDeclaration): void {
    const { name, body, flags } = statement
    const scope = body === undefined ? undefined : this.#maker.scopes.of.get(body)
    if ((flags & ts.NodeFlags.GlobalAugmentation) !== 0) append(this.#globals, scope?.values() ?? [])
    else if (ts.isStringLiteral(name)) {
      const { byDefault, whole, renamed } = exportsOfBody(body)
      const aliases = renamed.flatMap(([exported, local]): Binding[] => {
        const binding = scope?.get(local)
        return binding === undefined ? [] : [{ ...binding, name: exported, record: 0, local: binding }]
      })
      const symbols = [...(scope?.values() ?? []), ...aliases].map((one) => this.#maker.symbolOf(one))
      this.#augmentations.push(
        this.#maker.heap.add(
          Kind.augmentation,
          this.#maker.name(name.text),
          this.#maker.heap.list(symbols),
          this.#maker.name(byDefault),
          this.#maker.name(whole),
        ),
      )
    }
  }

  #add(name: string, sort: number, record: number, specifier = '', imported = ''): void {
    const maker = this.#maker
    if (this.#known.has(name)) return
    this.#known.add(name)
    this.#exports.push(
      maker.heap.add(Kind.export, maker.name(name), sort, record, maker.name(specifier), maker.name(imported)),
    )
  }

  #addSymbol(name: string, local: string): void {
    const binding = this.#top.get(local)
    if (binding !== undefined) this.#add(name, ExportSort.symbol, this.#maker.symbolOf(binding))
    else if (name !== 'default') this.#add(name, ExportSort.declarations, 0)
  }

  #addValue(name: string, node: ts.Node, value: ts.Node): void {
    this.#add(name, ExportSort.value, this.#assigned(name, this.#maker.componentOf(node, value), value))
  }

  #assigned(name: string, component: number, value: ts.Node): number {
    const maker = this.#maker
    return maker.heap.add(Kind.assigned, component, name === '' ? 0 : maker.name(name), maker.expressionOf(value))
  }
}

interface BodyExports {
  /** The local name of `export default`. */
  byDefault?: string
  /** The local name of `export =`. */
  whole?: string
  /** `export { local as exported }` */
  renamed: [exported: string, local: string][]
}

/** The exports in the body of a `declare module` that have another name there. */
function exportsOfBody(body: ts.ModuleDeclaration['body']): BodyExports {
  const found: BodyExports = { renamed: [] }
  if (body === undefined || !ts.isModuleBlock(body)) return found
  for (const statement of body.statements) {
    if (ts.isExportAssignment(statement)) {
      if (!ts.isIdentifier(statement.expression)) continue
      found[statement.isExportEquals === true ? 'whole' : 'byDefault'] = statement.expression.text
    } else if (ts.isExportDeclaration(statement)) {
      const { moduleSpecifier, exportClause } = statement
      if (moduleSpecifier !== undefined || exportClause === undefined || !ts.isNamedExports(exportClause)) continue
      for (const { name, propertyName } of exportClause.elements)
        if (propertyName !== undefined) found.renamed.push([name.text, propertyName.text])
    } else if (hasModifier(statement, K.DefaultKeyword)) {
      const [name] = namesOf(statement)
      if (name !== undefined) found.byDefault = name
    }
  }
  return found
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
