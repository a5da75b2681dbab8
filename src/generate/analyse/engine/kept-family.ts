/**
 * What a family of languages keeps of its files: facts, which hang on the file alone, and edges, which hang on its
 * facts, on the interfaces of all other files and on what is around them.
 */

import { createHash } from 'node:crypto'
import type { KeptResults } from '#generate/analyse/analyser.ts'
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

export class KeptFamily {
  readonly #kept: KeptResults | undefined
  readonly #name: string
  readonly #oldFacts: ReadonlyMap<string, KeptFacts>
  readonly #facts = new Map<string, KeptFacts>()
  readonly #edges = new Map<string, KeptEdges>()
  #oldEdges: { readonly surroundings: string; readonly byPath: ReadonlyMap<string, KeptEdges> } | undefined
  #surroundings = ''

  private constructor(
    kept: KeptResults | undefined,
    name: string,
    facts: ReadonlyMap<string, KeptFacts> = new Map(),
    edges?: { surroundings: string; byPath: ReadonlyMap<string, KeptEdges> },
  ) {
    this.#kept = kept
    this.#name = name
    this.#oldFacts = facts
    this.#oldEdges = edges
  }

  static async read(specs: readonly LanguageSpec[], kept: KeptResults | undefined): Promise<KeptFamily> {
    const name = specs.map((spec) => spec.language).join(' ')
    if (kept === undefined) return new KeptFamily(undefined, name)
    const key = versionOf(kept)
    const facts = await kept.cache.read<ReadonlyMap<string, KeptFacts>>(`facts ${name}`, key)
    if (facts === undefined) return new KeptFamily(kept, name)
    return new KeptFamily(kept, name, facts, await kept.cache.read(`edges ${name}`, key))
  }

  hasFacts({ path, blob, language }: SourceFile): boolean {
    const kept = this.#oldFacts.get(path)
    return kept !== undefined && kept.blob === blob && kept.language === language
  }

  /** Facts of all files, kept and new. */
  withFacts(files: readonly SourceFile[], fresh: ReadonlyMap<string, FileFacts>): Map<string, FileFacts> {
    const all = new Map<string, FileFacts>()
    for (const file of files) {
      const facts = fresh.get(file.path) ?? (this.hasFacts(file) ? this.#oldFacts.get(file.path)?.facts : undefined)
      if (facts === undefined) continue
      all.set(file.path, facts)
      this.#facts.set(file.path, { blob: file.blob, language: file.language ?? '', facts })
    }
    return all
  }

  /** To be called before edges are asked for: those of other surroundings are dropped. */
  setSurroundings(facts: ReadonlyMap<string, FileFacts>): void {
    if (this.#kept === undefined) return
    const hash = createHash('sha1').update(this.#kept.surroundings)
    for (const [path, one] of [...facts].sort(([a], [b]) => compareText(a, b)))
      hash.update(`\0${path}\0${one.interface}`)
    this.#surroundings = hash.digest('hex')
    if (this.#oldEdges?.surroundings !== this.#surroundings) this.#oldEdges = undefined
  }

  edgesOf(path: string): FileEdges | undefined {
    const kept = this.#oldEdges?.byPath.get(path)
    return kept !== undefined && kept.blob === this.#facts.get(path)?.blob ? kept : undefined
  }

  keepEdges(path: string, { edges, counts }: FileEdges): void {
    const blob = this.#facts.get(path)?.blob
    if (this.#kept !== undefined && blob !== undefined) this.#edges.set(path, { blob, edges, counts })
  }

  async write(): Promise<void> {
    if (this.#kept === undefined) return
    const key = versionOf(this.#kept)
    await this.#kept.cache.write(`facts ${this.#name}`, key, this.#facts)
    await this.#kept.cache.write(`edges ${this.#name}`, key, { surroundings: this.#surroundings, byPath: this.#edges })
  }
}

/** Facts hang on the analysis' own code; what is around the files has no part in them. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
