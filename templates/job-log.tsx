/** The log of a job. `job.js` appends lines with the same markup while the job runs. */

import type { EarlierEvents, ShownEvent } from '#queue/contract.ts'
import { endStateOf, formatClock } from './format.ts'
import { stageTitle } from './job-stages.ts'

export interface JobLogProps {
  /** The newest events. */
  log: readonly ShownEvent[]
  /** What precedes them. */
  earlier: EarlierEvents
  after: string | null
  isOpen: boolean
  /** The job is running, so lines may be added. */
  isLive: boolean
  /** URL of the full log; `null` before the first claim. */
  href: string | null
}

export function JobLog({ log, earlier, after, isOpen, isLive, href }: JobLogProps) {
  return (
    <details class="log" open={isOpen} data-log-box>
      <summary>Log</summary>
      <div class="log-lines" role="log" aria-live="off" aria-label="Job log" tabindex={0} data-log data-after={after}>
        {byStage(log, earlier).map(({ stage, lines }, index, groups) => (
          <details
            class="log-stage"
            data-log-stage={stage}
            open={isLive || index === groups.length - 1 || lines.some(({ event }) => isWarningOrError(event))}
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
            Download the full log
          </a>
        )}
        {earlier.count > 0 && <span>Earlier lines are only in the full log.</span>}
        <span>Times are in UTC.</span>
      </div>
    </details>
  )
}

interface LogPart {
  stage: string
  /** Each with its number in the full log, from 1. */
  lines: { event: ShownEvent; number: number }[]
}

/** Consecutive lines of the same stage; lines without a stage are grouped with the preceding stage. */
function byStage(log: readonly ShownEvent[], earlier: EarlierEvents): LogPart[] {
  const parts: LogPart[] = []
  for (const [index, event] of log.entries()) {
    const last = parts.at(-1)
    const stage = event.type === 'progress' ? event.stage : (last?.stage ?? earlier.stage ?? 'Start')
    const number = earlier.count + index + 1
    if (last?.stage === stage) last.lines.push({ event, number })
    else parts.push({ stage, lines: [{ event, number }] })
  }
  return parts
}

const isWarningOrError = (event: ShownEvent): boolean => event.type === 'log' && event.level !== 'info'

const kindOf = (event: ShownEvent): string =>
  event.type === 'log' ? event.level : event.type === 'end' ? `end-${endStateOf(event)}` : 'progress'

function textOf(event: ShownEvent): string {
  if (event.type !== 'end') return event.text
  if (event.error !== null) return event.error.message
  return event.status === 'completed' ? 'Completed' : 'Returned to the queue'
}
