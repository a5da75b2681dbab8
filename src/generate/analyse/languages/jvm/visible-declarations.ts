/** Chooses among declarations that a JVM file can mean: by versions of Scala and source sets, then by nearness. */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, NONE } from '#generate/analyse/engine/facts.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { nearest } from '#generate/analyse/languages/nearest.ts'
import type { ScalaVersions } from './scala-versions.ts'
import type { SourceSets } from './source-sets.ts'

export class VisibleDeclarations {
  readonly #semantics: Semantics
  readonly #sets: SourceSets
  readonly #versions: ScalaVersions

  constructor(semantics: Semantics, sets: SourceSets, versions: ScalaVersions) {
    this.#semantics = semantics
    this.#sets = sets
    this.#versions = versions
  }

  /**
   * The declarations that a file can mean: types of the best source set, in the file's own part of the tree. All
   * visible functions are kept, since they may be overloads; the nearest come first. Empty if all are for other versions of
   * Scala.
   */
  of(all: readonly Decl[], file: FileUnit): readonly Decl[] {
    const decls = this.#versions.seenBy(file, all)
    if (decls.length < 2) return decls
    const seen = this.#sets.seenBy(file, decls)
    if (decls.some((decl) => decl.isFunction)) {
      return seen === decls ? nearest(decls, file) : this.#withoutHalves(seen)
    }
    return nearest(seen === decls ? decls : this.#sets.best(seen), file)
  }

  /** The declarations that may be compiled together with the file. */
  compiledWith(file: FileUnit, decls: readonly Decl[]): readonly Decl[] {
    return this.#versions.seenBy(file, decls)
  }

  /** The extensions that the file sees, in the order of `of`. */
  extensions(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
    return this.of(
      decls.filter((decl) => this.#sets.maySee(file, decl)),
      file,
    )
  }

  /** The half of an `expect`/`actual` type that the file sees. */
  halfFor(decl: Decl, file: FileUnit, halves: readonly Decl[]): Decl {
    const all = halves.filter((one) => one === decl || this.#sets.areHalves(one, decl))
    if (all.length < 2) return decl
    const seen = this.#sets.best(this.#sets.seenBy(file, all))
    return seen.includes(decl) ? decl : (seen[0] ?? decl)
  }

  /** The other halves of a type that the file sees, the best first. */
  othersFor(decl: Decl, file: FileUnit, halves: readonly Decl[]): readonly Decl[] {
    return this.#sets.seenBy(
      file,
      halves.filter((one) => one !== decl && this.#sets.areHalves(one, decl) && this.#sets.maySee(file, one)),
    )
  }

  /** Keeps only the first half of each `expect`/`actual` function. */
  #withoutHalves(decls: readonly Decl[]): readonly Decl[] {
    return decls.filter(
      (decl, index) =>
        !decls.slice(0, index).some((before) => this.#sets.areHalves(before, decl) && this.#areAlike(before, decl)),
    )
  }

  /** Whether two functions have the same parameters. */
  #areAlike(a: Decl, b: Decl): boolean {
    if (a.isFunction !== b.isFunction || a.parameters.length !== b.parameters.length) return false
    if (this.#typeName(a, D.receiver) !== this.#typeName(b, D.receiver)) return false
    return a.parameters.every((one, index) => {
      const other = b.parameters[index]
      return other !== undefined && this.#typeName(one, D.type) === this.#typeName(other, D.type)
    })
  }

  #typeName(decl: Decl, column: number): string {
    const expr = decl.at(column)
    const type = expr === NONE ? undefined : this.#semantics.typeOf(decl.file, expr)
    return type?.kind === 'instance' ? type.name : ''
  }
}
