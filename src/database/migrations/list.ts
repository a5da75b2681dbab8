/** All changes of the schema, in their order. */

import { queueTables } from './0001-queue.ts'
import { setTables } from './0002-sets.ts'
import { followTables } from './0003-follows.ts'
import { crossSearchTables } from './0004-cross-search.ts'

export interface Migration {
  /** One more than that of the migration before. */
  version: number
  name: string
  /** The oldest version of the schema whose programs still work with this one, so that machines can be upgraded one by one. */
  oldestProgram: number
  sql: string
}

export const MIGRATIONS: readonly Migration[] = [queueTables, setTables, followTables, crossSearchTables]

/** The version of the schema that this program is written for. */
export const SCHEMA_VERSION = MIGRATIONS.length
