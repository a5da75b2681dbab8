/** The thread of a supervisor that writes the index over all repositories. */

import { workerData } from 'node:worker_threads'
import type { AgedJob, IndexedJob } from '#cross-search/contract.ts'
import { createIndexFile } from '#cross-search/sqlite/index-file.ts'
import { createSqliteIndex } from '#cross-search/sqlite/sqlite-index.ts'
import { readSet } from '#cross-search/update.ts'
import { createSetStore } from '#store/sets.ts'
import { answerTasks } from './task-loop.ts'

export interface IndexThreadData {
  /** The folder of all sets. */
  docs: string
  /** The folder of the index. */
  index: string
}

export type IndexTask =
  /** Returns whether the set exists. */
  { type: 'put'; job: AgedJob } | { type: 'remove'; repoUrl: string } | { type: 'complete' } | { type: 'list' }

const { docs, index: folder } = workerData as IndexThreadData
const sets = createSetStore(docs)
const index = createSqliteIndex(createIndexFile(folder))

answerTasks(async (task: IndexTask): Promise<boolean | IndexedJob[]> => {
  if (task.type === 'list') return index.list()
  if (task.type === 'remove') await index.remove(task.repoUrl)
  if (task.type === 'complete') await index.complete()
  if (task.type !== 'put') return true
  const set = await readSet(sets, task.job)
  if (set === undefined) return false
  await index.put(set)
  return true
})
