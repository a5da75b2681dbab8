/** Makes the edges of one file: resolves every name in it and finds the component that uses it. */

import { OVERLOAD_DOUBT } from '#generate/analyse/edge-confidence.ts'
import type { Binding, Edge } from '#generate/model.ts'
import { bindingsOf } from './bindings.ts'
import { appliedMember } from './callable-values.ts'
import { constructedBy, delegatedCall } from './constructor-calls.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { edgeKindOf } from './edge-kinds.ts'
import { EdgeList } from './edge-list.ts'
import { E, Flag, Op, Use } from './facts.ts'
import type { Resolution } from './language.ts'
import { mayReplace } from './members.ts'
import { chooseOverload, isAccepted, isPlainCall } from './overloads.ts'
import { addOverrides, isLocalTo } from './overrides.ts'
import { resolve } from './resolve-name.ts'
import { type CallCounts, countCall } from './resolved-calls.ts'
import type { Semantics } from './semantics.ts'
import { unwrapped } from './unwrapped.ts'
import { calledDefinition, definitionOf, withoutPrototypes } from './used-definition.ts'

/** Functions and methods whose name is unique, keyed by name. */
export type UniqueNames = ReadonlyMap<string, Decl>

/** The names of a program that calls may mean. */
export interface CallableNames {
  readonly unique: UniqueNames
  readonly declared: ReadonlySet<string>
}

/** @returns Edges, and the positions of their uses as packed by `UseRows`. */
export function makeEdges(
  semantics: Semantics,
  file: FileUnit,
  names: CallableNames,
  counts: CallCounts,
): { edges: Edge[]; uses: Int32Array; bindings: Binding[] } {
  const maker = new EdgeMaker(semantics, file, names, counts)
  maker.imports()
  maker.names()
  addOverrides(semantics, file, maker.edges)
  maker.relations()
  return {
    ...maker.edges.done(),
    bindings: bindingsOf(semantics, file),
  }
}

class EdgeMaker {
  readonly edges: EdgeList
  readonly #semantics: Semantics
  readonly #file: FileUnit
  readonly #callable: CallableNames
  readonly #counts: CallCounts
  readonly #owners: (string | undefined)[] = []
  /** Calls keyed by their callee; both are expressions. */
  readonly #calls = new Map<number, number>()
  /** Qualifiers before a member. They do not count as uses of an open module. */
  readonly #prefixes = new Set<number>()

  constructor(semantics: Semantics, file: FileUnit, callable: CallableNames, counts: CallCounts) {
    this.#semantics = semantics
    this.#file = file
    this.#callable = callable
    this.#counts = counts
    this.edges = new EdgeList(file)
  }

