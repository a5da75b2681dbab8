/**
 * What a family of languages keeps of its files: facts, which hang on the file alone, and edges, which hang on its
 * facts, on the interfaces of all other files and on what is around them.
 */

import { createHash } from 'node:crypto'
import type { KeptResults } from '#generate/analyse/analyser.ts'
import { KeptMap } from '#generate/analyse/kept-map.ts'
import { compareText, type Edge, type SourceFile } from '#generate/model.ts'
import type { CallCounts } from './edges.ts'
import type { FileFacts } from './facts.ts'
import type { LanguageSpec } from './language.ts'

export interface FileEdges {
  readonly edges: Edge[]
  readonly counts: CallCounts
}

interface KeptFacts {
  readonly blob: string
  readonly language: string
  readonly facts: FileFacts
}

interface KeptEdges extends FileEdges {
  readonly blob: string
}

/** What the edges of a family were found in, beside its files. */
interface KeptSurroundings {
  readonly surroundings: string
}

export class KeptFamily {
  readonly #kept: KeptResults | undefined
  readonly #name: string
  readonly #oldFacts: KeptMap<KeptFacts> | undefined
  readonly #oldEdges: KeptMap<KeptEdges> | undefined
  readonly #facts = new Map<string, KeptFacts>()
  readonly #edges = new Map<string, KeptEdges>()
  readonly #oldSurroundings: string
  #surroundings = ''

  private constructor(
    kept: KeptResults | undefined,
    name: string,
    facts?: KeptMap<KeptFacts>,
    edges?: KeptMap<KeptEdges>,
    surroundings = '',
  ) {
    this.#kept = kept
    this.#name = name
    this.#oldFacts = facts
    this.#oldEdges = edges
    this.#oldSurroundings = surroundings
  }

  static async read(specs: readonly LanguageSpec[], kept: KeptResults | undefined): Promise<KeptFamily> {
    const name = specs.map((spec) => spec.language).join(' ')
    if (kept === undefined) return new KeptFamily(undefined, name)
    const { cache } = kept
    const key = versionOf(kept)
    const facts = await KeptMap.read<KeptFacts>(cache, `facts ${name}`, key)
    const edges = await KeptMap.read<KeptEdges>(cache, `edges ${name}`, key)
    const around = await cache.read<KeptSurroundings>(`surroundings ${name}`, key)
    return new KeptFamily(kept, name, facts, edges, around?.surroundings)
  }

  hasFacts(file: SourceFile): boolean {
    return this.#factsOf(file) !== undefined
  }

  #factsOf({ path, blob, language }: SourceFile): KeptFacts | undefined {
    const kept = this.#oldFacts?.values.get(path)
    return kept !== undefined && kept.blob === blob && kept.language === language ? kept : undefined
  }

  /** Facts of all files, kept and new. */
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

  /** To be called before edges are asked for: those of other surroundings do not count. */
  setSurroundings(facts: ReadonlyMap<string, FileFacts>): void {
    if (this.#kept === undefined) return
    const hash = createHash('sha1').update(this.#kept.surroundings)
    for (const [path, one] of [...facts].sort(([a], [b]) => compareText(a, b)))
      hash.update(`\0${path}\0${one.interface}`)
    this.#surroundings = hash.digest('hex')
  }

  edgesOf(path: string): FileEdges | undefined {
    if (this.#oldSurroundings !== this.#surroundings) return undefined
    const kept = this.#oldEdges?.values.get(path)
    return kept !== undefined && kept.blob === this.#facts.get(path)?.blob ? kept : undefined
  }

  /** @param found - What `edgesOf` gave, or new ones. */
  keepEdges(path: string, found: FileEdges): void {
    const blob = this.#facts.get(path)?.blob
    if (this.#kept === undefined || blob === undefined) return
    const old = this.#oldEdges?.values.get(path)
    this.#edges.set(path, old === found ? old : { blob, edges: found.edges, counts: found.counts })
  }

  async write(): Promise<void> {
    if (this.#kept === undefined) return
    await this.#oldFacts?.write(this.#facts)
    // Never edges of one state with the name of another, should this end in between.
    const { cache } = this.#kept
    const key = versionOf(this.#kept)
    const name = `surroundings ${this.#name}`
    const around: KeptSurroundings = { surroundings: this.#surroundings }
    if (this.#oldSurroundings !== this.#surroundings) await cache.write(name, key, { surroundings: '' })
    await this.#oldEdges?.write(this.#edges)
    if (this.#oldSurroundings !== this.#surroundings) await cache.write(name, key, around)
  }
}

/** Facts hang on the analysis' own code; what is around the files has no part in them. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
