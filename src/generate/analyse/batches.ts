/** Divides files into batches for threads. */

import type { SourceFile } from '#generate/model.ts'

/** Characters per batch: large enough to keep messages cheap, small enough to balance the load. */
const BATCH_CHARACTERS = 200_000

/**
 * Each batch has one language. Batches are taken from the end: the languages with the least text first, so that their
 * grammars are not loaded last, and within a language the largest files first.
 */
export function batchesOf(files: readonly SourceFile[]): SourceFile[][] {
  const byLanguage = new Map<string, { files: SourceFile[]; characters: number }>()
  for (const file of files) {
    const language = file.language ?? ''
    const known = byLanguage.get(language) ?? { files: [], characters: 0 }
    known.files.push(file)
    known.characters += sizeOf(file)
    byLanguage.set(language, known)
  }
  const batches: SourceFile[][] = []
  for (const { files: own } of [...byLanguage.values()].sort((a, b) => b.characters - a.characters)) {
    let size = Number.POSITIVE_INFINITY
    for (const file of own.sort((a, b) => sizeOf(a) - sizeOf(b))) {
      if (size + sizeOf(file) > BATCH_CHARACTERS) {
        batches.push([])
        size = 0
      }
      batches.at(-1)?.push(file)
      size += sizeOf(file)
    }
  }
  return batches
}

const sizeOf = (file: SourceFile): number => file.text?.length ?? 0
