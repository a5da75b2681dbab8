/**
 * Scans one syntax tree into `FileFacts`, in a single pass over its nodes in document order. The scope and the
 * definition around a node are kept on two stacks, so nothing recurses.
 */

import { push } from '#base/multimap.ts'
import { Cell } from '#generate/analyse/memoized-cells.ts'
import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { bindTarget } from './bind.ts'
import {
  Binding,
  type BindingKind,
  type Definition,
  type FileFacts,
  type ImportFact,
  Scope,
  type UseKind,
} from './facts.ts'
import type { Module } from './modules.ts'
import { Parts } from './parts.ts'
import { scanDecorated, scanDefinition, scanLambda } from './scan-definitions.ts'
import { scanImport } from './scan-imports.ts'
import { K } from './syntax.ts'

/** A stack of values, each for the nodes up to an index. */
class Regions<T> {
  readonly #values: T[] = []
  readonly #ends: number[] = []
  current: T

  readonly outermost: T

  constructor(outermost: T) {
    this.outermost = outermost
    this.current = outermost
  }

  enter(value: T, end: number): void {
    this.#values.push(this.current)
    this.#ends.push(end)
    this.current = value
  }

  leaveBefore(node: number): void {
    while ((this.#ends[this.#ends.length - 1] ?? Number.POSITIVE_INFINITY) <= node) {
      this.#ends.pop()
      this.current = this.#values.pop() ?? this.outermost
    }
  }
}

/** @param isDivided - Whether dependencies are recorded between parts of files. */
export function scanFile(module: Module, tree: SyntaxTree, isDivided: boolean): FileFacts {
  return new Scan(module, tree, isDivided).run()
}

/** The state of one scan, shared with the scanners in other files. */
export class Scan {
  readonly facts: FileFacts
  readonly scopes: Regions<Scope>
  readonly owners: Regions<Definition | null>
  /** 1 for nodes that are not uses: names being bound, attribute and keyword names. */
  readonly #marked: Uint8Array
  /** Scopes to enter at a node, keyed by node. */
  readonly #pending = new Map<number, Scope>()
  /** The number of definitions with a key, without what makes it unique. */
  readonly #keys = new Map<string, number>()
  /** Nodes before this index are in a type annotation, or in a `Literal[…]` of one. */
  #annotationEnd = 0
  #literalEnd = 0

  readonly tree: SyntaxTree

  constructor(module: Module, tree: SyntaxTree, isDivided: boolean) {
    this.tree = tree
    const facts: Omit<FileFacts, 'parts' | 'top'> = {
      path: module.path ?? '',
      module,
      tree,
      definitions: [],
      imports: [],
      inner: new Map(),
      useNodes: [],
      useKinds: [],
      useScopes: [],
      useOwners: [],
      allStatements: [],
      evaluated: new Map(),
      lookedUp: new Map(),
      exports: new Cell(),
      exported: undefined,
    }
    const top = new Scope('module', null, facts as FileFacts, null)
    this.facts = Object.assign(facts, { top, parts: new Parts(facts as FileFacts, isDivided) })
    this.scopes = new Regions(top)
    this.owners = new Regions<Definition | null>(null)
    this.#marked = new Uint8Array(tree.size)
  }

  run(): FileFacts {
    for (let node = 0; node < this.tree.size; node++) {
      this.scopes.leaveBefore(node)
      this.owners.leaveBefore(node)
      const scope = this.#pending.get(node)
      if (scope !== undefined) {
        this.scopes.enter(scope, this.tree.afterOf(node))
        this.#pending.delete(node)
      }
      this.#visit(node)
    }
    return this.facts
  }

  /** Makes a scope the current one from a node on, to the end of that node. */
  enterAt(node: number, scope: Scope): void {
    this.#pending.set(node, scope)
  }

  mark(node: number): void {
    this.#marked[node] = 1
  }

  markTree(node: number): void {
    this.#marked.fill(1, node, this.tree.afterOf(node))
  }

  /** A key for a definition that is not local. */
  keyFor(name: string, parent: Definition | null): string {
    const key = parent === null ? name : `${parent.key}.${name}`
    const count = this.#keys.get(key) ?? 0
    this.#keys.set(key, count + 1)
    return count === 0 ? key : `${key}~${count}`
  }

  use(kind: UseKind, node: number): void {
    this.facts.useKinds.push(kind)
    this.facts.useNodes.push(node)
    this.facts.useScopes.push(this.scopes.current)
    this.facts.useOwners.push(this.owners.current)
  }

  /**
   * Binds the name at `node`, respecting `global` and `nonlocal`. Returns the binding, or `undefined` if `node` is not
   * a name.
   */
  bind(
    kind: BindingKind,
    node: number,
    expression: number,
    from: number,
    scope = this.scopes.current,
  ): Binding | undefined {
    const name = this.tree.textOf(node)
    if (name === '') return undefined
    const target = scope.redirects?.get(name) ?? scope
    const binding = new Binding({ kind, scope: target, node, expression, evaluatedIn: this.scopes.current, from })
    push(target.names, name, binding)
    this.mark(node)
    return binding
  }

