/** The declarations of a file as objects, and the names bound in each scope. */

import { push } from '#base/multimap.ts'
import { D, D_WIDTH, DECL_KINDS, type DeclKind, E, E_WIDTH, type FileFacts, Flag, NONE, S, S_WIDTH } from './facts.ts'
import type { LambdaTarget, LanguageSpec, Linker, Value } from './language.ts'

const TYPES = new Set<DeclKind>(['class', 'struct', 'interface', 'trait', 'enum', 'type'])
const FUNCTIONS = new Set<DeclKind>(['function', 'method', 'constructor', 'macro'])
const LOCALS = new Set<DeclKind>(['parameter', 'local', 'typeparam'])
export const NO_DECLS: readonly Decl[] = []

/**
 * Limit on declarations of one name in one scope, or of one qualified name in a file. A use considers all of them, so
 * the time would be quadratic. Declarations beyond the limit cannot be referenced.
 */
export const MAX_OF_ONE_NAME = 200

/** Limit on enclosing scopes that are searched for a name. */
export const MAX_SCOPES = 1_000

/** The expression of a supertype, in any file. */
export interface SuperElsewhere {
  readonly file: FileUnit
  readonly expr: number
}

/** Shared, because there are hundreds of thousands of declarations. */
const NO_SUPERS: readonly SuperElsewhere[] = []

/** A declaration of the program. */
export class Decl {
  /** The type that the declaration is attached to from outside; else `null`. */
  host: Decl | null = null
  /** Package, namespaces, types and its own name, joined by dots; '' inside a function. */
  fullName = ''
  /** Id of its component, or of the enclosing one; `null` before components are made or without one. */
  id: string | null = null
  /** The parameters of a function, in order; those of an `impl` come first in its extensions. */
  parameters: readonly Decl[] = NO_DECLS
  typeParameters: readonly Decl[] = NO_DECLS
  /** Supertypes declared elsewhere, outside its own list. */
  moreSupers: readonly SuperElsewhere[] = NO_SUPERS
  /** Cached value of a variable or function; `null` while being evaluated. */
  value: Value | null | undefined = undefined
  isEvaluated = false

  readonly file: FileUnit
  readonly index: number
  readonly kind: DeclKind
  readonly name: string
  readonly parent: Decl | null
  readonly flags: number

  constructor(file: FileUnit, index: number, parent: Decl | null) {
    this.file = file
    this.index = index
    this.parent = parent
    this.kind = DECL_KINDS[file.decl(index, D.kind)] ?? 'local'
    this.name = file.string(file.decl(index, D.name))
    this.flags = file.decl(index, D.flags)
  }

  addSuper(file: FileUnit, expr: number): void {
    const isKnown = this.moreSupers.some((one) => one.file === file && one.expr === expr)
    if (!isKnown) this.moreSupers = added(this.moreSupers, { file, expr })
  }

  get isType(): boolean {
    return TYPES.has(this.kind)
  }

  get isFunction(): boolean {
    return FUNCTIONS.has(this.kind)
  }

  get isLocal(): boolean {
    return LOCALS.has(this.kind)
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0
  }

  /** The value of a column of its row. */
  at(column: number): number {
    return this.file.decl(this.index, column)
  }

  get doc(): string | null {
    const doc = this.at(D.doc)
    return doc === NONE ? null : this.file.string(doc)
  }

  /** The type that it is a member of. */
  get owner(): Decl | null {
    return this.host ?? this.parent
  }

  get start(): number {
    return this.at(D.start)
  }
}

/** A file of the program. */
export class FileUnit {
  readonly path: string
  readonly spec: LanguageSpec
  readonly facts: FileFacts
  readonly decls: readonly Decl[]
  package = ''
  /** Set when the program is complete. */
  linker!: Linker
  /** Values of expressions, by index; `null` while being evaluated. */
  readonly values: (Value | null | undefined)[] = []
  readonly isKnown: Uint8Array
  /** The parameter that each lambda is passed to, keyed by expression; `null` while being resolved or if unknown. */
  readonly lambdaTargets = new Map<number, LambdaTarget | null>()
  /** Whether too many declarations share a name, or nest too deeply, for some names to be resolved. */
  isCrowded: boolean
  readonly #bound = new Map<number, Decl[]>()
  readonly #locals = new Map<number, Decl[]>()
  readonly #strings = new Map<string, number>()

