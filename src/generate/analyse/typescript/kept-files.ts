/**
 * What TypeScript and JavaScript keep: facts of a file, which hang on the file alone, and its edges, which hang on the
 * file, on the interfaces of all that it reaches, and on where imports lead.
 */

import type { KeptResults } from '#generate/analyse/analyser.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileEdges } from './edges.ts'
import type { FileFacts } from './facts.ts'

interface KeptFacts {
  readonly blob: string
  readonly language: string
  readonly facts: FileFacts
}

interface KeptEdges {
  /** Of the file and of what it reaches. */
  readonly key: string
  readonly edges: FileEdges
}

export class KeptFiles {
  readonly #kept: KeptResults | undefined
  readonly #oldFacts: ReadonlyMap<string, KeptFacts>
  readonly #oldEdges: ReadonlyMap<string, KeptEdges>
  readonly #facts = new Map<string, KeptFacts>()
  readonly #edges = new Map<string, KeptEdges>()
  #reached: ReadonlyMap<string, string> = new Map()

  private constructor(
    kept: KeptResults | undefined,
    facts: ReadonlyMap<string, KeptFacts> = new Map(),
    edges: ReadonlyMap<string, KeptEdges> = new Map(),
  ) {
    this.#kept = kept
    this.#oldFacts = facts
    this.#oldEdges = edges
  }

  static async read(kept: KeptResults | undefined): Promise<KeptFiles> {
    if (kept === undefined) return new KeptFiles(undefined)
    const version = versionOf(kept)
    return new KeptFiles(
      kept,
      await kept.cache.read<ReadonlyMap<string, KeptFacts>>(FACTS, version),
      await kept.cache.read<ReadonlyMap<string, KeptEdges>>(EDGES, version),
    )
  }

  factsOf({ path, blob, language }: SourceFile): FileFacts | undefined {
    const kept = this.#oldFacts.get(path)
    return kept !== undefined && kept.blob === blob && kept.language === language ? kept.facts : undefined
  }

  keepFacts({ path, blob, language }: SourceFile, facts: FileFacts): void {
    this.#facts.set(path, { blob, language: language ?? '', facts })
  }

  /** @param reached - What hashes to all that a file can know of, by path. */
  setReach(reached: ReadonlyMap<string, string>): void {
    this.#reached = reached
  }

  edgesOf(path: string): FileEdges | undefined {
    const kept = this.#oldEdges.get(path)
    return kept !== undefined && kept.key === this.#keyOf(path) ? kept.edges : undefined
  }

  keepEdges(path: string, edges: FileEdges): void {
    this.#edges.set(path, { key: this.#keyOf(path), edges })
  }

  /** Whether there is anything that the last analysis did not keep, or that is gone. */
  #isChanged(): boolean {
    if (this.#facts.size !== this.#oldFacts.size || this.#edges.size !== this.#oldEdges.size) return true
    for (const [path, { facts }] of this.#facts) if (this.#oldFacts.get(path)?.facts !== facts) return true
    for (const [path, { edges }] of this.#edges) if (this.#oldEdges.get(path)?.edges !== edges) return true
    return false
  }

  #keyOf(path: string): string {
    const own = this.#facts.get(path)
    return `${own?.language} ${own?.blob} ${this.#reached.get(path)}`
  }

  async write(): Promise<void> {
    if (this.#kept === undefined || !this.#isChanged()) return
    const version = versionOf(this.#kept)
    await this.#kept.cache.write(FACTS, version, this.#facts)
    await this.#kept.cache.write(EDGES, version, this.#edges)
  }
}

const FACTS = 'facts typescript'
const EDGES = 'edges typescript'

/** Everything kept hangs on the analysis' own code; what is around the files is in the keys of their edges. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
