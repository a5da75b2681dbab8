/** What an operator should know of the queue as a whole: jobs wait for a reason that no job can tell. */

import { Time } from './parts.tsx'

export interface QueueNoticesProps {
  /** ISO 8601 UTC, while an operator keeps jobs from beginning. */
  pausedSince: string | null
  /** Some supervisor lives. */
  hasWorkers: boolean
}

export function QueueNotices({ pausedSince, hasWorkers }: QueueNoticesProps) {
  return (
    <>
      {pausedSince !== null && (
        <p class="card banner" role="status">
          <strong>The queue is paused</strong> (<Time iso={pausedSince} />
          ). Submissions are accepted and wait; <code>node src/docspool.mjs resume</code> lets them begin.
        </p>
      )}
      {!hasWorkers && (
        <p class="card banner" role="status">
          <strong>Nobody works on the queue.</strong> Submissions are accepted and wait for a supervisor:{' '}
          <code>node src/docspool.mjs supervise</code>, with the spool folder of this server.
        </p>
      )}
    </>
  )
}
