/** What the next analysis can use: of files that were linked now as they are, of the others as it was kept before. */

import type { FoundEdges, Links } from '#generate/analyse/typescript/work.ts'
import type { Program } from './program.ts'

/**
 * @param before - Of the analysis before.
 * @param edges - All edges as they are now; without what parts read, where they were linked now.
 */
export function linksOf(program: Program, before: Links, edges: ReadonlyMap<string, FoundEdges>): Links {
  const now = program.readsOfParts()
  const files = new Map<string, FoundEdges>()
  const answers = new Map<string, string>()
  const answer = (key: string): void => {
    if (!answers.has(key)) answers.set(key, program.answerOf(key))
  }
  for (const [path, found] of edges) {
    const known = before.files.get(path)
    // What a part that is the same read before still counts, now that nobody asked for it again.
    const parts = new Map<string, Set<string> | readonly string[]>()
    let isGrown = known !== found
    for (const [key, reads] of known?.parts ?? [])
      if (before.answers.get(key) === program.answerOf(key)) parts.set(key, reads)
      else isGrown = true
    for (const [key, reads] of now.get(path) ?? []) {
      const old = parts.get(key)
      const all = new Set([...(old ?? []), ...reads])
      if (old === undefined || all.size !== [...old].length) isGrown = true
      parts.set(key, all)
    }
    const kept = isGrown ? { ...found, parts: [...parts].map(([key, reads]) => [key, [...reads]] as const) } : found
    files.set(path, kept)
    for (const key of kept.reads) answer(key)
    for (const [key, reads] of kept.parts) {
      answer(key)
      for (const one of reads) answer(one)
    }
  }
  return { files, answers }
}
