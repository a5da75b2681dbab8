/** Converts unexpected responses of git hosts to errors. Pure. */

import type { IncomingMessage } from 'node:http'
import type { Repository } from '#base/repository.ts'
import { readRetryAfter } from '#base/retry-after.ts'
import { HostUnreachable } from '#egress/errors.ts'
import {
  GitTokenRefused,
  NeedsAuthentication,
  NotARepository,
  RateLimited,
  RedirectRefused,
  RepositoryNotFound,
} from './errors.ts'

/** Statuses that hosts use to hide private repositories, and 429, because rate limits are higher with a token. */
const NEEDS_CREDENTIALS: ReadonlySet<number | undefined> = new Set([401, 403, 404, 429])

/** Whether the same request may succeed with credentials. */
export const mayNeedCredentials = (answer: IncomingMessage): boolean => NEEDS_CREDENTIALS.has(answer.statusCode)

/**
 * Throws the error for an unexpected response, and ends the response.
 *
 * @param type - The expected media type.
 * @param hasCredentials - Whether the request contained credentials.
 */
export function checkAnswer(
  answer: IncomingMessage,
  type: string,
  repository: Repository,
  hasCredentials: boolean,
): void {
  const { host, fullName } = repository
  const status = answer.statusCode ?? 0
  const foundType = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (status === 200 && foundType === type) return
  answer.destroy()
  const retryAfterSeconds = readRetryAfter(answer.headers['retry-after'])
  if (status === 429 || (status === 403 && retryAfterSeconds !== undefined)) {
    throw new RateLimited(`${host} has received too many requests from this machine.`, { retryAfterSeconds })
  }
  if (hasCredentials && (status === 401 || status === 403)) {
    throw new GitTokenRefused(`${host} refuses access to ${fullName} with this token (status ${status}).`)
  }
  if (status === 401 || status === 403 || status === 407) {
    throw new NeedsAuthentication(`${host} refuses access to ${fullName} without credentials (status ${status}).`)
  }
  if (status === 404 || status === 410) {
    const who = hasCredentials ? ' that the token can read' : ''
    throw new RepositoryNotFound(`${host} has no repository ${fullName}${who}.`, hasCredentials ? 'token' : 'nothing')
  }
  if (status === 408 || status >= 500) {
    throw new HostUnreachable(`${host} is unavailable or busy (status ${status}).`, { retryAfterSeconds })
  }
  if (status >= 300 && status < 400) throw new RedirectRefused(`${host} redirects a request for a pack.`)
  const answered = status === 200 ? 'found a web page or file' : `found status ${status}`
  throw new NotARepository(`Expected a git repository at ${host}/${fullName}, ${answered}.`)
}
