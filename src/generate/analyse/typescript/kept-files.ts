/**
 * What TypeScript and JavaScript keep: facts of a file, which hang on the file alone, and its edges, which hang on the
 * file, on the interfaces of all that it reaches, and on where imports lead. Both are as they were as long as no file
 * and nothing that imports hang on is different; only that is looked at without the compiler.
 */

import { createHash } from 'node:crypto'
import type { KeptResults } from '#generate/analyse/analyser.ts'
import { KeptMap } from '#generate/analyse/kept-map.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'
import type { FoundEdges, ProgramEdges, Request } from './work.ts'

interface KeptFacts {
  readonly blob: string
  readonly language: string
  readonly facts: FileFacts
}

export class KeptFiles {
  readonly #facts: KeptMap<KeptFacts> | undefined
  /** In common is the key of the whole work, where all of it was kept. */
  readonly #edges: KeptMap<FoundEdges, string> | undefined

  private constructor(facts?: KeptMap<KeptFacts>, edges?: KeptMap<FoundEdges, string>) {
    this.#facts = facts
    this.#edges = edges
  }

  static async read(kept: KeptResults | undefined): Promise<KeptFiles> {
    if (kept === undefined) return new KeptFiles()
    const version = versionOf(kept)
    return new KeptFiles(
      await KeptMap.read<KeptFacts>(kept.cache, 'facts typescript', version),
      await KeptMap.read<FoundEdges, string>(kept.cache, 'edges typescript', version),
    )
  }

  get isKeeping(): boolean {
    return this.#edges !== undefined
  }

  /** Edges by path, whatever they hang on. */
  get edges(): ReadonlyMap<string, FoundEdges> {
    return this.#edges?.values ?? new Map()
  }

  factsOf({ path, blob, language }: SourceFile): FileFacts | undefined {
    const kept = this.#facts?.values.get(path)
    return kept !== undefined && kept.blob === blob && kept.language === language ? kept.facts : undefined
  }

  /** What the whole work gave; `undefined` when anything is different. */
  all(request: Request): ProgramEdges | undefined {
    if (this.#edges === undefined || this.#edges.common !== keyOf(request)) return undefined
    const { facts } = request
    return facts.size === request.files.length
      ? { facts, edges: this.edges, failed: new Set(), failures: [] }
      : undefined
  }

  /** What could not be read and what was found in a hurry is not kept. */
  async write(request: Request, { facts, edges, failed }: ProgramEdges): Promise<void> {
    if (this.#facts === undefined || this.#edges === undefined) return
    const nextFacts = new Map<string, KeptFacts>()
    const nextEdges = new Map<string, FoundEdges>()
    for (const { path, blob, language } of request.files) {
      const fact = facts.get(path)
      const edge = edges.get(path)
      if (fact !== undefined) {
        const old = this.#facts.values.get(path)
        nextFacts.set(path, old?.facts === fact ? old : { blob, language: language ?? '', facts: fact })
      }
      if (edge?.key !== undefined) {
        const old = this.#edges.values.get(path)
        nextEdges.set(path, old?.key === edge.key ? old : edge)
      }
    }
    const isWhole = nextEdges.size === request.files.length && nextFacts.size === nextEdges.size && failed.size === 0
    await this.#facts.write(nextFacts)
    await this.#edges.write(nextEdges, isWhole ? keyOf(request) : '')
  }
}

/** Of all that the work hangs on beside the analysis' own code. */
function keyOf({ files, paths, settings, limits }: Request): string {
  const hash = createHash('sha256').update(JSON.stringify(limits))
  for (const { path, blob, language } of files) hash.update(`${path}\0${blob}\0${language}\n`)
  for (const { path, blob } of settings.values()) hash.update(`${path}\0${blob}\n`)
  for (const path of paths) hash.update(`${path}\n`)
  return hash.digest('base64')
}

/** Everything kept hangs on the analysis' own code; what is around the files is in the keys of their edges. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
