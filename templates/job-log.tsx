/** The log of a job. `job.js` appends lines with the same markup while the job runs. */

import type { ShownEvent } from '#queue/contract.ts'
import { endStateOf, formatClock } from './format.ts'
import { stageTitle } from './job-stages.ts'

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
        {byStage(log).map(({ stage, lines }, index, groups) => (
          <details
            class="log-stage"
            data-log-stage={stage}
            open={isLive || index === groups.length - 1 || lines.some(({ event }) => isTrouble(event))}
          >
            <summary>{stageTitle(stage) ?? stage}</summary>
            {lines.map(({ event, number }) => (
              <div class={`log-line log-${kindOf(event)}`} id={`L${number}`}>
                <a href={`#L${number}`}>
                  <time datetime={event.at}>{formatClock(event.at)}</time>
                </a>{' '}
                <span>{textOf(event)}</span>
              </div>
            ))}
          </details>
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

interface LogPart {
  stage: string
  /** With their numbers, from 1. */
  lines: { event: ShownEvent; number: number }[]
}

/** Consecutive lines of the same stage; other lines belong to the stage before them. */
function byStage(log: readonly ShownEvent[]): LogPart[] {
  const parts: LogPart[] = []
  for (const [index, event] of log.entries()) {
    const last = parts.at(-1)
    const stage = event.type === 'progress' ? event.stage : (last?.stage ?? 'Start')
    if (last?.stage === stage) last.lines.push({ event, number: index + 1 })
    else parts.push({ stage, lines: [{ event, number: index + 1 }] })
  }
  return parts
}

const isTrouble = (event: ShownEvent): boolean => event.type === 'log' && event.level !== 'info'

const kindOf = (event: ShownEvent): string =>
  event.type === 'log' ? event.level : event.type === 'end' ? `end-${endStateOf(event)}` : 'progress'

function textOf(event: ShownEvent): string {
  if (event.type !== 'end') return event.text
  if (event.error !== null) return event.error.message
  return event.status === 'completed' ? 'Completed' : 'Returned to the queue'
}
