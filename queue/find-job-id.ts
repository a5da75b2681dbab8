/** Finds the id of the job for a request. Jobs of earlier versions keep their ids, and thus their URLs and documents. */

import { formerJobIdOf, isSameRequest, type JobIdentity, jobIdOf } from '#base/job-id.ts'
import type { Repository } from '#base/repository.ts'
import type { JobOptions } from './job-options.ts'

/** The parts of a request, besides the repository, that determine the job id. */
export interface JobParts {
  /** From `parseCommitId`; `null` for the default branch. */
  commitId: string | null
  options: JobOptions
  /** 32 hex digits that make the job private. */
  secret: string | null
}

/** @param readJob - Reads the request that a job was created for; `undefined` when there is no such job. */
export async function findJobId(
  readJob: (jobId: string) => Promise<JobIdentity | undefined>,
  repository: Repository,
  { commitId, options, secret }: JobParts,
): Promise<string> {
  const jobId = jobIdOf(repository, commitId, options, secret)
  const formerId = formerJobIdOf(repository, commitId, options, secret)
  const former = formerId === jobId ? undefined : await readJob(formerId)
  if (former === undefined) return jobId
  return isSameRequest(former, { repoUrl: repository.url, commitId, options }) ? formerId : jobId
}
