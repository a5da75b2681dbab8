/** Turns the uses in a file into edges between components and files. */

import { INFERRED, SEVERAL_OBJECTS } from '#generate/analyse/edge-confidence.ts'
import { NONE } from '#generate/analyse/syntax-tree.ts'
import { UseRows } from '#generate/analyse/use-rows.ts'
import type { Edge, EdgeKind, EdgeOrigin } from '#generate/model.ts'
import { isProperty } from './attributes.ts'
import { COMMON_METHOD_NAMES } from './builtin-names.ts'
import { calledOptions } from './calls.ts'
import type { Definition, FileFacts, Scope } from './facts.ts'
import { findFixture } from './fixtures.ts'
import { findMember, lineageOf } from './lineage.ts'
import { touchMember } from './names.ts'
import type { Program } from './program.ts'
import { stringValue } from './strings.ts'
import { K } from './syntax.ts'
import { lookUpDotted } from './types.ts'
import type { UsePlace, UsePlaces } from './use-places.ts'
import { type Evaluation, optionsOf, UNKNOWN, type Value } from './values.ts'

/** Limit on the names in one quoted annotation. */
const MAX_NAMES = 30

const OWN_METHODS = new Set(['__init__', '__new__'])

/** A call of a name whose meaning is unknown. */
export interface Guess {
  readonly from: string
  readonly name: string
  /** The position of the first such call. */
  readonly place: UsePlace
}

export interface CallCounts {
  resolved: number
  unresolved: number
}

/** Makes the edges of one file. */
export class EdgeMaker {
  readonly edges: Edge[] = []
  /** Guesses to be decided when all names of the repository are known. */
  readonly guesses: Guess[] = []
  readonly uses = new UseRows()
  readonly #places: UsePlaces
  /** Guessed names, keyed by the component that uses them. */
  readonly #seen = new Map<string, Set<string>>()
  /** Edges keyed by source, then by target. */
  readonly #made = new Map<string, Map<string, Edge[]>>()
  /** The index of the current use; `undefined` outside uses. */
  #use: number | undefined
  /** Whether the current use is evaluated where its owner is defined, not in its body. */
  #isOutsideBody = false

  readonly program: Program
  readonly file: FileFacts
  readonly counts: CallCounts = { resolved: 0, unresolved: 0 }

  constructor(program: Program, file: FileFacts, places: UsePlaces) {
    this.program = program
    this.file = file
    this.#places = places
  }

  make(): this {
    const { useNodes, useKinds, useScopes, useOwners } = this.file
    for (let i = 0; i < useNodes.length; i++) {
      const node = useNodes[i] ?? NONE
      const scope = useScopes[i]
      const owner = useOwners[i] ?? null
      if (scope === undefined) continue
      this.#use = i
      this.#isOutsideBody = owner !== null && node < headEnd(owner)
      switch (useKinds[i]) {
        case 'call':
          this.#call(node, scope, owner)
          break
        case 'name':
          this.#reference(this.program.evaluate(this.file, node, scope), owner)
          break
        case 'own':
          this.#setOwn(node, scope, owner)
          break
        case 'type':
          this.#reference(this.program.evaluate(this.file, node, scope), owner, 'uses-type')
          break
        case 'base':
          this.#base(node, scope, owner)
          break
        default:
          this.#quoted(node, scope, owner)
      }
    }
    this.#isOutsideBody = false
    this.#use = undefined
    this.#fixtures()
    this.#overrides()
    return this
  }

