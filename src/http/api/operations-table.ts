/** The table of all operations. */

import { documentOperations } from './documents.ts'
import { jobOperations } from './jobs.ts'
import type { Operations } from './operation.ts'
import { pageOperations } from './pages.ts'
import { serviceOperations } from './service.ts'
import { submitOperations } from './submit.ts'

export const table = {
  ...submitOperations,
  ...jobOperations,
  ...documentOperations,
  ...serviceOperations,
  ...pageOperations,
} as const satisfies Operations
