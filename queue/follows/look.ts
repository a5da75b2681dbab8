/** The contract between the queue and the program that fetches the refs of followed repositories. */

import type { ErrorRecord } from '#base/errors.ts'
import type { FollowWish } from '#base/followed-refs.ts'
import type { CountedRange, RepositoryWish } from './follow-record.ts'

/** A request for the refs of a repository. */
export interface LookRequest {
  /** The id of the follow. */
  id: string
  repoUrl: string
  wish: FollowWish
  /** The documentation set of the default branch, if there is one; its manifest contains the settings from the repository's `docspool.json`. */
  docsKey: string | null
  /** The last known settings from the repository's `docspool.json`; `undefined` if none is known. */
  repositoryWish: RepositoryWish | undefined
  /** The documented commits of refs, the most important ref first. */
  documented: { ref: string; commit: string }[]
  /** Ranges counted by earlier checks. */
  counted: CountedRange[]
}

export type LookResult =
  /** `ref` is `HEAD`, `refs/heads/…` or `refs/tags/…`; `commit` a full id. */
  | {
      is: 'seen'
      refs: { ref: string; commit: string }[]
      /** Ranges counted by this check. */
      counted: CountedRange[]
      /** The wish of the repository's `docspool.json` that determined the choice of refs; `undefined` if none is known. */
      repositoryWish: RepositoryWish | undefined
    }
  | {
      is: 'failed'
      error: ErrorRecord
      /** The host has refused the request because of its rate limit. */
      isLimited: boolean
      /** The error is temporary. */
      isPassing: boolean
      /** The delay that the host requests; 0 without one. */
      retryAfterMs: number
    }

/** Asks hosts for refs. Resolves within `LOOK_MS` with results by id; a missing result means failure. Never rejects. */
export type Look = (requests: LookRequest[], signal: AbortSignal) => Promise<ReadonlyMap<string, LookResult>>
