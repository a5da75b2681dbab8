/** Updates the cached links for the next analysis: new for files linked now, unchanged for all others. */

import type { FoundEdges, Links } from '#generate/analyse/typescript/link-request.ts'
import type { Program } from './program.ts'

/**
 * @param before - The links of the previous analysis.
 * @param edges - The current edges of all files. Files linked now do not have the dependencies of their parts yet.
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
    // Dependencies of an unchanged part remain valid even if it was not evaluated again.
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
