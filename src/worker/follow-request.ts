/** Makes submissions for followed repositories. */

import type { Config } from '#base/config.ts'
import { OFFLINE } from '#base/offline.ts'
import { parseRepository } from '#base/repository.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { findJobId } from '#queue/find-job-id.ts'

/** From 0 (first) to 9 (last); just below the default, so that jobs submitted by people usually run first. */
const PRIORITY = 6

/**
 * The submission of a branch or tag, as if submitted without options.
 *
 * @param name - The name of the branch or tag; `null` for the default branch.
 */
export async function toSubmitRequest(
  config: Config,
  readJob: Parameters<typeof findJobId>[0],
  repoUrl: string,
  name: string | null,
): Promise<SubmitRequest> {
  const repository = parseRepository(repoUrl, config)
  return {
    jobId: await findJobId(readJob, repository, { commitId: name, options: {}, secret: null }),
    repoUrl: repository.url,
    commitId: name,
    options: {},
    priority: PRIORITY,
    force: false,
    mainModel: config.llm?.mainModel ?? OFFLINE,
    idempotencyKey: null,
  }
}
