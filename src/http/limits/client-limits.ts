/**
 * The limits of each client (`AccessLimits`): submissions, searches, questions for a model, failed logins and unfinished jobs.
 * Expensive requests count as several searches. Callers with the service's token, and clients without an address, are not limited.
 */

import type { AccessLimits } from '#base/access-settings.ts'
import type { Caller } from '#base/caller.ts'
import type { ReadClient } from '#http/caller-address.ts'
import type { AppContext, AppDeps } from '#http/deps.ts'
import { Refusal } from '#http/problem.ts'
import { JobQuota } from './job-quota.ts'
import { type Rate, type RateDecision, RateLimiter } from './rate-limit.ts'

/** Wrong tokens: enough for typing errors, too few for guessing. */
const ATTEMPTS: Rate = { name: 'attempts', max: 20, windowS: 120 }
/** `Retry-After` for a client with too many jobs. */
const JOBS_RETRY_S = 30
/** Cost of a large refused webhook, which was compared with all secrets. An unverified one counts as refused. */
const REFUSED_HOOK_COST = 20
/** Refused webhooks up to this size have a separate limit; each costs one per 8 KiB. */
const SMALL_HOOK_BYTES = 65_536
const BYTES_PER_COST = 8_192

export interface Limits {
  /** The caller, for limits of concurrency. */
  callerOf(c: AppContext): Caller
  /**
   * Count a submission, before its body is read.
   *
   * @throws {Refusal} `RATE_LIMITED`
   */
  submission(c: AppContext): void
  /** Count a submission that is optional for the response. @returns false when the client is over its limit. */
  maySubmit(c: AppContext): boolean
  /**
   * Count a job that a submission may create.
   *
   * @returns A function to call if the submission has created no job.
   * @throws {Refusal} `TOO_MANY_JOBS`
   */
  job(c: AppContext, jobId: string): Promise<() => void>
  /**
   * Count a search, or a request that costs as much as several.
   *
   * @throws {Refusal} `RATE_LIMITED`
   */
  search(c: AppContext, amount?: number): void
  /** Count a search that is optional for the response. @returns false when the client is over its limit. */
  maySearch(c: AppContext): boolean
  /** Count a question for a model. @returns false when the client is over its limit. */
  mayAskModel(c: AppContext): boolean
  /** Count the additional cost of a search that has already been counted, in searches; also while the response is sent. */
  searched(c: AppContext, amount: number): void
  /** Count a search that was aborted because it took too long: the client must wait for a whole window. */
  exhaustSearches(c: AppContext): void
  /**
   * Count a webhook as refused, before its body is read. Refused webhooks have a separate limit, and small ones another, which
   * allows many more: strangers can make a forge send webhooks with a wrong signature from the same addresses as genuine ones.
   *
   * @param bytes - The declared length of its body, if any.
   * @returns A function to call when the webhook has been verified.
   * @throws {Refusal} `RATE_LIMITED`
   */
  hook(c: AppContext, bytes: number | undefined): () => void
  /** True when this client has sent too many wrong tokens. */
  hasNoAttemptsLeft(c: AppContext): boolean
  /** Count a wrong token. */
  attempt(c: AppContext): void
}

