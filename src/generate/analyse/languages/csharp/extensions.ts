/** Extension methods: static methods called on values of their first parameter's type. */

import { push } from '#base/multimap.ts'
import type { Decl } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import type { Resolution, Value } from '#generate/analyse/engine/language.ts'
import { isAccepted } from '#generate/analyse/engine/overloads.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { conversionScore } from './conversions.ts'
import { ownArity } from './known-members.ts'

export class Extensions {
  readonly #semantics: Semantics
  readonly #byName = new Map<string, Decl[]>()
  /** Names of everything else, except local variables. */
  readonly #otherNames = new Set<string>()

  constructor(program: Program, semantics: Semantics) {
    this.#semantics = semantics
    for (const file of program.files.values()) {
      for (const decl of file.decls) {
        // A declaration without a full name exceeds the limit on declarations of one name.
        if (decl.has(Flag.extension) && decl.fullName !== '') push(this.#byName, decl.name, decl)
        else if (!decl.isLocal) this.#otherNames.add(decl.name)
      }
    }
  }

  /** Whether a name belongs only to extensions of namespaces that are not used. */
  isOutOfScope(name: string, isUsed: (namespace: string) => boolean): boolean {
    const decls = this.#byName.get(name)
    return decls !== undefined && !this.#otherNames.has(name) && !decls.some((decl) => isUsed(namespaceOf(decl)))
  }

  /**
   * @param isCall - Whether to find a method, not a property.
   * @param isUsed - Whether a namespace's names are in scope.
   * @param isLinq - `System.Linq` has a method of this name for every sequence.
   */
  memberOf(
    value: Value,
    name: string,
    isCall: boolean,
    isLinq: boolean,
    isUsed: (namespace: string) => boolean,
  ): Resolution | undefined {
    const own = ownArity(value, name)
    const decls = (this.#byName.get(name) ?? []).filter(
      (decl) =>
        decl.isFunction === isCall &&
        isUsed(namespaceOf(decl)) &&
        this.#takes(decl, value, isLinq) &&
        // The method of the type itself is called.
        (own === undefined || !isAccepted([decl], own, false)),
    )
    return decls.length > 0 ? { decls, origin: 'receiver-type' } : undefined
  }

  #takes(decl: Decl, value: Value, isLinq: boolean): boolean {
    // A property gets its receiver from the enclosing block.
    const [first] = decl.isFunction ? decl.parameters : (decl.parent?.parameters ?? [])
    const type = first?.at(D.type) ?? NONE
    if (first === undefined || type === NONE || value.kind !== 'instance') return false
    const wanted = this.#semantics.typeOf(first.file, type)
    if (wanted?.kind !== 'instance') return false
    if (wanted.decl?.kind === 'typeparam') return true
    if (wanted.decl !== null) {
      const { decl: wantedDecl } = wanted
      return (
        value.decl === wantedDecl ||
        (value.decl !== null && this.#semantics.ancestorsOf(value.decl).list.some((one) => one.decl === wantedDecl))
      )
    }
    return !(isLinq && wanted.name === 'IEnumerable') && (conversionScore(value, wanted) ?? -1) > 0
  }
}

/** The namespace around the class of a method. */
function namespaceOf(decl: Decl): string {
  let at = decl.parent
  while (at !== null && at.kind !== 'namespace') at = at.parent
  return at === null ? decl.file.package : at.fullName
}
