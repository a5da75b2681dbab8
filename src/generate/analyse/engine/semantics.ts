/** What names and expressions of a program mean. Answers are found when they are asked for and kept. */

import { attachDeclarations } from './attach.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { evaluate, resolve, typeOf } from './evaluate.ts'
import { D, NONE } from './facts.ts'
import type { LinkContext, NameUse, Resolution, Value } from './language.ts'
import { type Ancestors, ancestorsOf, memberOf } from './members.ts'
import { lookUp } from './names.ts'
import type { Program } from './program.ts'
import { resultOf, valueOfFound } from './values.ts'

/** How deep one question may lead to another: repositories are hostile, and the stack ends at some thousand. */
const MAX_DEPTH = 120

export class Semantics {
  readonly program: Program
  readonly ancestors = new Map<Decl, Ancestors>()
  #depth = 0

  /** Links the program: every file gets its linker, every declaration its type. */
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
    // Before any name is asked for: what a type extends may be looked for among its own members, which would not end.
    program.each(program.files.values(), (file) => {
      this.begin()
      for (const decl of file.decls) if (decl.isType && decl.at(D.supers) !== NONE) this.ancestorsOf(decl)
    })
  }

  /** The questions of one file follow. One that was ended by its time limit has not left. */
  begin(): void {
    this.#depth = 0
  }

  /** What a bare name means at a place. */
  lookUp(file: FileUnit, scope: number, name: string, at: number, wanted: NameUse): Resolution | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined
    this.#depth++
    try {
      return lookUp(this, file, scope, name, at, wanted)
    } finally {
      this.#depth--
    }
  }

  /** What `name` after a dot behind `value` means. */
  memberOf(
    value: Value,
    name: string,
    wanted: NameUse,
    file: FileUnit,
    args?: number,
    types = 0,
  ): Resolution | undefined {
    return this.#guarded(() => memberOf(this, value, name, wanted, file, args, types))
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

  /** What the name of an expression stands for. */
  resolve(file: FileUnit, expr: number, args?: number): Resolution | undefined {
    return this.#guarded(() => (expr < 0 ? undefined : resolve(this, file, expr, args)))
  }

  /** The values that an expression which names a type stands for. */
  typeOf(file: FileUnit, expr: number): Value | undefined {
    return this.#guarded(() => typeOf(this, file, expr))
  }

  /** What a name that was found is as a value. */
  valueOf(found: Resolution): Value | undefined {
    return this.#guarded(() => valueOfFound(this, found))
  }

  /** What calling a function gives. */
  resultOf(decl: Decl, receiver: Value | undefined): Value | undefined {
    return this.#guarded(() => resultOf(this, decl, receiver))
  }

  ancestorsOf(decl: Decl): Ancestors {
    return this.#guarded(() => ancestorsOf(this, decl)) ?? { list: [], isOpen: true }
  }

  /** As those that are asked most do by themselves: a closure for each question costs a tenth of the analysis. */
  #guarded<T>(question: () => T | undefined): T | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined
    this.#depth++
    try {
      return question()
    } finally {
      this.#depth--
    }
  }
}
