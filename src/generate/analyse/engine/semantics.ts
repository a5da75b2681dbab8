/** Finds the meaning of names and expressions in a program, on demand and with a cache. */

import { type Ancestors, ancestorsOf } from './ancestors.ts'
import { attachDeclarations } from './attach.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { evaluate, typeOf } from './evaluate.ts'
import { D, NONE } from './facts.ts'
import type { CallShape, LinkContext, NameUse, Resolution, Value } from './language.ts'
import { memberOf } from './members.ts'
import { lookUp } from './names.ts'
import type { Program } from './program.ts'
import { resolve } from './resolve-name.ts'
import { resultOf, valueOfResolution } from './values.ts'

/** Limit on recursion: repositories are hostile, and the stack overflows after a few thousand frames. */
const MAX_DEPTH = 120

export class Semantics {
  readonly program: Program
  readonly ancestors = new Map<Decl, Ancestors>()
  /** Types whose ancestors are still being collected. */
  readonly pendingAncestors = new Set<Decl>()
  #depth = 0
  #turn = 0

  /** Links the program: every file gets its linker, every attached declaration its type. */
  constructor(program: Program, context: LinkContext) {
    this.program = program
    const linkers = new Map<unknown, FileUnit['linker']>()
    for (const file of program.files.values()) {
      const { linking } = file.spec
      const linker = linkers.get(linking) ?? linking.link(program, this, context)
      linkers.set(linking, linker)
      file.linker = linker
    }
    attachDeclarations(this)
    // Resolved first: a supertype may be looked up among the type's own members, which would not terminate.
    program.each(program.files.values(), (file) => {
      this.begin()
      for (const decl of file.decls) if (decl.isType && decl.at(D.supers) !== NONE) this.ancestorsOf(decl)
    })
  }

  /** Start with a new file. A query interrupted by its time limit does not run `finally`, so it has not reset these. */
  begin(): void {
    this.#depth = 0
    this.pendingAncestors.clear()
    this.#turn++
  }

  /** Increases with each file. What a linker notes about a query in progress is valid only while this number is the same. */
  get turn(): number {
    return this.#turn
  }

  /** The meaning of a bare name at a position. */
  lookUp(file: FileUnit, scope: number, name: string, at: number, wanted: NameUse): Resolution | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined
    this.#depth++
    try {
      return lookUp(this, file, scope, name, at, wanted)
    } finally {
      this.#depth--
    }
  }

  /** The meaning of `value.name`. */
  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit, call?: CallShape): Resolution | undefined {
    return this.#guarded(() => memberOf(this, value, { name, wanted, file, call }))
  }

  evaluate(file: FileUnit, expr: number): Value | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined
    this.#depth++
    try {
      return evaluate(this, file, expr)
    } finally {
      this.#depth--
    }
  }

  /** The meaning of the name in an expression. */
  resolve(file: FileUnit, expr: number, call?: CallShape): Resolution | undefined {
    return this.#guarded(() => (expr < 0 ? undefined : resolve(this, file, expr, call)))
  }

  /** A value of the type that an expression names. */
  typeOf(file: FileUnit, expr: number): Value | undefined {
    return this.#guarded(() => typeOf(this, file, expr))
  }

  /** The value of a resolved name. */
  valueOf(found: Resolution): Value | undefined {
    return this.#guarded(() => valueOfResolution(this, found))
  }

  /** The result of calling a function. */
  resultOf(decl: Decl, receiver: Value | undefined): Value | undefined {
    return this.#guarded(() => resultOf(this, decl, receiver))
  }

  ancestorsOf(decl: Decl): Ancestors {
    return this.#guarded(() => ancestorsOf(this, decl)) ?? { list: [], isOpen: true }
  }

  /** The most frequent methods inline this, because a closure for each call takes a tenth of the time of the analysis. */
  #guarded<T>(evaluate: () => T | undefined): T | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined
    this.#depth++
    try {
      return evaluate()
    } finally {
      this.#depth--
    }
  }
}
