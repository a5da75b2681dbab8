/** All operations. */

import { agentOperations } from './agents.ts'
import { documentOperations } from './documents.ts'
import { followOperations, followPageOperations } from './follows.ts'
import { graphOperations } from './graph.ts'
import { jobOperations } from './jobs.ts'
import type { Operations } from './operation.ts'
import { pageOperations } from './pages.ts'
import { serviceOperations } from './service.ts'
import { submitOperations } from './submit.ts'

/** The operations by their tag, in the order of the API page. */
const groups = {
  Submit: submitOperations,
  Jobs: jobOperations,
  Follows: followOperations,
  Documents: documentOperations,
  Graph: graphOperations,
  Agents: agentOperations,
  Service: serviceOperations,
  Pages: { ...pageOperations, ...followPageOperations },
} as const satisfies Record<string, Operations>

export const TAGS = Object.keys(groups)

export const tagOf = (route: keyof Operations): string =>
  Object.entries(groups).find(([, operations]) => route in operations)?.[0] ?? ''

export const table = {
  ...groups.Submit,
  ...groups.Jobs,
  ...groups.Follows,
  ...groups.Documents,
  ...groups.Graph,
  ...groups.Agents,
  ...groups.Service,
  ...groups.Pages,
} as const satisfies Operations
