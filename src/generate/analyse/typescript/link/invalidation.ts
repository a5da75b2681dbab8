/** Finds the files to be linked again: changed files, and files whose dependencies have changed. */

import { push } from '#base/multimap.ts'
import type { Links } from '#generate/analyse/typescript/link-request.ts'
import type { Program } from './program.ts'

/**
 * @param kept - The links of the previous analysis.
 * @param paths - All files that could be parsed.
 * @param isSame - Whether a file was there, and is unchanged.
 * @returns Paths.
 */
export function findStale(
  kept: Links,
  program: Program,
  paths: ReadonlyMap<string, unknown>,
  isSame: (path: string) => boolean,
): ReadonlySet<string> {
  const stale = new Set([...paths.keys()].filter((path) => !isSame(path)))
  const changed: string[] = []
  for (const [key, answer] of kept.answers) if (program.answerOf(key) !== answer) changed.push(key)
  if (changed.length === 0) return stale
  const readers = readersOf(kept)
  const seen = new Set(changed)
  for (let key = changed.pop(); key !== undefined; key = changed.pop()) {
    for (const reader of readers.get(key) ?? []) {
      if (seen.has(reader)) continue
      seen.add(reader)
      if (reader.startsWith('f ') && paths.has(reader.slice(2))) stale.add(reader.slice(2))
      changed.push(reader)
    }
  }
  return stale
}

function readersOf({ files }: Links): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>()
  for (const { parts } of files.values())
    for (const [reader, reads] of parts) for (const key of reads) push(readers, key, reader)
  return readers
}