  #add(
    owner: Definition | null,
    target: Definition,
    kind: EdgeKind,
    origin: EdgeOrigin,
    confidence = INFERRED[origin],
    place = this.#use === undefined ? undefined : this.#places.of(this.#use),
  ) {
    if (target.id === null) return
    const from = this.#from(owner)
    if (from === target.id) return
    let targets = this.#made.get(from)
    if (targets === undefined) {
      targets = new Map()
      this.#made.set(from, targets)
    }
    const pair = targets.get(target.id) ?? []
    if (pair.length === 0) targets.set(target.id, pair)
    let edge = pair.find((one) => one.kind === kind)
    if (edge === undefined) {
      edge = { from, to: target.id, kind, origin, confidence }
      pair.push(edge)
      this.edges.push(edge)
    }
    if (place !== undefined) this.uses.add(edge, place)
  }

  /** A function does not make the calls in its decorators and default values: the code that defines it does. */
  #addCall(
    owner: Definition | null,
    target: Definition,
    kind: 'calls' | 'instantiates',
    origin: EdgeOrigin,
    confidence?: number,
  ): void {
    this.#add(owner, target, this.#isOutsideBody ? 'references' : kind, origin, confidence)
  }

  #reference(found: Evaluation, owner: Definition | null, kind: 'references' | 'uses-type' = 'references'): void {
    if (found.target !== null) this.#add(owner, found.target, kind, found.origin)
  }

  /** `self.x = …` declares a field, unless `x` is a property, which is then used. */
  #setOwn(node: number, scope: Scope, owner: Definition | null): void {
    const around = scope.definition?.parent
    if (around == null) return
    const name = this.file.tree.textOf(this.file.tree.last(node))
    for (const one of lineageOf(this.program, around).classes) {
      touchMember(this.program.evaluator, one, name)
      const bindings = one.body?.names.get(name) ?? []
      const property = bindings.find(({ definition }) => definition !== null && isProperty(definition.decorators))
      if (property?.definition == null) continue
      const origin = one !== around ? 'inheritance' : one.file === this.file ? 'same-file' : 'receiver-type'
      this.#add(owner, property.definition, 'references', origin)
      return
    }
  }

  #base(node: number, scope: Scope, owner: Definition | null): void {
    const found = this.program.evaluate(this.file, node, scope)
    const options = optionsOf(found.value).filter((option) => option.kind === 'class')
    for (const option of options) this.#add(owner, option.definition, 'extends', originOf(found, option, this.file))
    if (options.length === 0) this.#reference(found, owner)
  }

  /** The names in an annotation that is written as a string. */
  #quoted(node: number, scope: Scope, owner: Definition | null): void {
    const text = stringValue(this.file.tree.textOf(node))
    if (text === undefined || text.length > 2_000) return
    const names = text.match(/[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu) ?? []
    for (const name of names.slice(0, MAX_NAMES)) {
      this.#reference(lookUpDotted(this.program, name, scope), owner, 'uses-type')
    }
  }

  #call(node: number, scope: Scope, owner: Definition | null): void {
    const { tree } = this.file
    const called = tree.first(node)
    const found = this.program.evaluate(this.file, called, scope)
    const options = calledOptions(found.value)
    let isKnown = options.length < optionsOf(found.value).length
    let isNamed = false
    for (const option of options) {
      const origin = originOf(found, option, this.file)
      const confidence = options.length > 1 ? SEVERAL_OBJECTS : INFERRED[origin]
      if (option.kind === 'class') {
        isKnown = true
        this.#addCall(owner, option.definition, 'instantiates', origin, confidence)
        isNamed ||= option.definition === found.target
      } else if (option.kind === 'function') {
        isKnown = true
        this.#addCall(owner, option.definition, 'calls', origin, confidence)
        isNamed ||= option.definition.id === found.target?.id
      } else if (option.kind === 'instance') {
        isKnown = this.#callInstance(option, owner) || isKnown
      } else if (option.kind === 'outside' || option.kind === 'collection method') isKnown = true
    }
    const { target } = found
    if (target !== null && !isNamed) this.#namedOtherwise(target, found, owner)
    if (isKnown || target?.kind === 'function') this.counts.resolved++
    else {
      this.counts.unresolved++
      if (tree.kind(called) !== K.attribute || target !== null) return
      this.#guess(tree.textOf(tree.last(called)), owner)
    }
  }

  /**
   * Adds an edge to a named definition that is not itself called: a property that returns a function, or a constant that
   * holds one. A function whose value is unknown counts as called.
   */
  #namedOtherwise(target: Definition, found: Evaluation, owner: Definition | null): void {
    const isUnknownFunction = target.kind === 'function' && found.value === null
    if (isUnknownFunction) this.#addCall(owner, target, 'calls', found.origin)
    else this.#add(owner, target, 'references', found.origin)
  }

  #callInstance(value: Value & { kind: 'instance' }, owner: Definition | null): boolean {
    const member = findMember(this.program, value.definition, '__call__')
    const { target } = member?.found ?? UNKNOWN
    if (target != null) {
      this.#addCall(owner, target, 'calls', member?.owner === value.definition ? 'receiver-type' : 'inheritance')
      return true
    }
    return lineageOf(this.program, value.definition).isOpen
  }

  #guess(name: string, owner: Definition | null): void {
    if (this.#isOutsideBody || COMMON_METHOD_NAMES.has(name) || name.startsWith('__')) return
    const from = this.#from(owner)
    if (this.#use !== undefined && this.#isNew(from, name))
      this.guesses.push({ from, name, place: this.#places.of(this.#use) })
  }

  /** Whether this name is used by this component for the first time. */
  #isNew(from: string, name: string): boolean {
    const known = this.#seen.get(from)
    if (known?.has(name) === true) return false
    if (known === undefined) this.#seen.set(from, new Set([name]))
    else known.add(name)
    return true
  }

  #from(owner: Definition | null): string {
    return owner?.id ?? this.file.path
  }

  /** A method overrides the one that its class would inherit without it; constructors do not override each other. */
  #overrides(): void {
    for (const method of this.file.definitions) {
      const { parent, name } = method
      if (method.kind !== 'function' || parent === null || method.isLocal || OWN_METHODS.has(name)) continue
      const target = findMember(this.program, parent, name, parent)?.found.target
      if (target?.kind === 'function') {
        this.#add(method, target, 'overrides', target.file === this.file ? 'same-file' : 'inheritance')
      }
    }
  }

  /** A test uses the fixtures that its parameters name. */
  #fixtures(): void {
    for (const user of this.file.definitions) {
      if (user.kind !== 'function' || user.isLocal) continue
      for (const [name, binding] of user.parameters) {
        const fixture =
          binding.annotation === NONE || binding.expression === NONE ? findFixture(this.program, user, name) : undefined
        if (fixture === undefined) continue
        const place = { ...this.file.tree.placeAt(this.file.tree.start(binding.node)), order: 0, block: NONE }
        const origin = fixture.file === this.file ? 'same-file' : 'package'
        this.#add(user, fixture, 'references', origin, INFERRED[origin], place)
      }
    }
  }
}

/** The first node after decorators, parameters and bases. */
function headEnd({ file: { tree }, node, kind }: Definition): number {
  const list = tree.childOfKind(node, kind === 'class' ? K.argument_list : K.parameters)
  return list === NONE ? node : tree.afterOf(list)
}

/** How the definition of a value was found, if the current name is only a variable that holds it. */
function originOf(found: Evaluation, value: Value, file: FileFacts): EdgeOrigin {
  if (found.target !== null) return found.origin
  const definition = 'definition' in value ? value.definition : undefined
  if (found.origin !== 'same-file') return found.origin
  return definition === undefined || definition.file === file ? 'same-file' : 'receiver-type'
}
