/** Updates the cached links for the next analysis: new for files linked now, unchanged for all others. */

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
  const answer = (key: string): void => {
    if (!answers.has(key)) answers.set(key, program.answerOf(key))
  }
  for (const [path, found] of edges) {
    const known = before.files.get(path)
    // Dependencies of an unchanged part remain valid even if it was not evaluated again.
    const parts = new Map<string, ReadonlySet<string> | readonly string[]>()
    let isGrown = known !== found
    for (const [key, own] of known?.parts ?? [])
      if (before.answers.get(key) === program.answerOf(key)) parts.set(key, own)
      else isGrown = true
    for (const [key, own] of reads.flatMap((one) => one.get(path) ?? [])) {
      const old = [...(parts.get(key) ?? [])]
      const all = new Set([...old, ...own])
      if (all.size === old.length) continue
      isGrown = true
      parts.set(key, all)
    }
    // Sorted, because the order depends on which thread has linked which file.
    const kept = isGrown
      ? { ...found, parts: [...parts].map(([key, own]) => [key, [...own].sort()] as const).sort(byKey) }
      : found
    files.set(path, kept)
    for (const [key, own] of kept.parts) {
      answer(key)
      for (const one of own) answer(one)
    }
  }
  return { files, answers }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => compareText(a, b)