export function createLimits(
  deps: Pick<AppDeps, 'queue' | 'clock' | 'limits' | 'hooks' | 'clientJobs'>,
  readClient: ReadClient,
): Limits {
  const { queue, clock, limits } = deps
  const submissions = bucketsOf(limits, (each) => ({
    name: 'submissions',
    max: each.submissionsPerHour,
    windowS: 3_600,
  }))
  const searches = bucketsOf(limits, (each) => ({ name: 'searches', max: each.searchesPerMinute, windowS: 60 }))
  const questions = bucketsOf(limits, (each) => ({ name: 'questions', max: each.questionsPerHour, windowS: 3_600 }))
  const attempts = new RateLimiter(ATTEMPTS)
  const hooksPerMinute = deps.hooks?.perMinute ?? 0
  const hookRate = { name: 'hooks', max: hooksPerMinute, windowS: 60 }
  const [hooks, refusedHooks, refusedSmallHooks] =
    hooksPerMinute === 0 ? [] : [hookRate, hookRate, hookRate].map((rate) => new RateLimiter(rate))
  const jobsPerClient = limits?.jobsPerClient ?? 0
  const unfinished = jobsPerClient === 0 ? undefined : (deps.clientJobs ?? new JobQuota(queue, jobsPerClient))

  const clientOf = (c: AppContext): string | undefined => (c.var.isKnown ? undefined : readClient(c))

  /**
   * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
   *
   * A response that has been made keeps its headers: a streamed one may be charged while it is sent.
   */
  function setHeaders(c: AppContext, { name, max, windowS }: Rate, { left, fullInS }: Omit<RateDecision, 'ok'>): void {
    if (c.finalized) return
    c.header('RateLimit-Policy', `"${name}";q=${max};w=${windowS}`)
    c.header('RateLimit', `"${name}";r=${left};t=${fullInS}`)
  }

  function take(c: AppContext, buckets: RateLimiter | undefined, what: string, amount = 1): void {
    const client = clientOf(c)
    if (buckets === undefined || client === undefined) return
    const taken = buckets.take(client, clock(), amount)
    const { ok, retryInS } = taken
    setHeaders(c, buckets.rate, taken)
    if (ok) return
    const hint = 'Wait for the time in Retry-After. Callers with the token of the service are not limited.'
    throw new Refusal('RATE_LIMITED', `Your address has sent too many ${what}.`, hint, retryInS)
  }

  function mayTake(c: AppContext, buckets: RateLimiter | undefined): boolean {
    const client = clientOf(c)
    return buckets === undefined || client === undefined || buckets.take(client, clock()).ok
  }

  return {
    callerOf: (c) => ({ signal: c.req.raw.signal, client: clientOf(c) }),
    submission: (c) => take(c, submissions, 'submissions'),
    maySubmit: (c) => mayTake(c, submissions),
    async job(c, jobId) {
      const client = clientOf(c)
      if (client === undefined || unfinished === undefined) return () => undefined
      const release = await unfinished.take(client, jobId)
      if (release !== undefined) return release
      const hint = 'Wait until one of them has finished, or cancel one.'
      const message = `Too many jobs from your address have not finished yet; the limit is ${jobsPerClient}.`
      throw new Refusal('TOO_MANY_JOBS', message, hint, JOBS_RETRY_S)
    },
    search: (c, amount) => take(c, searches, 'searches', amount),
    maySearch: (c) => mayTake(c, searches),
    mayAskModel: (c) => mayTake(c, questions),
    searched(c, amount) {
      const client = clientOf(c)
      if (searches === undefined || client === undefined || amount <= 0) return
      setHeaders(c, searches.rate, searches.charge(client, clock(), amount))
    },
    exhaustSearches(c) {
      this.searched(c, 2 * (searches?.rate.max ?? 0))
    },
    hook(c, bytes = Number.POSITIVE_INFINITY) {
      take(c, hooks, 'webhooks', 0)
      const isSmall = bytes <= SMALL_HOOK_BYTES
      const refused = isSmall ? refusedSmallHooks : refusedHooks
      take(c, refused, 'webhooks that were refused', 0)
      const client = clientOf(c)
      if (client === undefined || hooks === undefined || refused === undefined) return () => undefined
      const cost = isSmall ? Math.max(1, Math.ceil(bytes / BYTES_PER_COST)) : REFUSED_HOOK_COST
      const { charged } = refused.charge(client, clock(), cost)
      return () => {
        refused.charge(client, clock(), -charged)
        setHeaders(c, hooks.rate, hooks.charge(client, clock(), 1))
      }
    },
    hasNoAttemptsLeft(c) {
      const client = readClient(c)
      return client !== undefined && attempts.isEmpty(client, clock())
    },
    attempt(c) {
      const client = readClient(c)
      if (client !== undefined) attempts.take(client, clock())
    },
  }
}

function bucketsOf(limits: AccessLimits | undefined, rateOf: (limits: AccessLimits) => Rate): RateLimiter | undefined {
  if (limits === undefined) return undefined
  const rate = rateOf(limits)
  return rate.max === 0 ? undefined : new RateLimiter(rate)
}
