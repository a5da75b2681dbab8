/**
 * Creates the records of one file. Records of declarations and functions are allocated immediately and filled later
 * from a stack (`finish`), so that long chains of declarations do not overflow the stack and cycles end.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import type { Conditions } from './conditions.ts'
import { Heap } from './heap.ts'
import type { Kind } from './records.ts'
import { type AssignedMember, type Binding, lookUp, type Scopes } from './scopes.ts'

/**
 * The mutually recursive functions that create records, collected by `summary.ts`. They call each other through `Maker`
 * to avoid import cycles.
 */
export interface Makers {
  /** All of these return 0 if there is no node. */
  expressionOf(maker: Maker, node: ts.Node | undefined): number
  typeOf(maker: Maker, node: ts.TypeNode | undefined): number
  entityOf(maker: Maker, node: ts.Node, meaning: number): number
  signatureOf(maker: Maker, node: ts.SignatureDeclaration): number
  symbolOf(maker: Maker, binding: Binding): number
}

export class Maker {
  readonly heap = new Heap()
  readonly tree: ts.SourceFile
  readonly isJavaScript: boolean
  readonly scopes: Scopes
  /** Members that `this.name = value` assigns in the methods of a class. */
  readonly classMembers = new Map<ts.Node, AssignedMember[]>()
  conditions: Conditions | undefined
  readonly #makers: Makers
  readonly #components: ReadonlyMap<ts.Node, number>
  readonly #records = new Map<ts.Node, number>()
  readonly #deferredRecords = new Map<Kind, Map<ts.Node, number>>()
  readonly #pending: (() => void)[] = []

  /** @param components - The index of each component, keyed by declaring node. */
  constructor(tree: ts.SourceFile, scopes: Scopes, components: ReadonlyMap<ts.Node, number>, makers: Makers) {
    this.#makers = makers
    this.tree = tree
    this.scopes = scopes
    this.#components = components
    this.isJavaScript = (tree.flags & ts.NodeFlags.JavaScriptFile) !== 0
  }

  /** The index of the component plus 1, as stored in records; 0 for none. */
  componentOf(...nodes: readonly (ts.Node | undefined)[]): number {
    for (const node of nodes) {
      const index = node === undefined ? undefined : this.#components.get(node)
      if (index !== undefined) return index + 1
    }
    return 0
  }

  name(text: string | undefined): number {
    return text === undefined ? 0 : this.heap.name(text)
  }

  /** Create the record of a node at most once. */
  once(node: ts.Node, make: () => number): number {
    const known = this.#records.get(node)
    if (known !== undefined) return known
    const made = make()
    this.#records.set(node, made)
    return made
  }

  /** Allocate a record whose fields are set later. */
  later(node: ts.Node, kind: Kind, fill: (at: number) => void): number {
    // One node may have several records: as a declaration, a function and a value.
    const made = this.#deferredRecords.get(kind) ?? new Map<ts.Node, number>()
    this.#deferredRecords.set(kind, made)
    const known = made.get(node)
    if (known !== undefined) return known
    const at = this.reserve(kind)
    made.set(node, at)
    this.#pending.push(() => fill(at))
    return at
  }

  reserve(kind: Kind): number {
    return this.heap.reserve(kind)
  }

  fill(at: number, fields: readonly number[]): void {
    for (let index = 0; index < fields.length; index++) this.heap.set(at, index + 1, fields[index] ?? 0)
  }

  defer(work: () => void): void {
    this.#pending.push(work)
  }

  /** Fill all records that were deferred. */
  finish(): void {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) next()
  }

  lookUp(name: string, from: ts.Node, meaning: number): Binding | undefined {
    return lookUp(this.scopes.of, name, from, meaning)
  }

  expressionOf(node: ts.Node | undefined): number {
    return this.#makers.expressionOf(this, node)
  }

  typeOf(node: ts.TypeNode | undefined): number {
    return this.#makers.typeOf(this, node)
  }

  typesOf(nodes: readonly ts.TypeNode[] | undefined): number {
    return this.heap.list((nodes ?? []).map((node) => this.typeOf(node)))
  }

  entityOf(node: ts.Node, meaning: number): number {
    return this.#makers.entityOf(this, node, meaning)
  }

  signatureOf(node: ts.SignatureDeclaration): number {
    return this.#makers.signatureOf(this, node)
  }

  symbolOf(binding: Binding): number {
    return this.#makers.symbolOf(this, binding)
  }
}
