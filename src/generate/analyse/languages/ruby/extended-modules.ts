/** Finds the modules that a type of Ruby is extended with, whose methods become its own singleton methods. */

import { partsOf } from '#generate/analyse/engine/ancestors.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, NONE, Op } from '#generate/analyse/engine/facts.ts'
import type { NameUse, Resolution, Value } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'

export class ExtendedModules {
  readonly #program: Program
  readonly #semantics: Semantics
  /** Modules that `extend` names in the body of a type, keyed by the type's full name. */
  readonly #extended = new Map<string, { file: FileUnit; expr: number }[]>()

  constructor(program: Program, semantics: Semantics) {
    this.#program = program
    this.#semantics = semantics
    for (const file of program.files.values()) this.#read(file)
  }

  /** A method that a type is extended with, or the nearest of its ancestors that has it. */
  memberOf(decl: Decl, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const types = [decl, ...this.#semantics.ancestorsOf(decl).list.map((one) => one.decl)]
    for (const [distance, type] of types.entries()) {
      for (const module of this.#modulesOf(type)) {
        const found = this.#semantics.memberOf(instanceOf(module), name, wanted, file)
        if (found !== undefined && found.isExternal !== true)
          return { ...found, origin: distance === 0 ? 'receiver-type' : 'inheritance' }
      }
    }
    return undefined
  }

  /** The modules that a type is extended with. */
  *#modulesOf(type: Decl): Iterable<Decl> {
    yield* this.extendedBy(type)
    if (type.kind !== 'module') return
    // By the convention of `included`, a module extends the classes that include it with its `ClassMethods`.
    const members = (name: string): Decl[] =>
      partsOf(this.#semantics, type).flatMap((part) => [...(this.#program.membersOf(part).get(name) ?? [])])
    if (members('included').length > 0)
      yield* members('ClassMethods')
        .filter((one) => one.kind === 'module')
        .slice(0, 1)
  }

  /** Those that its body names. */
  *extendedBy(type: Decl): Iterable<Decl> {
    for (const { file, expr } of this.#extended.get(type.fullName) ?? []) {
      const value = this.#semantics.evaluate(file, expr)
      if (value?.kind === 'type' && value.decl !== null) yield value.decl
    }
  }

  #read(file: FileUnit): void {
    for (let expr = 0; expr < file.exprCount; expr++) {
      if (file.expr(expr, E.op) !== Op.call) continue
      const callee = file.expr(expr, E.left)
      if (callee === NONE || file.expr(callee, E.op) !== Op.ref || file.nameOf(callee) !== 'extend') continue
      const scope = file.expr(callee, E.scope)
      const type = file.scopeDecl(scope)
      if (type === undefined || type.at(D.ownScope) !== scope || !(type.isType || type.kind === 'module')) continue
      const known = this.#extended.get(type.fullName) ?? []
      for (const arg of file.list(file.expr(expr, E.list))) if (arg !== NONE) known.push({ file, expr: arg })
      this.#extended.set(type.fullName, known)
    }
  }
}

function instanceOf(decl: Decl): Value {
  return { kind: 'instance', decl, name: decl.name, args: [] }
}