  imports(): void {
    for (const to of this.#file.linker.importedFiles(this.#file))
      this.edges.add(this.#file.path, to, 'imports', 'import', 0)
  }

  names(): void {
    const file = this.#file
    const count = file.exprCount
    for (let expr = 0; expr < count; expr++) {
      const op = file.expr(expr, E.op)
      if (op === Op.call) this.#calls.set(unwrapped(file, file.expr(expr, E.left)), expr)
      if (op === Op.member && file.expr(expr, E.use) !== Use.call) this.#prefixes.add(file.expr(expr, E.left))
    }
    for (let expr = 0; expr < count; expr++) {
      const op = file.expr(expr, E.op)
      if (op === Op.ref || op === Op.member) this.#name(expr, op)
      else if (op === Op.call) this.#delegation(expr)
      else if (op === Op.make) this.#construction(expr)
    }
  }

  #name(expr: number, op: number): void {
    const file = this.#file
    const use = file.expr(expr, E.use)
    const call = use === Use.call ? this.#calls.get(expr) : undefined
    const args = call === undefined ? undefined : file.list(file.expr(call, E.list))
    const types = call === undefined ? 0 : file.list(file.expr(call, E.name)).length
    const shape = args === undefined ? undefined : { args: args.length, types }
    const found = resolve(this.#semantics, file, expr, shape)
    if (use === Use.call) countCall(this.#counts, found, file, expr, op, this.#callable.declared)
    if (found === undefined) {
      if (use === Use.call && op === Op.member) this.#guess(expr, args?.length)
      return
    }
    if (found.decls.length === 0) return
    const applied = args === undefined ? undefined : this.#application(found, args, use, expr)
    const [first] =
      file.spec.linking.variants?.(found.decls, file, applied === undefined ? use : Use.value) ?? found.decls
    const chosen = first?.isFunction
      ? chooseOverload(this.#semantics, file, withoutPrototypes(found.decls, file, this.#semantics.program), {
          args,
          types,
          isPlain: isPlainCall(found, op),
          call,
        })
      : { decl: first, best: [], isSure: true, isScattered: false, isOfSeveralTraits: false }
    if (chosen?.decl === undefined) return
    const { decl, best } = chosen
    const user = this.#userOf(expr, use)
    const target = calledDefinition(user, { ...chosen, decl }, this.#semantics.program)
    if (target.kind === 'module' && this.#prefixes.has(expr) && file.spec.linking.hasPartialTypes) return
    if (target.id === null || isLocalTo(target) || this.#isHidden(target)) return
    if (target.kind === 'module' && target.file.spec.linking.hasOpenModules === true) return
    // `mod x;` declares that a file exists: naming the module does not use the declaring file.
    if (target.kind === 'module' && target.has(Flag.prototype)) return
    // The type was found through a value of another type, or in the file itself.
    const isInFile = target.file === file
    const origin =
      isInFile && found.origin === 'package'
        ? 'same-file'
        : !isInFile && found.origin === 'same-file'
          ? 'package'
          : found.origin
    const isSure = chosen.isSure || found.decls.every((decl) => definitionOf(decl, this.#semantics.program) === target)
    if (!isSure && chosen.isScattered && file.spec.linking.dropsAmbiguous === true) return
    if (!isSure && chosen.isOfSeveralTraits) return
    // It is unknown which overload is passed as a value: `retry(times, onRetry)`.
    const isPassed = args === undefined && file.spec.linking.bareNamesCall !== true
    if (!isSure && isPassed && best.some((one) => !mayReplace(decl, one))) return
    const doubt = isSure ? 0 : OVERLOAD_DOUBT
    this.edges.add(
      user,
      target.id,
      edgeKindOf(file, applied === 'own' ? Use.value : use, target, expr, this.#semantics.program),
      origin,
      doubt,
      expr,
    )
    if (target.file !== file && file.spec.linking.importsWhatItUses?.(file, target.file) === true)
      this.edges.add(file.path, target.file.path, 'imports', 'import', 0)
  }

  /** Whether a call of a type or value runs its own or an inherited apply member; `undefined` if it runs none. */
  #application(found: Resolution, args: readonly number[], use: number, expr: number): 'own' | 'inherited' | undefined {
    const file = this.#file
    if (file.spec.linking.applyName === undefined || found.decls[0]?.isFunction !== false) return undefined
    const value = this.#semantics.valueOf(found)
    const applied = value === undefined ? undefined : appliedMember(this.#semantics, file, value, args)
    const id = applied?.chosen.decl.id
    if (applied === undefined || id == null) return undefined
    const doubt = applied.chosen.isSure ? 0 : OVERLOAD_DOUBT
    this.edges.add(this.#userOf(expr, use), id, 'calls', applied.found.origin, doubt, expr)
    return applied.found.origin === 'inheritance' ? 'inherited' : 'own'
  }

  /** `this(…)`, `super(…)` */
  #delegation(call: number): void {
    const called = delegatedCall(this.#semantics, this.#file, call)
    if (called === undefined) return
    const origin = called.isInFile ? 'same-file' : 'inheritance'
    this.edges.add(called.from, called.to, 'calls', origin, called.doubt, this.#file.expr(call, E.left))
  }

  /** `new X(…)` */
  #construction(make: number): void {
    const file = this.#file
    const called = constructedBy(this.#semantics, file, make)
    if (called === undefined) return
    const user = this.#ownerAt(file.expr(make, E.scope))
    const origin = called.isInFile ? 'same-file' : 'package'
    this.edges.add(user, called.to, 'calls', origin, called.doubt, unwrapped(file, file.expr(make, E.left)))
  }

  /** Whether a declaration is a field without a component. */
  #isHidden(decl: Decl): boolean {
    return decl.kind === 'field' && decl.file.spec.linking.isComponent?.(decl, this.#semantics.program) === false
  }

  /** A method with a unique name, called on a value of unknown type. */
  #guess(expr: number, args: number | undefined): void {
    const file = this.#file
    const name = file.nameOf(expr)
    const target = this.#callable.unique.get(name)
    if (target === undefined || target.id === null || file.spec.linking.commonNames.has(name)) return
    // Languages of a family share qualified names; the same name in another language proves nothing.
    if (target.file.spec !== file.spec) return
    if (args !== undefined && !isAccepted([target], args, false)) return
    if (file.linker.membersVisibleFrom?.([target], file).length === 0) return
    // Do not guess for a value of a known type that lacks the member.
    const object = this.#semantics.evaluate(file, file.expr(expr, E.left))
    if (object !== undefined) return
    this.edges.add(
      this.#ownerAt(file.expr(expr, E.scope)),
      definitionOf(target, this.#semantics.program).id ?? target.id,
      'calls',
      'unique-name',
      0,
      expr,
    )
  }

  relations(): void {
    for (const { from, to, kind } of this.#file.linker.relationsOf?.(this.#file) ?? []) {
      if (from.id !== null && to.id !== null) this.edges.add(from.id, to.id, kind, 'inheritance', 0)
    }
  }

  /**
   * The component that uses a name. Supertypes of an embedded field belong to its type, and the trait of an `impl`
   * belongs to the type, whichever file declares it.
   */
  #userOf(expr: number, use: number): string {
    const scope = this.#file.expr(expr, E.scope)
    const decl = this.#file.scopeDecl(scope)
    const isSuper = use === Use.implements || use === Use.extends
    if (isSuper && decl?.kind === 'impl' && decl.host?.id != null) return decl.host.id
    const isEmbedded = use === Use.extends && decl?.kind === 'field'
    return (isEmbedded ? decl.parent?.id : undefined) ?? this.#ownerAt(scope)
  }

  /** The component that contains a scope, or the file. */
  #ownerAt(scope: number): string {
    const known = this.#owners[scope]
    if (known !== undefined) return known
    const decl = this.#file.scopeDecl(scope)
    const owner = decl?.id ?? this.#file.path
    this.#owners[scope] = owner
    return owner
  }
}
