/** A followed repository as shown by the API and on pages. Pure. */

import { z } from 'zod'
import { formatEvery } from '#base/followed-refs.ts'
import { CountedRange, type Follow, type RefFailure } from './follow-record.ts'

const Time = z.iso.datetime()

export const FollowView = z.object({
  repo_url: z.string(),
  branches: z
    .array(z.string())
    .nullable()
    .describe('Patterns of branches besides the default branch; null: as set in docspool.json of the repository.'),
  tags: z.array(z.string()).nullable().describe('Patterns of tags; null: as set in docspool.json of the repository.'),
  keep: z.int().nullable().describe('The maximum number of branches, and of tags; null for the default, 20.'),
  every: z.string().describe('How often the host is asked for changes, from 15m to 30d.'),
  created_at: Time,
  looked_at: Time.nullable().describe('When the host last answered.'),
  next_look_at: Time.nullable().describe('When the host will be asked next.'),
  told_at: Time.nullable().describe('When a webhook last reported a push.'),
  error: z
    .object({ code: z.string(), message: z.string(), hint: z.string().nullable() })
    .nullable()
    .describe('Why the last request to the host failed; null if it succeeded.'),
  refs: z.array(
    z.object({
      ref: z.string().describe('HEAD for the default branch, or the full name of a branch or tag.'),
      commit: z.string(),
      job_id: z.string(),
      submitted_at: Time,
      failure: z
        .object({
          code: z.string(),
          message: z.string(),
          failed_at: Time,
          retry_at: Time.nullable().describe('When it is tried again; null after a cancellation.'),
        })
        .nullable()
        .describe('Why its last job failed; null if it did not.'),
    }),
  ),
  counted: z
    .array(CountedRange)
    // Earlier versions of the service do not send it.
    .default([])
    .describe('Commits that branches have and documents do not contain yet, as far as they could be counted.'),
})
export type FollowView = z.infer<typeof FollowView>

/** @param nextMs - When the next check is due. */
export function toFollowView(follow: Follow, nextMs: number | undefined): FollowView {
  const { repo_url, wish, created_at, looked_at, told_at, error, refs, counted = [] } = follow
  return {
    repo_url,
    branches: wish.branches ?? null,
    tags: wish.tags ?? null,
    keep: wish.keep ?? null,
    every: formatEvery(follow.every_minutes),
    created_at,
    looked_at,
    next_look_at: nextMs === undefined ? null : new Date(nextMs).toISOString(),
    told_at,
    error,
    refs: refs.map(({ failure, ...ref }) => ({ ...ref, failure: failure === undefined ? null : viewOf(failure) })),
    counted,
  }
}

const viewOf = ({ code, message, failed_at, retry_at }: RefFailure) => ({ code, message, failed_at, retry_at })
