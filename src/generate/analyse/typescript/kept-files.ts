/**
 * The cache of the TypeScript analyser: facts of a file, which depend on the file alone, and its edges, which depend on
 * everything they were linked with. If neither files nor settings have changed, the result is returned without loading
 * the compiler.
 */

import { createHash } from 'node:crypto'
import type { KeptResults } from '#generate/analyse/analyser.ts'
import { KeptMap } from '#generate/analyse/kept-map.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'
import type { FoundEdges, LinkRequest, Links, ProgramEdges } from './link-request.ts'

interface KeptFacts {
  readonly blob: string
  readonly language: string
  readonly facts: FileFacts
}

/** Stored once with all edges. */
interface Common {
  /** The key of the whole analysis if all of it was cached; otherwise ''. */
  readonly key: string
  readonly answers: Links['answers']
}

export class KeptFiles {
  readonly #facts: KeptMap<KeptFacts> | undefined
  readonly #edges: KeptMap<FoundEdges, Common> | undefined

  private constructor(facts?: KeptMap<KeptFacts>, edges?: KeptMap<FoundEdges, Common>) {
    this.#facts = facts
    this.#edges = edges
  }

  static async read(kept: KeptResults | undefined): Promise<KeptFiles> {
    if (kept === undefined) return new KeptFiles()
    const version = versionOf(kept)
    return new KeptFiles(
      await KeptMap.read<KeptFacts>(kept.cache, 'facts typescript', version),
      await KeptMap.read<FoundEdges, Common>(kept.cache, 'edges typescript', version),
    )
  }

  /** `undefined` without a cache. */
  get links(): Links | undefined {
    if (this.#edges === undefined) return undefined
    return { files: this.#edges.values, answers: this.#edges.common?.answers ?? new Map() }
  }

  factsOf({ path, blob, language }: SourceFile): FileFacts | undefined {
    const kept = this.#facts?.values.get(path)
    return kept !== undefined && kept.blob === blob && kept.language === language ? kept.facts : undefined
  }

  /** The cached result of the whole analysis; `undefined` if anything has changed. */
  all(request: LinkRequest): ProgramEdges | undefined {
    const { facts, files, links } = request
    if (links === undefined || this.#edges?.common?.key !== keyOf(request)) return undefined
    if (facts.size !== files.length) return undefined
    return { facts, edges: links.files, answers: links.answers, failed: new Set(), failures: [] }
  }

  /** Failed files are not cached. Edges are cached only if all dependencies were recorded. */
  async write(request: LinkRequest, { facts, edges, answers, failed }: ProgramEdges): Promise<void> {
    if (this.#facts === undefined || this.#edges === undefined) return
    const nextFacts = new Map<string, KeptFacts>()
    for (const { path, blob, language } of request.files) {
      const fact = facts.get(path)
      if (fact === undefined) continue
      const old = this.#facts.values.get(path)
      nextFacts.set(path, old?.facts === fact ? old : { blob, language: language ?? '', facts: fact })
    }
    const isWhole = failed.size === 0 && nextFacts.size === request.files.length
    await this.#facts.write(nextFacts)
    if (answers === undefined) await this.#edges.write(new Map(), { key: '', answers: new Map() })
    else await this.#edges.write(edges, { key: isWhole ? keyOf(request) : '', answers })
  }
}

/** A digest of all inputs of the analysis except its own code. */
function keyOf({ files, paths, settings }: LinkRequest): string {
  const hash = createHash('sha256')
  for (const { path, blob, language } of files) hash.update(`${path}\0${blob}\0${language}\n`)
  for (const { path, blob } of settings.values()) hash.update(`${path}\0${blob}\n`)
  for (const path of paths) hash.update(`${path}\n`)
  return hash.digest('base64')
}

/** The version of the analysis' own code, on which all cached values depend. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