  import(fact: ImportFact, nameNode: number): void {
    this.facts.imports.push({ fact, scope: this.scopes.current, bound: nameNode })
    if (fact.name === '*') {
      const { current } = this.scopes
      if (current.stars.length === 0) current.stars = [fact]
      else (current.stars as ImportFact[]).push(fact)
      return
    }
    const binding = this.bind('import', nameNode, NONE, this.tree.end(fact.node))
    if (binding !== undefined) binding.source = fact
  }

  #visit(node: number): void {
    const tree = this.tree
    switch (tree.kind(node)) {
      case K.identifier:
        if (this.#marked[node] === 0) this.#name(node)
        return
      case K.attribute:
        if (this.#marked[node] === 0) this.#name(node)
        this.mark(tree.last(node))
        return
      case K.call:
        this.#call(node)
        return
      case K.keyword_argument:
      case K.keyword_pattern:
        this.mark(tree.first(node))
        return
      case K.string:
        if (node < this.#annotationEnd && node >= this.#literalEnd) this.use('annotation text', node)
        return
      case K.type:
        this.#annotationEnd = Math.max(this.#annotationEnd, tree.afterOf(node))
        return
      case K.generic_type:
      case K.subscript:
        if (node < this.#annotationEnd && /\bLiteral$/.test(tree.textOf(tree.first(node)).slice(-20))) {
          this.#literalEnd = Math.max(this.#literalEnd, tree.afterOf(node))
        }
        return
      case K.function_definition:
      case K.class_definition:
        scanDefinition(this, node)
        return
      case K.decorated_definition:
        scanDecorated(this, node)
        return
      case K.lambda:
        scanLambda(this, node)
        return
      case K.list_comprehension:
      case K.set_comprehension:
      case K.dictionary_comprehension:
      case K.generator_expression:
        this.#comprehension(node)
        return
      case K.return_statement:
      case K.yield:
        this.#result(node)
        return
      case K.global_statement:
      case K.nonlocal_statement:
        this.#redirect(node)
        return
      case K.import_statement:
      case K.import_from_statement:
      case K.future_import_statement:
        scanImport(this, node)
        this.markTree(node)
        return
      default:
        bindTarget(this, node)
    }
  }

  #name(node: number): void {
    this.use(node < this.#annotationEnd ? 'type' : 'name', node)
  }

  #call(node: number): void {
    const tree = this.tree
    const called = tree.first(node)
    this.use('call', node)
    const kind = tree.kind(called)
    if (kind === K.identifier || kind === K.attribute) this.mark(called)
    // `cast('Type', value)` names a type.
    const given = tree.textOf(kind === K.attribute ? tree.last(called) : called) === 'cast' ? tree.last(node) : NONE
    const type = given !== NONE && tree.kind(given) === K.argument_list ? tree.first(given) : NONE
    if (type !== NONE && tree.kind(type) === K.string) this.use('annotation text', type)
    if (
      this.scopes.current.kind === 'module' &&
      kind === K.attribute &&
      tree.textOf(tree.first(called)) === '__all__'
    ) {
      this.facts.allStatements.push(node)
    }
  }

  #comprehension(node: number): void {
    const tree = this.tree
    const outside = this.scopes.current
    const scope = new Scope('comprehension', outside, this.facts, outside.definition)
    this.facts.inner.set(node, scope)
    this.scopes.enter(scope, tree.afterOf(node))
    let isFirst = true
    for (let clause = tree.first(node); clause !== NONE; clause = tree.next(clause, node)) {
      if (tree.kind(clause) !== K.for_in_clause) continue
      // The first iterable belongs to the enclosing scope.
      if (isFirst) this.#pending.set(tree.last(clause), outside)
      isFirst = false
    }
  }

  #result(node: number): void {
    const definition = this.scopes.current.definition
    if (definition?.kind !== 'function') return
    if (this.tree.kind(node) === K.yield) definition.isGenerator = true
    const value = this.tree.first(node)
    if (value !== NONE && this.tree.kind(value) !== K.yield) definition.returned.push(value)
  }

  #redirect(node: number): void {
    const scope = this.scopes.current
    const isGlobal = this.tree.kind(node) === K.global_statement
    let target: Scope | null = isGlobal ? this.facts.top : scope.parent
    while (!isGlobal && target !== null && target.kind !== 'function') target = target.parent
    for (let name = this.tree.first(node); name !== NONE; name = this.tree.next(name, node)) {
      this.mark(name)
      if (target === null || target === scope) continue
      scope.redirects ??= new Map()
      scope.redirects.set(this.tree.textOf(name), target)
    }
  }
}
