/**
 * The record of a followed repository and its transitions. Pure: the clock is an argument. The time of the next check is
 * in the schedule of the storage (`FollowSchedule`), not in the record.
 */

import { z } from 'zod'
import { FullCommitId } from '#base/commit-id.ts'
import type { ErrorRecord } from '#base/errors.ts'
import { FollowWish, MAX_EVERY_MINUTES, MIN_EVERY_MINUTES } from '#base/followed-refs.ts'
import { foldUrl } from '#base/job-id.ts'
import { sha256Of } from '#base/sha256.ts'

const Time = z.iso.datetime()
const Count = z.int().nonnegative()

/** Raise it with each change that earlier versions of docspool would misread. */
export const FOLLOW_VERSION = 1

/** Stands for the default branch. */
export const HEAD = 'HEAD'
/** `refs/heads/main` → `main`, `refs/tags/v1` → `v1`; others, such as `HEAD`, are unchanged. */
export const refNameOf = (ref: string): string => ref.replace(/^refs\/(?:heads|tags)\//, '')

/** The default branch, 100 branches and 100 tags. */
export const MAX_REFS = 201

/** Why the last job of a branch or tag failed. */
export const RefFailure = z.object({
  code: z.string().max(100),
  message: z.string().max(2_000),
  failed_at: Time,
  /** Number of consecutive failures of this commit. */
  tries: Count,
  /** When it is retried; `null` if never. */
  retry_at: Time.nullable(),
})
export type RefFailure = z.infer<typeof RefFailure>

/** A branch or tag whose commit was submitted. */
export const FollowedRef = z.object({
  /** `HEAD` for the default branch, `refs/heads/…`, `refs/tags/…`. */
  ref: z.string().max(300),
  commit: FullCommitId,
  job_id: z.string().min(1).max(200),
  submitted_at: Time,
  /** Absent when its last job has not failed. */
  failure: RefFailure.optional(),
})
export type FollowedRef = z.infer<typeof FollowedRef>

const Identity = z.object({
  version: z.literal(FOLLOW_VERSION),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  rev: Count,
})

/** The last known settings from the repository's `docspool.json`. */
export const RepositoryWish = z.object({
  /** The key of the set of the default branch that contains the wish. */
  docs_key: z.string().max(100),
  wish: FollowWish,
})
export type RepositoryWish = z.infer<typeof RepositoryWish>

/** The number of commits on a branch since a documented commit. */
export const CountedRange = z.object({
  from: FullCommitId.describe('A documented commit.'),
  to: FullCommitId.describe('The newest commit of its branch; for a tag, that of the default branch.'),
  commits: Count,
})
export type CountedRange = z.infer<typeof CountedRange>
const MAX_COUNTED = 50

export const Follow = Identity.extend({
  status: z.literal('followed'),
  /** Normalised. */
  repo_url: z.string().max(4_000),
  wish: FollowWish,
  every_minutes: z.int().min(MIN_EVERY_MINUTES).max(MAX_EVERY_MINUTES),
  created_at: Time,
  /** When `wish` or `every_minutes` last changed. */
  changed_at: Time,
  /** When the host last answered; `null` if it has not yet. */
  looked_at: Time.nullable(),
  /** When a webhook last reported a push; `null` if none has. */
  told_at: Time.nullable(),
  /** Consecutive failed checks. */
  failures: Count,
  error: z
    .object({ code: z.string().max(100), message: z.string().max(4_000), hint: z.string().max(4_000).nullable() })
    .nullable(),
  refs: z.array(FollowedRef).max(MAX_REFS),
  /** Absent until a set of the default branch has been read. Kept even if that set is removed later. */
  repository_wish: RepositoryWish.optional(),
  /** The latest first. Absent until something has been counted. */
  counted: z.array(CountedRange).max(MAX_COUNTED).optional(),
})
export type Follow = z.infer<typeof Follow>

/** A tombstone. If the repository is followed again, revisions continue from it. */
const Removed = Identity.extend({ status: z.literal('removed') })
export const StoredFollow = z.discriminatedUnion('status', [Follow, Removed])
export type StoredFollow = z.infer<typeof StoredFollow>

/** 32 hex digits; equal for all URLs of the same repository. */
export const followIdOf = (repoUrl: string): string => sha256Of(foldUrl(repoUrl)).slice(0, 32)

const iso = (ms: number): string => new Date(ms).toISOString()

export interface FollowRequest {
  /** Normalised (`parseRepository`). */
  repoUrl: string
  wish: FollowWish
  everyMinutes: number
}

/** The first revision. */
export function createFollow({ repoUrl, wish, everyMinutes }: FollowRequest, now: number): Follow {
  return {
    version: FOLLOW_VERSION,
    id: followIdOf(repoUrl),
    rev: 1,
    status: 'followed',
    repo_url: repoUrl,
    wish,
    every_minutes: everyMinutes,
    created_at: iso(now),
    changed_at: iso(now),
    looked_at: null,
    told_at: null,
    failures: 0,
    error: null,
    refs: [],
  }
}

/** The operator has changed the settings. Submitted refs are kept. */
export function changeFollow(follow: Follow, { repoUrl, wish, everyMinutes }: FollowRequest, now: number): Follow {
  return {
    ...follow,
    repo_url: repoUrl,
    wish,
    every_minutes: everyMinutes,
    changed_at: iso(now),
    failures: 0,
    error: null,
  }
}

/** A webhook has reported a push. */
export const noteWebhook = (follow: Follow, now: number): Follow => ({ ...follow, told_at: iso(now) })

/**
 * The host has answered.
 *
 * @param refs - All refs that are kept now.
 * @param repositoryWish - The wish of the repository's `docspool.json`; `undefined` keeps the last known one.
 */
export const noteLook = (
  follow: Follow,
  {
    refs,
    repositoryWish,
    counted,
  }: { refs: FollowedRef[]; repositoryWish: RepositoryWish | undefined; counted: CountedRange[] },
  now: number,
): Follow => ({
  ...follow,
  ...withCounted(follow, refs, counted),
  ...(repositoryWish !== undefined && { repository_wish: repositoryWish }),
  looked_at: iso(now),
  failures: 0,
  error: null,
  refs: refs.map((ref) => withNewestFailure(ref, follow.refs)),
})

/** Counts remain valid, but only those up to the newest commit of a ref are useful. */
function withCounted(
  { counted: before = [] }: Follow,
  refs: readonly FollowedRef[],
  counted: readonly CountedRange[],
): Pick<Follow, 'counted'> {
  const newest = new Set(refs.map(({ commit }) => commit))
  const all = [...counted, ...before].filter(({ to }) => newest.has(to)).slice(0, MAX_COUNTED)
  return before.length + all.length === 0 ? {} : { counted: all }
}

/** The ref with its current failure, because a job may have ended while the host was asked. */
function withNewestFailure(ref: FollowedRef, current: readonly FollowedRef[]): FollowedRef {
  const same = current.find(
    ({ ref: name, commit, job_id }) => ref.ref === name && ref.commit === commit && ref.job_id === job_id,
  )
  if (same === undefined) return ref
  const { failure: _, ...rest } = ref
  return same.failure === undefined ? rest : { ...rest, failure: same.failure }
}

/** The check failed. */
export const noteFailure = (follow: Follow, { code, message, hint }: ErrorRecord): Follow => ({
  ...follow,
  failures: follow.failures + 1,
  error: { code: code.slice(0, 100), message: message.slice(0, 4_000), hint: hint?.slice(0, 4_000) ?? null },
})
