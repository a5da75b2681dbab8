/** What the repository's own documents call, as those who explain it would begin. */

import type { Writing } from '#generate/pages/writing.ts'
import { isDocument } from './documents.ts'

/** Text of one document that is looked at, and of all together. */
const MAX_DOCUMENT = 200_000
const MAX_DOCUMENTS = 4_000_000
const CALL = /(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]{0,80}(?=\()/gu

const calledIn = new WeakMap<Writing, Map<string, number>>()

/** In how many documents a name is called; the README at the top counts for four. */
export function calledInDocuments(writing: Writing): ReadonlyMap<string, number> {
  const found = calledIn.get(writing)
  if (found !== undefined) return found
  const counts = new Map<string, number>()
  let left = MAX_DOCUMENTS
  for (const file of writing.inventory.files) {
    if (left <= 0) break
    if (file.text === null || !isDocument(file) || /(?:^|\/)(?:change|history|news|release)/i.test(file.path)) continue
    const text = file.text.slice(0, Math.min(MAX_DOCUMENT, left))
    left -= text.length
    const weight = /^README\.\w+$/i.test(file.path) ? 4 : 1
    for (const name of new Set(text.match(CALL) ?? [])) counts.set(name, (counts.get(name) ?? 0) + weight)
  }
  calledIn.set(writing, counts)
  return counts
}
