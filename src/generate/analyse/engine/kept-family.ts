/**
 * The cache of a language family: facts, which depend only on their file, and edges, which depend on its facts, on the
 * interfaces of all other files and on their surroundings.
 */

import { createHash } from 'node:crypto'
import type { KeptResults } from '#generate/analyse/analyser.ts'
import { KeptMap } from '#generate/analyse/kept-map.ts'
import { packEdges, StringTable, unpackEdges } from '#generate/analyse/pack-edges.ts'
import { versionOf } from '#generate/analyse/results-cache.ts'
import { type Binding, compareText, type Edge, type SourceFile } from '#generate/model.ts'
import { changedNames, mayUse } from './changed-names.ts'
import type { FileUnit } from './declarations.ts'
import type { FileFacts } from './facts.ts'
import type { LanguageSpec } from './language.ts'
import type { CallCounts } from './resolved-calls.ts'

export interface FileEdges {
  readonly edges: Edge[]
  /** The positions of their uses, as packed by `UseRows`. */
  readonly uses: Int32Array
  readonly bindings: Binding[]
  readonly counts: CallCounts
}

interface KeptFacts {
  readonly blob: string
  readonly language: string
  readonly facts: FileFacts
}

interface KeptEdges extends Omit<FileEdges, 'edges'> {
  readonly edges: Int32Array
  /** The strings that `edges` refers to. */
  readonly strings: readonly string[]
  readonly blob: string
}

export class KeptFamily {
  readonly #kept: KeptResults | undefined
  readonly #oldFacts: KeptMap<KeptFacts> | undefined
  /** The common value is the hash of everything that edges depend on besides their file. */
  readonly #oldEdges: KeptMap<KeptEdges, string> | undefined
  readonly #facts = new Map<string, KeptFacts>()
  readonly #edges = new Map<string, KeptEdges>()
  /** What was read from the cache, by the edges that were unpacked from it. */
  readonly #unpacked = new Map<FileEdges, KeptEdges>()
  #surroundings = ''
  /** The part of it outside the family's declarations. */
  #outside: string
  /** Edges of files that contain one of these names are stale; without this, all edges are. */
  #changed: ReadonlySet<string> | undefined

  private constructor(kept: KeptResults | undefined, facts?: KeptMap<KeptFacts>, edges?: KeptMap<KeptEdges, string>) {
    this.#kept = kept
    this.#outside = kept?.surroundings ?? ''
    this.#oldFacts = facts
    this.#oldEdges = edges
  }

  static async read(specs: readonly LanguageSpec[], kept: KeptResults | undefined): Promise<KeptFamily> {
    const name = specs.map((spec) => spec.language).join(' ')
    if (kept === undefined) return new KeptFamily(undefined)
    const { cache } = kept
    const key = versionOf(kept)
    const facts = await KeptMap.read<KeptFacts>(cache, `facts ${name}`, key)
    const edges = await KeptMap.read<KeptEdges, string>(cache, `edges ${name}`, key)
    return new KeptFamily(kept, facts, edges)
  }

  hasFacts(file: SourceFile): boolean {
    return this.#factsOf(file) !== undefined
  }

  #factsOf({ path, blob, language }: SourceFile): KeptFacts | undefined {
    const kept = this.#oldFacts?.values.get(path)
    return kept !== undefined && kept.blob === blob && kept.language === language ? kept : undefined
  }

  /** The facts of all files, cached and new. */
  withFacts(files: readonly SourceFile[], fresh: ReadonlyMap<string, FileFacts>): Map<string, FileFacts> {
    const all = new Map<string, FileFacts>()
    for (const file of files) {
      const facts = fresh.get(file.path)
      const own = facts === undefined ? this.#factsOf(file) : { blob: file.blob, language: file.language ?? '', facts }
      if (own === undefined) continue
      all.set(file.path, own.facts)
      this.#facts.set(file.path, own)
    }
    return all
  }

  /** Decides which cached edges are stale; call it before `edgesOf`. */
  compare(units: readonly FileUnit[]): void {
    if (this.#kept === undefined) return
    if (units.every(({ spec }) => spec.linking.seesOnlyImports === true)) this.#outside = hashOfImports(units)
    this.#surroundings = this.#hash(new Map(units.map(({ path, facts }) => [path, facts])))
    const around = this.#oldEdges?.common
    if (around === this.#surroundings) this.#changed = new Set()
    else if (around !== undefined) {
      const before = new Map([...(this.#oldFacts?.values ?? [])].map(([path, { facts }]) => [path, facts]))
      if (around === this.#hash(before)) this.#changed = changedNames(before, units)
    }
  }

  #hash(facts: ReadonlyMap<string, FileFacts>): string {
    const hash = createHash('sha256').update(this.#outside)
    for (const [path, one] of [...facts].sort(([a], [b]) => compareText(a, b)))
      hash.update(`\0${path}\0${one.interface}`)
    return hash.digest('hex')
  }

  edgesOf(unit: FileUnit): FileEdges | undefined {
    const kept = this.#oldEdges?.values.get(unit.path)
    if (kept === undefined || this.#changed === undefined || mayUse(unit, this.#changed)) return undefined
    if (kept.blob !== this.#facts.get(unit.path)?.blob) return undefined
    const { uses, bindings, counts } = kept
    const found: FileEdges = { edges: unpackEdges(kept.edges, kept.strings), uses, bindings, counts }
    this.#unpacked.set(found, kept)
    return found
  }

  /** @param found - Edges from `edgesOf`, or newly made ones. */
  keepEdges(path: string, found: FileEdges): void {
    const blob = this.#facts.get(path)?.blob
    if (this.#kept === undefined || blob === undefined) return
    const old = this.#unpacked.get(found)
    this.#edges.set(path, old ?? this.#pack(found, blob))
  }

  #pack({ edges, ...rest }: FileEdges, blob: string): KeptEdges {
    const table = new StringTable()
    return { ...rest, edges: packEdges(edges, table), strings: table.strings, blob }
  }

  async write(): Promise<void> {
    await this.#oldFacts?.write(this.#facts)
    await this.#oldEdges?.write(this.#edges, this.#surroundings)
  }
}

/** Covers the files that each file imports, and the packages around declarations. */
function hashOfImports(units: readonly FileUnit[]): string {
  const hash = createHash('sha256')
  for (const unit of units) {
    const { packageAround } = unit.spec.linking
    const packages = packageAround && unit.decls.filter(({ parent }) => parent === null).map(packageAround)
    const all = [unit.path, unit.package, ...unit.linker.importedFiles(unit), '', ...(packages ?? [])]
    hash.update(JSON.stringify(all))
  }
  return hash.digest('hex')
}