  constructor(path: string, spec: LanguageSpec, facts: FileFacts) {
    this.path = path
    this.spec = spec
    this.facts = facts
    this.isKnown = new Uint8Array(this.exprCount)
    this.isCrowded = false
    for (const [index, text] of facts.strings.entries()) this.#strings.set(text, index)
    const decls: Decl[] = []
    const count = facts.decls.length / D_WIDTH
    for (let index = 0; index < count; index++) {
      const parent = this.decl(index, D.parent)
      const decl = new Decl(this, index, decls[parent] ?? null)
      decls.push(decl)
      if (decl.parent !== null) addToParent(decl.parent, decl)
      if (decl.parent?.kind === 'impl' && decl.isFunction && decl.has(Flag.extension))
        decl.parameters = [...decl.parent.parameters]
      if (decl.name !== '') this.#bind(decl)
    }
    this.decls = decls
    this.isCrowded ||= this.#isDeep()
  }

  #isDeep(): boolean {
    const count = this.facts.scopes.length / S_WIDTH
    if (count <= MAX_SCOPES) return false
    const depths = new Int32Array(count)
    for (let scope = 1; scope < count; scope++) {
      const depth = (depths[this.scopeParent(scope)] ?? 0) + 1
      if (depth >= MAX_SCOPES) return true
      depths[scope] = depth
    }
    return false
  }

  #bind(decl: Decl): void {
    const key = decl.at(D.scope) * this.facts.strings.length + decl.at(D.name)
    if (decl.isLocal) push(this.#locals, key, decl)
    // A method attached from outside is not bound in its scope.
    if (decl.kind === 'method' ? decl.at(D.receiver) !== NONE : decl.isLocal && decl.kind !== 'typeparam') return
    if ((this.#bound.get(key)?.length ?? 0) < MAX_OF_ONE_NAME) push(this.#bound, key, decl)
    else this.isCrowded = true
  }

  get exprCount(): number {
    return this.facts.exprs.length / E_WIDTH
  }

  decl(index: number, column: number): number {
    return this.facts.decls[index * D_WIDTH + column] ?? NONE
  }

  expr(index: number, column: number): number {
    return this.facts.exprs[index * E_WIDTH + column] ?? NONE
  }

  string(index: number): string {
    return this.facts.strings[index] ?? ''
  }

  /** The text of an expression's name. */
  nameOf(expr: number): string {
    return this.string(this.expr(expr, E.name))
  }

  list(at: number): readonly number[] {
    if (at === NONE) return []
    const { lists } = this.facts
    const count = lists[at] ?? 0
    const list = new Array<number>(count)
    for (let i = 0; i < count; i++) list[i] = lists[at + 1 + i] ?? NONE
    return list
  }

  scopeParent(scope: number): number {
    return this.facts.scopes[scope * S_WIDTH + S.parent] ?? NONE
  }

  /** The lambda that opens a scope, or `NONE`. */
  scopeExpr(scope: number): number {
    return this.facts.scopes[scope * S_WIDTH + S.expr] ?? NONE
  }

  /** The declaration that opens or contains a scope. */
  scopeDecl(scope: number): Decl | undefined {
    return this.decls[this.facts.scopes[scope * S_WIDTH + S.decl] ?? NONE]
  }

  /** Declarations of a name in a scope that are visible throughout it, in text order. */
  bound(scope: number, name: string): readonly Decl[] {
    return this.boundAt(scope, this.indexOf(name))
  }

  /** Like `bound`, for the index of the name in the file's strings. */
  boundAt(scope: number, index: number): readonly Decl[] {
    return index === NONE ? NO_DECLS : (this.#bound.get(scope * this.facts.strings.length + index) ?? NO_DECLS)
  }

  /** Declarations of a name in a scope that are visible only after their position, in text order. */
  localsAt(scope: number, index: number): readonly Decl[] {
    return index === NONE ? NO_DECLS : (this.#locals.get(scope * this.facts.strings.length + index) ?? NO_DECLS)
  }

  /** The index of a text among the file's strings, or `NONE`. */
  indexOf(text: string): number {
    return this.#strings.get(text) ?? NONE
  }
}

function addToParent(parent: Decl, decl: Decl): void {
  if (decl.kind === 'parameter') parent.parameters = added(parent.parameters, decl)
  else if (decl.kind === 'typeparam' && decl.name !== '') parent.typeParameters = added(parent.typeParameters, decl)
  else if (decl.kind === 'typeparam') addBounds(parent, decl)
}

/** Adds the types of a clause such as `where T : A, B`, a type parameter without a name, to the parameter that it constrains. */
function addBounds(parent: Decl, { file, index }: Decl): void {
  const subject = file.nameOf(file.decl(index, D.type))
  const bounded = parent.typeParameters.find((one) => one.name === subject)
  for (const expr of file.list(file.decl(index, D.supers))) bounded?.addSuper(file, expr)
}

/** Appends in place to a list that only its owner uses. */
function added<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item]
  ;(list as T[]).push(item)
  return list
}
