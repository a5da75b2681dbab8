/** Finds code files of sets by the words in them. Indexes are read on demand and cached. */

import type { SetReader } from '#store/sets.ts'
import { FILE_WORDS_FILE, type FileWords, type FoundFile, rankFiles, readFileWords } from './file-words.ts'

export interface FileSearcher {
  /** @returns Best first; `undefined` when the set has no such index. `work`: postings read, and bytes of an index that was not cached by 32. */
  find(key: string, question: string, limit: number): Promise<{ files: FoundFile[]; work: number } | undefined>
}

/** Maximum size of all cached indexes, compressed; in memory, each takes several times that. The last one is always cached. */
const MAX_BYTES = 6 * 1_048_576
const BYTES_PER_UNIT = 32

export function createFileSearcher(sets: Pick<SetReader, 'readFile'>): FileSearcher {
  /** Least recently used first. */
  const cached = new Map<string, { index: FileWords; bytes: number }>()

  return {
    async find(key, question, limit) {
      const known = cached.get(key)
      let loaded = known
      if (loaded === undefined) {
        const bytes = await sets.readFile(key, FILE_WORDS_FILE)
        const index = bytes === undefined ? undefined : readFileWords(bytes)
        if (bytes === undefined || index === undefined) return undefined
        loaded = { index, bytes: bytes.length }
      }
      cached.delete(key)
      cached.set(key, loaded)
      let total = 0
      for (const { bytes } of cached.values()) total += bytes
      for (const [other, { bytes }] of cached) {
        if (total <= MAX_BYTES || other === key) break
        cached.delete(other)
        total -= bytes
      }
      const { files, work } = rankFiles(loaded.index, question, limit)
      return { files, work: work + (known === undefined ? Math.ceil(loaded.bytes / BYTES_PER_UNIT) : 0) }
    },
  }
}
