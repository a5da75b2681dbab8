/** Events of a job as lines for terminals and log files. */

import { plainLine } from '#base/control-characters.ts'
import type { JobNews, JobView, ShownEvent } from '#queue/contract.ts'
import { endStateOf, isUnfinished } from '#templates/format.ts'
import { jobLine } from './job-lines.ts'

/** `2026-10-02T09:14:04.120Z  analyse  52 %  Reading src/app.py` and a line feed. */
export function logLine(event: ShownEvent): string {
  return `${plainLine(`${event.at}  ${wordsOf(event)}`)}\n`
}

/**
 * Returns a function that formats what `streamEvents` yields, with the time of day (UTC) before each event. The last line is
 * the state of the finished job.
 */
export function createNarrator(origin: string): (news: JobNews) => string {
  let job: JobView | undefined
  return function narrate(news) {
    if (news.type === 'state') {
      job = news.data
      return isUnfinished(job) ? `${jobLine(job, origin)}\n` : ''
    }
    if (news.type === 'end' && job !== undefined && !isUnfinished(job)) return `${jobLine(job, origin)}\n`
    const event = { type: news.type, ...news.data } as ShownEvent
    return `${plainLine(`${event.at.slice(11, 19)}  ${wordsOf(event)}`)}\n`
  }
}

function wordsOf(event: ShownEvent): string {
  switch (event.type) {
    case 'progress':
      return `${event.stage}  ${event.percent} %  ${event.text}`
    case 'log':
      return `${event.level}  ${event.text}`
    case 'end': {
      const { status, error } = event
      if (error === null) return status === 'queued' ? 'queued  to run again' : status
      return `${endStateOf(event)}  ${error.message}${error.hint === null ? '' : ` ${error.hint}`} (${error.code})`
    }
  }
}
