/** Reads the facts of many files: few of them in this thread, many in worker threads. */

import { Aborted } from '#base/errors.ts'
import { Incidents } from '#generate/incidents.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileFacts } from './engine/facts.ts'
import { loadReader, type Reader } from './engine/reader.ts'
import { loadSpec } from './languages/table.ts'
import { noteFailure, type ReadFailure } from './read-failure.ts'
import { type ReadPool, readInThreads } from './read-pool.ts'
import { hasNoInstancesLeft } from './tree-sitter.ts'

/** Up to this many characters take less time to read than a thread takes to start. */
export const FEW_CHARACTERS = 400_000
/** Limit on blocking the event loop without a pause. */
const SLICE_MS = 50

export interface ReadOptions {
  signal: AbortSignal
  pool?: ReadPool | undefined
  incidents?: Incidents | undefined
  onProgress(done: number): void
}

/**
 * @param files - Files with text in languages of `languages/table.ts`.
 * @returns Facts keyed by path, without files that could not be read.
 * @throws {Aborted} The signal was aborted.
 */
export async function readFacts(
  files: readonly SourceFile[],
  options: ReadOptions,
): Promise<ReadonlyMap<string, FileFacts>> {
  const { pool, onProgress } = options
  const characters = files.reduce((sum, file) => sum + (file.text?.length ?? 0), 0)
  if (pool?.isStarted === true || characters > FEW_CHARACTERS) return readElsewhere(files, options)
  const { facts, left } = await readHere(files, options)
  if (left.length === 0) return facts
  const done = files.length - left.length
  const others = await readElsewhere(left, { ...options, onProgress: (count) => onProgress(done + count) })
  return new Map([...facts, ...others])
}

function readElsewhere(
  files: readonly SourceFile[],
  { pool, signal, onProgress, incidents = new Incidents() }: ReadOptions,
): Promise<ReadonlyMap<string, FileFacts>> {
  const onFailure = (path: string, why: ReadFailure): void => noteFailure(incidents, path, why)
  return pool === undefined
    ? readInThreads<FileFacts>(files, { signal, onProgress, onFailure })
    : pool.read<FileFacts>(files, onProgress, onFailure)
}

/** @returns The remaining files, once this thread cannot read any more. */
async function readHere(
  files: readonly SourceFile[],
  { signal, onProgress, incidents = new Incidents() }: ReadOptions,
): Promise<{ facts: Map<string, FileFacts>; left: readonly SourceFile[] }> {
  const readers = new Map<string, Reader>()
  for (const language of new Set(files.map((file) => file.language ?? ''))) {
    const spec = await loadSpec(language)
    if (spec !== undefined) readers.set(language, await loadReader(spec))
  }
  const facts = new Map<string, FileFacts>()
  let last = performance.now()
  for (const [index, file] of files.entries()) {
    if (hasNoInstancesLeft()) return { facts, left: files.slice(index) }
    const read = await readers.get(file.language ?? '')?.read(file.path, file.text ?? '')
    if (typeof read === 'string') noteFailure(incidents, file.path, read)
    else if (read !== undefined) facts.set(file.path, read)
    if (signal.aborted) throw new Aborted('The analysis was aborted.')
    if (performance.now() - last < SLICE_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    last = performance.now()
    onProgress(index + 1)
  }
  return { facts, left: [] }
}
