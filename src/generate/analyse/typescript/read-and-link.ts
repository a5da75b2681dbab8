/** The two steps of an analysis, for the files that one thread takes. */

import { workThrough } from '#base/interruptible.ts'
import { failureOf, type ReadFailure } from '#generate/analyse/read-failure.ts'
import type { SourceFile } from '#generate/model.ts'
import { type FileFacts, factsOf } from './facts.ts'
import type { FileEdges } from './link/file-edges.ts'
import type { Program } from './link/program.ts'

/** Results keyed by path, in the order in which the files were taken. */
export type ByPath<T> = ReadonlyMap<string, T | ReadFailure>

/** The time limit for parsing one file, and for linking its names. */
const READ_MS = 5_000
const LINK_MS = 10_000

/** @returns For each file its facts; `undefined` for one that is nested too deeply. */
export async function readFiles(
  files: Iterator<SourceFile>,
  pause: () => Promise<unknown>,
): Promise<ByPath<FileFacts | undefined>> {
  return await resultsOf(files, READ_MS, ({ path }) => path, factsOf, pause)
}

/** After a failure, `program` has lost its recorded dependencies. */
export async function linkFiles(
  program: Program,
  paths: Iterator<string>,
  pause: () => Promise<unknown>,
): Promise<ByPath<FileEdges>> {
  return await resultsOf(
    paths,
    LINK_MS,
    (path) => path,
    (path) => program.edgesOf(path),
    pause,
    () => program.discard(),
  )
}

async function resultsOf<T, R>(
  items: Iterator<T>,
  limitMs: number,
  pathOf: (item: T) => string,
  run: (item: T) => R,
  pause: () => Promise<unknown>,
  onFailure = (): void => {},
): Promise<ByPath<R>> {
  const results = new Map<string, R | ReadFailure>()
  const fail = (item: T, error: unknown): void => {
    results.set(pathOf(item), failureOf(error))
    onFailure()
  }
  const work = (item: T): void => {
    try {
      results.set(pathOf(item), run(item))
    } catch (error) {
      fail(item, error)
    }
  }
  while (!workThrough(items, limitMs, work, fail)) await pause()
  return results
}
