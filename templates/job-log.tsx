/** The log of a job. `job.js` appends lines with the same markup while the job runs. */

import type { ShownEvent } from '#queue/contract.ts'
import { endStateOf, formatClock } from './format.ts'

export interface JobLogProps {
  log: readonly ShownEvent[]
  after: string | null
  isOpen: boolean
  /** The job is running, so lines may be added. */
  isLive: boolean
  /** URL of the whole log; `null` before the first claim. */
  href: string | null
}

export function JobLog({ log, after, isOpen, isLive, href }: JobLogProps) {
  return (
    <details class="log" open={isOpen} data-log-box>
      <summary>Log</summary>
      <div
        class="log-lines"
        role="log"
        aria-live="off"
        aria-label="Log of the job"
        tabindex={0}
        data-log
        data-after={after}
      >
        {log.map((event) => (
          <div class={`log-line log-${kindOf(event)}`}>
            <time datetime={event.at}>{formatClock(event.at)}</time> <span>{textOf(event)}</span>
          </div>
        ))}
      </div>
      <div class="log-more quiet">
        {isLive && (
          <button class="small-button js-only" type="button" data-log-pause>
            Pause
          </button>
        )}
        <button class="small-button js-only" type="button" data-log-copy>
          Copy
        </button>
        {href !== null && (
          <a href={href} download>
            Download the whole log
          </a>
        )}
        <span>Times are in UTC.</span>
      </div>
    </details>
  )
}

const kindOf = (event: ShownEvent): string =>
  event.type === 'log' ? event.level : event.type === 'end' ? `end-${endStateOf(event)}` : 'progress'

function textOf(event: ShownEvent): string {
  if (event.type !== 'end') return event.text
  if (event.error !== null) return event.error.message
  return event.status === 'completed' ? 'Completed' : 'Returned to the queue'
}
