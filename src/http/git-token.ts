/**
 * `X-Git-Token`: the token of a git host for one job. It is never a part of the job: its id may be made unguessable with it,
 * and the token itself goes to the keeper until the clone has ended.
 */

import { isToken } from '#base/git-tokens.ts'
import { secretOfJob } from '#base/job-id.ts'
import type { Submission, SubmitRequest } from '#queue/contract.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { Refusal } from './problem.ts'

export const TOKEN_HEADER = 'X-Git-Token'

type TokenDeps = Pick<AppDeps, 'tokenKeeper' | 'isPrivateShared'>

/**
 * The token of a request, if it has one.
 *
 * @throws {Refusal} `BAD_FIELD`.
 */
export function readGitToken(c: AppContext, { tokenKeeper }: TokenDeps): string | null {
  const token = c.req.header(TOKEN_HEADER)
  if (token === undefined) return null
  if (tokenKeeper === undefined) throw new Refusal('BAD_FIELD', `${TOKEN_HEADER}: this service takes no tokens.`)
  if (isToken(token)) return token
  throw new Refusal('BAD_FIELD', `${TOKEN_HEADER}: expected token or user:token, 1 to 2000 visible ASCII characters.`)
}

/**
 * The part of a job's id that keeps it to those who know it; `null` for jobs that all may see.
 *
 * @param address - Of the repository, normalised.
 * @throws {Refusal} `BAD_FIELD`: it is a folder.
 */
export async function secretOf(address: string, token: string | null, deps: TokenDeps): Promise<string | null> {
  if (token === null || deps.tokenKeeper === undefined) return null
  if (!/^https?:/.test(address)) {
    throw new Refusal('BAD_FIELD', `${TOKEN_HEADER} is for repositories by https.`, 'Leave the header out.')
  }
  return deps.isPrivateShared === true ? null : await deps.tokenKeeper.secretFor(address, token)
}

/** Submit with the token at hand for the worker, who may be quicker than the answer. */
export async function withToken(
  { tokenKeeper }: TokenDeps,
  request: SubmitRequest,
  token: string | null,
  submit: () => Promise<Submission>,
): Promise<Submission> {
  if (token === null || tokenKeeper === undefined) return await submit()
  const version = await tokenKeeper.keep(request.jobId, token)
  let isNeeded = false
  try {
    const submission = await submit()
    isNeeded = submission.outcome === 'created' || submission.outcome === 'joined'
    return submission
  } finally {
    if (!isNeeded) tokenKeeper.drop(request.jobId, version)
  }
}

/**
 * Hold the token for another try of a job.
 *
 * @throws {Refusal} `GIT_TOKEN_MISSING`: the job came with a token, and this is not it.
 */
export async function keepForRetry(c: AppContext, deps: AppDeps, jobId: string): Promise<void> {
  const token = readGitToken(c, deps)
  const secret = secretOfJob(jobId)
  const { tokenKeeper } = deps
  if (tokenKeeper === undefined) return
  if (secret !== undefined) {
    const job = await deps.queue.read(jobId)
    if (job === undefined) return
    if (token === null || (await tokenKeeper.secretFor(job.view.repo_url, token)) !== secret) {
      throw new Refusal(
        'GIT_TOKEN_MISSING',
        `This job came with a token, which is not kept; expected the same one in the header ${TOKEN_HEADER}.`,
        'curl -X POST -H "X-Git-Token: $GIT_TOKEN" with the job\'s address and /retry does it.',
      )
    }
  }
  if (token !== null) await tokenKeeper.keep(jobId, token)
}
