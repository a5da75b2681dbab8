/** An index of a set to build, as a task for `build-in-thread.ts`. */

import { buildSearch } from './build-index.ts'
import { buildFileWords } from './file-words.ts'

/** The arguments of `buildSearch` or of `buildFileWords`. */
export type BuildTask = { search: Parameters<typeof buildSearch> } | { fileWords: Parameters<typeof buildFileWords> }

/** The text of `search.json`, or the bytes of `file-words.bin`. */
export type Built<T extends BuildTask> = T extends { search: unknown } ? string : Uint8Array

export function build<T extends BuildTask>(task: T): Built<T> {
  return ('search' in task ? buildSearch(...task.search) : buildFileWords(...task.fileWords)) as Built<T>
}
