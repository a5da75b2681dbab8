/** What an operator should know of the queue as a whole: jobs wait for a reason that no job can tell. */

import { PROGRAM } from '#base/program.ts'
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
          ). Submissions are accepted and wait until <code>{PROGRAM} resume</code> lets jobs start.
        </p>
      )}
      {!hasWorkers && (
        <p class="card banner" role="status">
          <strong>No supervisor is running, so no job starts.</strong> Submissions are accepted and wait. Start one with{' '}
          <code>{PROGRAM} supervise</code>, on the spool folder of this server.
        </p>
      )}
    </>
  )
}
