/**
 * `X-Git-Token`: a git host's access token for one job. The token makes the job private and is kept until the clone is done: in
 * memory, or sealed in the database. It is never stored in the job.
 */

import { cleanUp } from '#base/clean-up.ts'
import { isToken } from '#base/git-tokens.ts'
import { secretOfJob } from '#base/private-jobs.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { AppContext, AppDeps, NotKept } from './deps.ts'
import { Refusal } from './problem.ts'

export const TOKEN_HEADER = 'X-Git-Token'

type TokenDeps = Pick<AppDeps, 'tokenKeeper' | 'whyNoTokens' | 'isPrivateShared'>

/**
 * The git token of a request, if any.
 *
 * @throws {Refusal} `BAD_FIELD`.
 */
export function readGitToken(c: AppContext, { tokenKeeper, whyNoTokens }: TokenDeps): string | null {
  const token = c.req.header(TOKEN_HEADER)
  if (token === undefined) return null
  if (tokenKeeper === undefined) {
    const why = whyNoTokens === undefined ? '' : `, because ${whyNoTokens}`
    throw new Refusal('BAD_FIELD', `${TOKEN_HEADER}: this service accepts no tokens${why}.`)
  }
  if (isToken(token)) return token
  throw new Refusal('BAD_FIELD', `${TOKEN_HEADER}: expected token or user:token, 1 to 2000 visible ASCII characters.`)
}

/**
 * The secret that makes a job private (`#base/private-jobs.ts`); `null` for public jobs.
 *
 * @param address - The normalised URL of the repository.
 * @throws {Refusal} `BAD_FIELD`: it is not an http or https URL.
 */
export async function jobSecretOf(address: string, token: string | null, deps: TokenDeps): Promise<string | null> {
  if (token === null || deps.tokenKeeper === undefined) return null
  if (!/^https?:/.test(address)) {
    throw new Refusal('BAD_FIELD', `${TOKEN_HEADER} is for https repositories only.`, 'Leave the header out.')
  }
  return deps.isPrivateShared === true ? null : await deps.tokenKeeper.secretFor(address, token)
}

/**
 * Queue a job with its token available to the worker, which may start before `work` returns. If no clone follows, the token
 * is dropped and the previous one restored.
 *
 * @param work - Queues the job.
 * @param isUsed - Whether a clone follows.
 * @throws {Refusal} `GIT_TOKEN_IN_USE`, `TOO_MANY_TOKENS`: `work` was not called.
 */
export async function withToken<T>(
  { tokenKeeper, log }: TokenDeps & Pick<AppDeps, 'log'>,
  { jobId, token, client }: { jobId: string; token: string | null; client: string | undefined },
  work: () => Promise<T>,
  isUsed: (result: T) => boolean,
): Promise<T> {
  if (token === null || tokenKeeper === undefined) return await work()
  const kept = await tokenKeeper.keep(jobId, token, client)
  if (typeof kept === 'string') throw refusalOf(kept)
  let isKept = false
  try {
    const result = await work()
    isKept = isUsed(result)
    return result
  } finally {
    await cleanUp(
      () => kept.settle(isKept),
      (error) => log.warn({ err: error, job_id: jobId }, 'a git token could not be settled'),
    )
  }
}

const refusalOf = (reason: NotKept): Refusal =>
  reason === 'token in use'
    ? new Refusal(
        'GIT_TOKEN_IN_USE',
        'This job is waiting or running with another token.',
        'Wait until it has finished, or cancel it.',
      )
    : new Refusal(
        'TOO_MANY_TOKENS',
        'The limit of stored tokens is reached, in total or for your address.',
        'Try again when some of the jobs have finished.',
      )

/**
 * The token for a retry of this job; `null` when it needs none.
 *
 * @throws {Refusal} `GIT_TOKEN_MISSING`: the job needs the token it was submitted with. `BAD_FIELD`: it uses no token.
 */
export async function readRetryToken(c: AppContext, deps: TokenDeps, { view }: JobSnapshot): Promise<string | null> {
  const token = readGitToken(c, deps)
  const secret = secretOfJob(view.job_id)
  if (token === null && (secret === undefined || deps.tokenKeeper === undefined)) return null
  if (secret === undefined) {
    if (deps.isPrivateShared === true && /^https?:/.test(view.repo_url)) return token
    const hint = 'Leave the header out, or submit the repository with it.'
    throw new Refusal('BAD_FIELD', `${TOKEN_HEADER}: this job was submitted without a token.`, hint)
  }
  if (token === null || (await deps.tokenKeeper?.secretFor(view.repo_url, token)) !== secret) {
    throw new Refusal(
      'GIT_TOKEN_MISSING',
      `This job was submitted with a token, which is no longer stored; expected the same one in the header ${TOKEN_HEADER}.`,
      'Use curl -X POST -H "X-Git-Token: $GIT_TOKEN" with the URL of the job and /retry.',
    )
  }
  return token
}
