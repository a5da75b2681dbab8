/**
 * `X-Git-Token`: the token of a git host for one job. It is never a part of the job: its id may be made unguessable with it,
 * and the token itself goes to the keeper until the clone has ended.
 */

import { isToken } from '#base/git-tokens.ts'
import { secretOfJob } from '#base/job-id.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { AppContext, AppDeps, NotKept } from './deps.ts'
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

/**
 * Do what makes a job wait with its token at hand for the worker, who may be quicker than the answer. A token that does not
 * come to be used is not kept, and one that was there before is there again.
 *
 * @param held - `client`: whose share of tokens it counts to.
 * @param isUsed - Whether a clone follows.
 * @throws {Refusal} `GIT_TOKEN_IN_USE`, `TOO_MANY_TOKENS`; nothing was done.
 */
export async function withToken<T>(
  { tokenKeeper }: TokenDeps,
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
    kept.settle(isKept)
  }
}

const refusalOf = (reason: NotKept): Refusal =>
  reason === 'another is held'
    ? new Refusal(
        'GIT_TOKEN_IN_USE',
        'This job waits or runs with another token.',
        'Wait until it has ended, or cancel it.',
      )
    : new Refusal(
        'TOO_MANY_TOKENS',
        'As many tokens are held as there may be, of all callers or of your address.',
        'Try again when some of the jobs have ended.',
      )

/**
 * The token that another try of this job needs, and `null` where it needs none.
 *
 * @throws {Refusal} `GIT_TOKEN_MISSING`: the job came with a token, and this is not it. `BAD_FIELD`: it would not be used.
 */
export async function readRetryToken(c: AppContext, deps: TokenDeps, { view }: JobSnapshot): Promise<string | null> {
  const token = readGitToken(c, deps)
  const secret = secretOfJob(view.job_id)
  if (token === null && (secret === undefined || deps.tokenKeeper === undefined)) return null
  if (secret === undefined) {
    if (deps.isPrivateShared === true && /^https?:/.test(view.repo_url)) return token
    const hint = 'Leave the header out, or submit the repository with it.'
    throw new Refusal('BAD_FIELD', `${TOKEN_HEADER}: this job came without a token.`, hint)
  }
  if (token === null || (await deps.tokenKeeper?.secretFor(view.repo_url, token)) !== secret) {
    throw new Refusal(
      'GIT_TOKEN_MISSING',
      `This job came with a token, which is not kept; expected the same one in the header ${TOKEN_HEADER}.`,
      'curl -X POST -H "X-Git-Token: $GIT_TOKEN" with the job\'s address and /retry does it.',
    )
  }
  return token
}
