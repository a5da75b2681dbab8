/** A program: all files of one analysis, linked by their summaries. */

import { push } from '#base/multimap.ts'
import type { FileFacts } from '#generate/analyse/typescript/facts.ts'
import type { Resolve } from '#generate/analyse/typescript/resolve.ts'
import type { Component } from '#generate/model.ts'
import { DependencyValues, type KnownValues } from './dependency-values.ts'
import { edgesOfUnit, type FileEdges, type Surroundings } from './file-edges.ts'
import { Linker } from './linker.ts'
import { RULES } from './rules.ts'
import { Units } from './units.ts'

/** Dependencies of files, parts and exports as keys (`dependencies.ts`), keyed by the path of the file. */
export type Reads = ReadonlyMap<string, readonly (readonly [key: string, reads: ReadonlySet<string>])[]>

export class Program {
  readonly #units = new Units()
  readonly #facts: ReadonlyMap<string, FileFacts>
  readonly #resolve: Resolve
  readonly #isKeeping: boolean
  readonly #around: Surroundings
  readonly #answers: DependencyValues
  #linker: Linker

  /**
   * @param facts - Facts keyed by path, sorted.
   * @param before - Given if dependencies are recorded.
   */
  constructor(
    facts: ReadonlyMap<string, FileFacts>,
    resolve: Resolve,
    paths: ReadonlySet<string>,
    before: KnownValues | undefined,
  ) {
    this.#facts = facts
    this.#resolve = resolve
    this.#isKeeping = before !== undefined
    const components = new Map<string, Component>()
    const members = new Map<string, Map<string, string>>()
    for (const [path, { summary, components: own, whole }] of facts) {
      this.#units.add({ path, summary, components: own, whole })
      for (const one of own) {
        components.set(one.id, one)
        if (one.parent === null) continue
        const known = members.get(one.parent) ?? new Map<string, string>()
        members.set(one.parent, known)
        if (!known.has(one.name)) known.set(one.name, one.id)
      }
    }
    const keys: string[] = []
    this.#around = {
      components,
      members,
      paths,
      isMember: (name) => {
        keys[name] ??= `n ${this.#units.nameText(name)}`
        this.#linker.evaluator.touch(keys[name])
        return this.#units.memberNames.has(this.#units.nameText(name))
      },
    }
    this.#linker = new Linker(this.#units, resolve, RULES, this.#isKeeping)
    this.#answers = new DependencyValues(this.#units, facts, resolve, before)
  }

  /** @throws A stack overflow in extremely nested programs. */
  edgesOf(path: string): FileEdges {
    const unit = this.#units.at(path)
    const facts = this.#facts.get(path)
    if (unit === undefined || facts === undefined) throw new Error(`No summary of ${path}.`)
    this.#linker.evaluator.startFor(this.#linker.readers.ofSites(unit), facts.summary.sites.count)
    return edgesOfUnit(this.#linker, unit, facts.summary.sites, this.#around)
  }

  /** The recorded dependencies. */
  reads(): Reads {
    const reads = new Map<string, [string, ReadonlySet<string>][]>()
    for (const [path, { path: key, reads: own }] of this.#linker.readers.all()) push(reads, path, [key, own])
    return reads
  }

  /** The value of a dependency key (`dependencies.ts`). */
  answerOf(key: string): string {
    return this.#answers.of(key)
  }

  /** Discards all memoized answers, since an interrupted computation may be incomplete. */
  discard(): void {
    this.#linker = new Linker(this.#units, this.#resolve, RULES, this.#isKeeping)
  }
}
