/** Runs every analyser on the files of its languages, concurrently, and merges the results. */

import { Aborted } from '#base/errors.ts'
import { runWithTimeLimit } from '#base/interruptible.ts'
import { limitCompilation } from '#base/limit-compilation.ts'
import { limitHeapGrowth } from '#base/limit-heap-growth.ts'
import { Incidents } from '#generate/incidents.ts'
import { type Analysis, compareText, type Inventory, type SourceFile } from '#generate/model.ts'
import type { CodeAnalysis, LanguageAnalyser } from './analyser.ts'
import { ANALYSERS } from './analysers.ts'
import { KeptReadings } from './kept-readings.ts'
import { mergeResults } from './merge-results.ts'
import { readOrAnalyse } from './read-or-analyse.ts'
import { ReadPool } from './read-pool.ts'
import { analyserVersion, type ResultsCache, surroundingsKey } from './results-cache.ts'

export interface AnalyseOptions {
  signal: AbortSignal
  onProgress(done: number, total: number): void
  /** Results of earlier analyses of the repository; they do not change the outcome. */
  cache?: ResultsCache | undefined
  /** Collects errors and timeouts of individual files. */
  incidents?: Incidents | undefined
  /** Limit on merging, which no individual file can be blamed for; 10 minutes by default. */
  mergeMs?: number | undefined
  /** Number of parser threads; by default the number of processors. */
  threads?: number | undefined
}

const MERGE_MS = 600_000

/** An analyser and the files that it reads. */
interface Part {
  readonly analyser: LanguageAnalyser
  readonly files: readonly SourceFile[]
}

/**
 * Analyse an inventory. The order of its files does not matter.
 *
 * @throws {Aborted} The signal was aborted.
 * @throws {OutOfTime} Merging took too long.
 */
export async function analyse(
  inventory: Inventory,
  context: AnalyseOptions,
  analysers: readonly LanguageAnalyser[] = ANALYSERS,
): Promise<Analysis> {
  const sorted = [...inventory.files].sort((a, b) => compareText(a.path, b.path))
  const files = new Map(sorted.map((file) => [file.path, file]))
  const paths = new Set(files.keys())
  const work: Part[] = analysers
    .map((analyser) => ({
      analyser,
      files: sorted.filter((file) => isAnalysable(file) && analyser.languages.includes(file.language ?? '')),
    }))
    .filter((part) => part.files.length > 0)
    .sort((a, b) => charactersOf(b.files) - charactersOf(a.files))
  const { cache, incidents = new Incidents(), mergeMs = MERGE_MS } = context
  const kept = cache && { cache, surroundings: `${analyserVersion()} ${surroundingsKey(sorted)}` }
  const total = work.reduce((sum, part) => sum + part.files.length, 0)
  const characters = work.reduce((sum, part) => sum + charactersOf(part.files), 0)

  const giveUpIfAborted = (): void => {
    if (context.signal.aborted) throw new Aborted('The analysis was aborted.')
  }
  giveUpIfAborted()
  limitCompilation(characters)
  limitHeapGrowth(characters)
  const pool = new ReadPool({ signal: context.signal, threads: context.threads })
  const done = work.map(() => 0)
  const run = async ({ analyser, files: own }: Part, index: number): Promise<CodeAnalysis> => {
    const onProgress = (count: number): void => {
      done[index] = count
      context.onProgress(
        done.reduce((sum, one) => sum + one, 0),
        total,
      )
    }
    const { signal, threads } = context
    const otherCharacters = characters - charactersOf(own)
    const analyseNow = (): Promise<CodeAnalysis> =>
      analyser.analyse(own, { signal, onProgress, paths, files, kept, pool, otherCharacters, incidents, threads })
    const isKept = kept !== undefined && analyser.keepsFiles !== true
    const result = await (isKept ? readOrAnalyse(analyser.languages, own, kept, incidents, analyseNow) : analyseNow())
    onProgress(own.length)
    return result
  }
  try {
    // Concurrently: while threads parse for one analyser, another computes. The largest part starts first, so that
    // threads have work before the code of the other analysers is loaded.
    const results: Promise<CodeAnalysis>[] = []
    for (const [index, part] of work.entries()) {
      await part.analyser.load?.()
      const result = run(part, index)
      // `Promise.all` below reports failures; until then this avoids an unhandled rejection.
      result.catch(() => undefined)
      results.push(result)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const keptArtifacts = await KeptReadings.read('artifacts', kept, incidents)
    const keptBridges = await KeptReadings.read('bridges', kept, incidents)
    const all = await Promise.all(results)
    giveUpIfAborted()
    const merged = runWithTimeLimit(mergeMs, () =>
      mergeResults(all, inventory, { incidents, keptArtifacts, keptBridges }),
    )
    await keptArtifacts.write()
    await keptBridges.write()
    return merged
  } finally {
    await pool.close()
  }
}

const charactersOf = (files: readonly SourceFile[]): number =>
  files.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)

/** Whether a file has text that is neither generated nor vendored. */
function isAnalysable(file: SourceFile): boolean {
  return file.text !== null && !file.generated && !file.vendored
}
