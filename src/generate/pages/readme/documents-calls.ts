/** Counts the calls in the repository's own documents, which show what users begin with. */

import { memoized } from '#base/memoize.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { README } from '#generate/paths.ts'
import { isDocument } from './documents.ts'

/** Limits on the characters of one document and of all documents. */
const MAX_DOCUMENT = 200_000
const MAX_DOCUMENTS = 4_000_000
/** Also matches a call on a value without parentheses: `loader.setup`. */
const CALL =
  /(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]{0,80}(?=\()|(?<=[\p{L}\p{N}_)\]]\.)[\p{L}_][\p{L}\p{N}_]{0,80}(?![\p{L}\p{N}_(])/gu

/**
 * The number of documents that call each name. The top README counts four times, and each doubling of the calls counts once more.
 */
export const calledInDocuments = memoized((writing: Writing): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  let left = MAX_DOCUMENTS
  for (const file of writing.inventory.files) {
    if (left <= 0) break
    if (file.text === null || !isDocument(file) || /(?:^|\/)(?:change|history|news|release)/i.test(file.path)) continue
    const text = file.text.slice(0, Math.min(MAX_DOCUMENT, left))
    left -= text.length
    const weight = README.test(file.path) ? 4 : 1
    const places = new Map<string, number>()
    for (const [name] of text.matchAll(CALL)) places.set(name, (places.get(name) ?? 0) + 1)
    for (const [name, many] of places) counts.set(name, (counts.get(name) ?? 0) + weight * Math.log2(1 + many))
  }
  return counts
})
