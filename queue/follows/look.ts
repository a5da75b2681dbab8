/** What the queue asks of the program that looks at the refs of repositories. */

import type { ErrorRecord } from '#base/errors.ts'
import type { FollowWish } from '#base/follow-wish.ts'
import type { RepositoryWish } from './follow-record.ts'

/** A look at the refs of a repository. */
export interface LookRequest {
  id: string
  repoUrl: string
  wish: FollowWish
  /** The documents of its default branch, if any; they contain its `docspool.json`. */
  docsKey: string | null
  /** What it said when that was last known. */
  said: RepositoryWish | undefined
}

export type LookResult =
  /** `ref` is `HEAD`, `refs/heads/…` or `refs/tags/…`; `commit` a full id. */
  | {
      is: 'seen'
      refs: { ref: string; commit: string }[]
      /** What the repository says, on which the choice of refs rests; `undefined` when it is not known. */
      said: RepositoryWish | undefined
    }
  | { is: 'failed'; error: ErrorRecord; isLimited: boolean; isPassing: boolean; retryAfterMs: number }

/** Asks hosts for refs. Resolves within `LOOK_MS` with results by id; a missing result means failure. Never rejects. */
export type Look = (requests: LookRequest[], signal: AbortSignal) => Promise<ReadonlyMap<string, LookResult>>
