/** Notices that the queue is paused or that no supervisor is running. */

import { PROGRAM } from '#base/program.ts'
import { Time } from './parts.tsx'

export interface QueueNoticesProps {
  /** ISO 8601 UTC, while the queue is paused. */
  pausedSince: string | null
  /** A supervisor is running. */
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
          <code>{PROGRAM} supervise</code> with the settings of this server.
        </p>
      )}
    </>
  )
}
