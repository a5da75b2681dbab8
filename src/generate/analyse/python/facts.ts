/**
 * The facts of a single file: scopes, the names bound in them, definitions, uses. No other file is consulted; the
 * meaning of names is decided later, from these facts.
 */

import { Cell } from '#generate/analyse/memoized-cells.ts'
import type { SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { Exports } from './dunder-all.ts'
import type { Lineage } from './lineage.ts'
import type { Module } from './modules.ts'
import type { Parts } from './parts.ts'
import type { Evaluation, Value } from './values.ts'

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension' | 'type parameters'

const NO_STARS: readonly ImportFact[] = []

/** A region in which names are bound. */
export class Scope {
  readonly names = new Map<string, Binding[]>()
  /** Names declared `global` or `nonlocal` here, and the scope they belong to. */
  redirects: Map<string, Scope> | undefined
  /** The imports `from x import *`, in order. Only complete when the whole file is scanned. */
  stars: readonly ImportFact[] = NO_STARS

  readonly kind: ScopeKind
  readonly parent: Scope | null
  readonly file: FileFacts
  /** The class or function whose body this is. */
  readonly definition: Definition | null
  /** The outermost function that contains it, which may be a method. */
  readonly outer: Definition | null

  constructor(kind: ScopeKind, parent: Scope | null, file: FileFacts, definition: Definition | null) {
    this.kind = kind
    this.parent = parent
    this.file = file
    this.definition = definition
    this.outer = parent?.outer ?? (kind === 'function' ? definition : null)
  }
}

export type BindingKind =
  | 'definition'
  | 'parameter'
  | 'assignment'
  | 'element'
  | 'context'
  | 'exception'
  | 'import'
  | 'other'

/** One binding of a name to a value; as a cell, it holds that value. */
export class Binding extends Cell<Evaluation> {
  /** The type that the name means in an annotation; set on demand. */
  alias: Cell<Value | null | undefined> | undefined
  /** The class, function, constant or field of this name. */
  definition: Definition | null = null
  /** Set for `import`. */
  source: ImportFact | null = null
  /**
   * The bound part of the value for `assignment`, `element` and `context`, outermost index first; -1 for a starred
   * rest, then -2 for the last part, -3 for that before it.
   */
  path: readonly number[] = []
  /** `NONE`, or the annotation's `type` node. */
  annotation = -1

  readonly kind: BindingKind
  readonly scope: Scope
  /** The name's own node. */
  readonly node: number
  /** The node of the value: right side, iterable, context manager, exception type, default; or `NONE`. */
  readonly expression: number
  /** The scope of `expression` and `annotation`. */
  readonly evaluatedIn: Scope
  /** Offset from which the name has this value. */
  readonly from: number

  constructor(given: Pick<Binding, 'kind' | 'scope' | 'node' | 'expression' | 'evaluatedIn' | 'from'>) {
    super()
    this.kind = given.kind
    this.scope = given.scope
    this.node = given.node
    this.expression = given.expression
    this.evaluatedIn = given.evaluatedIn
    this.from = given.from
  }
}

/** A name imported from a module. */
export interface ImportFact {
  readonly node: number
  /** Leading dots of a relative import. */
  readonly level: number
  /** `a.b` in `from a.b import c` and in `import a.b`. */
  readonly module: readonly string[]
  /** `c`; `*` for all; `null` if the module itself is bound. */
  readonly name: string | null
  /** True for `import a.b`, which binds `a`. */
  readonly bindsTop: boolean
  /** The modules that `module` resolves to; set on demand. */
  chain?: readonly Module[]
}

/** The shared empty list of definitions of other kinds; nothing may be added to it. */
const NO_NODES: number[] = []
const NO_PARAMETERS = new Map<string, Binding>()
const NO_FIELDS = new Map<string, Binding[]>()
const NO_CELL = new Cell<never>()

/** A class, function, constant or field. */
export class Definition {
  /** The component's id; `null` for definitions local to a function, which are not components. */
  id: string | null = null
  /** Unique in its file: `A.b`, or `A.b~1` for the second; '' for variables and for what is local to a function. */
  key = ''
  /** Set for classes and functions: the scope of the body. */
  body: Scope | null = null
  /** Whether every branch of the enclosing `if` defines its name, so that it always exists. */
  isInEveryBranch = false
  /** Names of the decorators, dotted: `['staticmethod']`, `['app.route']`. */
  decorators: string[] = []
  /** The other definitions of its name that only declare overloads. */
  overloads: readonly Definition[] = []
  /** The setter and deleter of a property's getter. */
  accessors: readonly Definition[] = []
  /** Function: nodes of the values it returns or yields. */
  readonly returned: number[]
  isGenerator = false
  /** Function: its parameters by name, in order. */
  readonly parameters: Map<string, Binding>
  /** Variable: the binding that represents it. */
  mainBinding: Binding | null = null
  /** Variable at the top level: whether `mainBinding` is only one of several values, by a condition. */
  hasOtherValues = false
  /** Class: nodes of its bases. */
  readonly bases: number[]
  /** Class: its bases in order. */
  readonly lineage: Cell<Lineage>
  /** Function: its result when it is not bound to a receiver. */
  readonly result: Cell<Value | null>
  /** Class: what methods assign to `self.name`. */
  readonly instanceFields: Map<string, Binding[]>

  readonly kind: 'class' | 'function' | 'variable'
  readonly name: string
  /** The scope in which the name is bound. */
  readonly scope: Scope
  /** The definition's node, without decorators. */
  readonly node: number
  /** The definition's node with decorators. */
  readonly outer: number
  /** The class it is a member of. */
  readonly parent: Definition | null
  /** True inside a function: then it is not a component, and its uses belong to that function. */
  readonly isLocal: boolean

  constructor(given: Pick<Definition, 'kind' | 'name' | 'scope' | 'node' | 'outer' | 'parent' | 'isLocal'>) {
    const isClass = given.kind === 'class'
    const isFunction = given.kind === 'function'
    this.returned = isFunction ? [] : NO_NODES
    this.parameters = isFunction ? new Map() : NO_PARAMETERS
    this.result = isFunction ? new Cell() : NO_CELL
    this.bases = isClass ? [] : NO_NODES
    this.instanceFields = isClass ? new Map() : NO_FIELDS
    this.lineage = isClass ? new Cell() : NO_CELL
    this.kind = given.kind
    this.name = given.name
    this.scope = given.scope
    this.node = given.node
    this.outer = given.outer
    this.parent = given.parent
    this.isLocal = given.isLocal
  }

  get file(): FileFacts {
    return this.scope.file
  }
}

/** `own` is an attribute that a method sets on its object. */
export type UseKind = 'name' | 'own' | 'type' | 'call' | 'base' | 'annotation text'

/** An expression seen from one scope. */
export class Expression extends Cell<Evaluation> {
  readonly scope: Scope

  constructor(scope: Scope) {
    super()
    this.scope = scope
  }
}

/** Everything read from one file. */
export interface FileFacts {
  readonly path: string
  readonly parts: Parts
  readonly module: Module
  readonly tree: SyntaxTree
  /** Every class and function, in document order. */
  readonly definitions: Definition[]
  /** Imports, each with the node of the name that it binds. */
  readonly imports: { fact: ImportFact; scope: Scope; bound: number }[]
  /** The scopes inside comprehensions and lambdas, keyed by node. */
  readonly inner: Map<number, Scope>
  /** Uses, in document order, as parallel lists. */
  readonly useNodes: number[]
  readonly useKinds: UseKind[]
  readonly useScopes: Scope[]
  /** The definition that a use belongs to; `null` at the top of the file. */
  readonly useOwners: (Definition | null)[]
  /** Module-level statements that change `__all__`. */
  readonly allStatements: number[]
  /** Evaluated expressions, keyed by node. */
  readonly evaluated: Map<number, Expression>
  /** Results of lookups in the module, keyed by name. */
  readonly lookedUp: Map<string, Cell<Evaluation | undefined>>
  readonly exports: Cell<Exports>
  /** The exports of the file, once known for all files. */
  exported: Exports | undefined
  /** The top scope. */
  top: Scope
}
