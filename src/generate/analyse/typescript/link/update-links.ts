/** Updates the cached links for the next analysis: recomputed for files linked in this run, kept for the others. */

import type { FoundEdges, Links } from '#generate/analyse/typescript/link-request.ts'
import { compareText } from '#generate/model.ts'
import type { Program, Reads } from './program.ts'

/**
 * @param reads - The dependencies that each thread has recorded.
 * @param before - The links of the previous analysis.
 * @param edges - The current edges of all files. Files linked now do not have dependencies yet.
 */
export function linksOf(
  program: Program,
  reads: readonly Reads[],
  before: Links,
  edges: ReadonlyMap<string, FoundEdges>,
): Links {
  const files = new Map<string, FoundEdges>()
  const answers = new Map<string, string>()
  for (const [path, found] of edges) {
    const previous = before.files.get(path)
    // Dependencies of an unchanged part remain valid even if it was not evaluated again.
    const parts = new Map<string, ReadonlySet<string> | readonly string[]>()
    /** Whether the file was linked in this run, or the dependencies of a part differ. */
    let isChanged = previous !== found
    for (const [part, keys] of previous?.parts ?? [])
      if (before.answers.get(part) === program.answerOf(part)) parts.set(part, keys)
      else isChanged = true
    for (const [part, keys] of reads.flatMap((thread) => thread.get(path) ?? [])) {
      const known = [...(parts.get(part) ?? [])]
      const merged = new Set([...known, ...keys])
      if (merged.size === known.length) continue
      isChanged = true
      parts.set(part, merged)
    }
    // Sorted, because the order depends on which thread has linked which file.
    const updated = isChanged
      ? { ...found, parts: [...parts].map(([part, keys]) => [part, [...keys].sort()] as const).sort(byPart) }
      : found
    files.set(path, updated)
    for (const key of updated.parts.flatMap(([part, keys]) => [part, ...keys]))
      if (!answers.has(key)) answers.set(key, program.answerOf(key))
  }
  return { files, answers }
}

const byPart = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => compareText(a, b)
