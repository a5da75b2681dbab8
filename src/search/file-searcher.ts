/** Finds code files of sets by the words in them. Indexes are read on demand and cached. */

import { createLoadCache } from '#base/load-cache.ts'
import type { SetReader } from '#store/sets.ts'
import { FILE_WORDS_FILE, type FileWords, readFileWords } from './file-words.ts'
import { type FoundFile, rankFiles } from './rank-files.ts'

export interface FileSearcher {
  /**
   * @returns Best first; `undefined` when the set has no such index. `work` is the number of postings read, plus the inflated
   * bytes of an index that was not cached, divided by 32.
   */
  find(key: string, question: string, limit: number): Promise<{ files: FoundFile[]; work: number } | undefined>
}

/** Limit on the memory of all cached indexes; an index occupies little more than its inflated file, 16 MiB at most. */
const MAX_BYTES = 48 * 1_048_576
const BYTES_PER_UNIT = 32

export function createFileSearcher(sets: Pick<SetReader, 'readFile'>, maxBytes = MAX_BYTES): FileSearcher {
  const indexes = createLoadCache(maxBytes, async (key) => {
    const bytes = await sets.readFile(key, FILE_WORDS_FILE)
    const index = bytes === undefined ? undefined : readFileWords(bytes)
    return index && { value: index, bytes: index.heldBytes }
  })
  /** Indexes whose reading has been charged, to the first caller. */
  const paid = new WeakSet<FileWords>()

  return {
    async find(key, question, limit) {
      const index = await indexes.read(key)
      if (index === undefined) return undefined
      const { files, work } = rankFiles(index, question, limit)
      const reading = paid.has(index) ? 0 : Math.ceil(index.inflatedBytes / BYTES_PER_UNIT)
      paid.add(index)
      return { files, work: work + reading }
    },
  }
}
