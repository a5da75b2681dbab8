/**
 * Finds the users of a mixin, such as a Ruby module or a PHP trait. Its methods run on values of its users, so a member
 * it lacks is a member of its users; it is certain if all users in the repository have the same member.
 */

import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, NONE } from '#generate/analyse/engine/facts.ts'
import type { NameUse, Resolution } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'

/** Mixins with more users are not followed: each user costs a search, and so many rarely agree. */
const MAX_USERS = 20

export class MixinUsers {
  readonly #program: Program
  readonly #semantics: Semantics
  #users: Map<string, Decl[]> | undefined
  /** The mixins in the current search, which may use each other. */
  readonly #searched = new Set<Decl>()

  constructor(program: Program, semantics: Semantics) {
    this.#program = program
    this.#semantics = semantics
  }

  /**
   * Finds the users; `memberOf` finds nothing before that. Call it when the program is linked and no search is in
   * progress: the supertypes of a type cannot be determined while they are being determined.
   */
  prepare(): void {
    this.#users ??= this.#findUsers()
  }

  /** A member that the values of all users have. Types are not members of values. */
  memberOf(mixin: Decl, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const users = wanted === 'type' ? [] : (this.#users?.get(mixin.fullName) ?? [])
    if (users.length === 0 || users.length > MAX_USERS || this.#searched.has(mixin)) return undefined
    this.#searched.add(mixin)
    try {
      let found: Resolution | undefined
      for (const user of users) {
        const self = { kind: 'instance', decl: user, name: user.name, args: [] } as const
        const one = this.#semantics.memberOf(self, name, wanted, file)
        const [decl] = one === undefined || one.isExternal === true ? [] : one.decls
        if (one === undefined || decl === undefined || (found !== undefined && found.decls[0] !== decl))
          return undefined
        found = one
      }
      return found === undefined ? undefined : { ...found, origin: 'inheritance' }
    } finally {
      this.#searched.delete(mixin)
    }
  }

  #findUsers(): Map<string, Decl[]> {
    const users = new Map<string, Decl[]>()
    for (const file of this.#program.files.values()) {
      for (const decl of file.decls) {
        if (decl.at(D.supers) === NONE) continue
        // Resolve the ancestors first: the names of supertypes are themselves looked up in them.
        this.#semantics.ancestorsOf(decl)
        for (const expr of file.list(decl.at(D.supers))) {
          const type = this.#semantics.typeOf(file, expr)
          if (type?.kind === 'instance' && (type.decl?.kind === 'module' || type.decl?.kind === 'trait'))
            push(users, type.decl.fullName, decl)
        }
      }
    }
    return users
  }
}
