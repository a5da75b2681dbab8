/**
 * The cache that an analysis leaves for the next one of the same repository: facts and edges of individual files and,
 * for the engine's languages, their whole results, in case none of their inputs change. Every entry's key covers all
 * its inputs, including the analysis' own code, so that a hit equals a new computation.
 */

import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import type { SourceFile } from '#generate/model.ts'
import type { StepCache } from '#store/step-cache.ts'
import type { KeptResults } from './analyser.ts'
import { hashSources } from './hash-sources.js'

/** The cached results of one repository. */
export class ResultsCache {
  readonly #bytes: StepCache
  readonly #repository: string

  constructor(bytes: StepCache, repository: string) {
    this.#bytes = bytes
    this.#repository = repository
  }

  /** @returns The value stored under this name with this key. */
  async read<T>(name: string, key: string): Promise<T | undefined> {
    const bytes = await this.#bytes.read(`${this.#repository} ${name}`)
    if (bytes === undefined) return undefined
    try {
      const kept: { key: string; value: T } = deserialize(bytes)
      return kept.key === key ? kept.value : undefined
    } catch {
      return undefined
    }
  }

  async write(name: string, key: string, value: unknown): Promise<void> {
    await this.#bytes.write(`${this.#repository} ${name}`, serialize({ key, value }))
  }
}

/**
 * A hash of everything that resolution may depend on besides the files of its own language: the paths of all files, and
 * the contents of manifests and configurations.
 */
export function surroundingsKey(files: Iterable<SourceFile>): string {
  const hash = createHash('sha256')
  for (const { path: file, blob, role } of files) {
    hash.update(role === 'manifest' || role === 'config' || role === 'data' ? `${file}\0${blob}\n` : `${file}\n`)
  }
  return hash.digest('hex')
}

export function filesKey(files: readonly SourceFile[]): string {
  const hash = createHash('sha256')
  for (const { path: file, blob, role } of files) hash.update(`${file}\0${blob}\0${role}\n`)
  return hash.digest('hex')
}

/** What cached results of single files depend on: the version of the analysers, but not the other surroundings. */
export function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}

let own: string | undefined

/** The hash of the sources, defined in bundles. */
declare const BUNDLED_SOURCES: string | undefined

/**
 * A hash of the source files of analysis and rendering, the packages they use and Node: other code may yield other
 * results.
 */
export function analyserVersion(): string {
  if (own !== undefined) return own
  const sources = typeof BUNDLED_SOURCES === 'undefined' ? hashSources() : BUNDLED_SOURCES
  own = createHash('sha256').update(sources).update(process.version).digest('hex')
  return own
}
