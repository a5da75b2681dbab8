/** The table of all operations. */

import { agentOperations } from './agents.ts'
import { documentOperations } from './documents.ts'
import { followOperations } from './follows.ts'
import { graphOperations } from './graph.ts'
import { jobOperations } from './jobs.ts'
import type { Operations } from './operation.ts'
import { pageOperations } from './pages.ts'
import { serviceOperations } from './service.ts'
import { submitOperations } from './submit.ts'

export const table = {
  ...submitOperations,
  ...jobOperations,
  ...followOperations,
  ...documentOperations,
  ...graphOperations,
  ...agentOperations,
  ...serviceOperations,
  ...pageOperations,
} as const satisfies Operations
