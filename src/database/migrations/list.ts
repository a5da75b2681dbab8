/** The migrations of the schema, in order. */

import { queueTables } from './0001-queue.ts'
import { setTables } from './0002-sets.ts'
import { followTables } from './0003-follows.ts'
import { crossSearchTables } from './0004-cross-search.ts'
import { sharedStateTables } from './0005-shared-state.ts'
import { stepTables } from './0006-steps.ts'
import { moveTable } from './0007-move.ts'
import { searchSince } from './0008-search-since.ts'

export interface Migration {
  /** Consecutive numbers from 1. */
  version: number
  name: string
  /** The oldest schema version whose programs still work after this migration, so that machines can be upgraded one by one. */
  oldestProgram: number
  sql: string
}

export const MIGRATIONS: readonly Migration[] = [
  queueTables,
  setTables,
  followTables,
  crossSearchTables,
  sharedStateTables,
  stepTables,
  moveTable,
  searchSince,
]

/** The schema version that this program needs. */
export const SCHEMA_VERSION = MIGRATIONS.length
