/** The thread of a supervisor that reads sets for the index over all repositories, and writes the index of a spool. */

import { workerData } from 'node:worker_threads'
import type { AgedJob, IndexedJob, IndexedSet } from '#cross-search/contract.ts'
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
  | { type: 'put'; job: AgedJob }
  /** Returns the set instead of storing it. */
  | { type: 'read'; job: AgedJob }
  | { type: 'remove'; repoUrl: string }
  | { type: 'complete' }
  | { type: 'list' }

export type IndexAnswer = boolean | IndexedJob[] | IndexedSet | undefined

const { docs, index: folder } = workerData as IndexThreadData
const sets = createSetStore(docs)
const index = createSqliteIndex(createIndexFile(folder))

answerTasks(async (task: IndexTask): Promise<IndexAnswer> => {
  if (task.type === 'list') return index.list()
  if (task.type === 'remove') await index.remove(task.repoUrl)
  if (task.type === 'complete') await index.complete()
  if (task.type !== 'put' && task.type !== 'read') return true
  const set = await readSet(sets, task.job)
  if (task.type === 'read') return set
  if (set === undefined) return false
  await index.put(set)
  return true
})
