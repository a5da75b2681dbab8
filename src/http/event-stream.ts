/**
 * `GET /api/job/{id}/events`: live events of a job, as Server-Sent Events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html) or as lines for a terminal.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import { escapeControls } from '#base/control-characters.ts'
import type { JobNews } from '#queue/contract.ts'
import { formOf } from './content-negotiation.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { createNarrator } from './event-lines.ts'
import { readJob } from './job-in-path.ts'
import { createStreams, type Stream } from './limits/open-streams.ts'
import { Refusal } from './problem.ts'
import { readQuery } from './query-parameters.ts'
import { toBody } from './streamed-response.ts'

/** Reconnection delay for browsers. */
const RETRY_MS = 2_000
const BEAT_MS = 15_000
/** Shorter than the time after which servers and proxies close silent connections: a job may wait for hours. */
const TEXT_BEAT_MS = 30_000

export const EventParameters = z.strictObject({
  after: z.string().max(100).optional().describe('The id of an event; continue after it.'),
})

export function addEventRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const open = createStreams(deps.signal, deps.limits)

  app.on('GET', ['/api/job/:id/events', '/api/jobs/:id/events'], async (c) => {
    const { after } = readQuery(c, EventParameters, 'after (the id of an event)')
    const { view } = await readJob(c, deps)
    const isText = isForTerminal(c)
    c.header('Cache-Control', 'no-store')
    // Otherwise nginx buffers events.
    c.header('X-Accel-Buffering', 'no')
    c.header('Content-Type', isText ? 'text/plain; charset=UTF-8' : 'text/event-stream')
    if (c.req.raw.method === 'HEAD') return c.body(null)
    const stream = open(c.var.limits.callerOf(c))
    deps.metrics?.streamOpened(stream.signal)
    const { queue } = deps
    // A reconnecting browser sends this header along with the original URL.
    const news = queue.streamEvents(view.job_id, c.req.header('last-event-id') ?? after ?? null, stream.signal)
    const first = await firstOf(news, stream)
    if (first === undefined) {
      if (deps.signal.aborted) throw new Refusal('SHUTTING_DOWN', 'The service is shutting down.')
      await readJob(c, deps)
      // There are no more events; 204 stops browsers from reconnecting.
      c.header('Content-Type', undefined)
      return c.body(null, 204)
    }
    const all = startingWith(first, news)
    if (isText) {
      const write = createNarrator(originOf(c, deps))
      const beat = { text: '\n', everyMs: TEXT_BEAT_MS }
      return c.body(toBody(all, { write, beat, onEnd: stream.release }))
    }
    return c.body(
      toBody(all, {
        write: toServerSent,
        opening: `retry: ${RETRY_MS}\n\n`,
        beat: { text: ':\n\n', everyMs: BEAT_MS },
        onEnd: stream.release,
      }),
    )
  })
}

/** Browsers that open the URL get lines, too, because they would download events as a file. */
function isForTerminal(c: AppContext): boolean {
  if ((c.req.header('accept') ?? '').includes('text/event-stream')) return false
  const form = formOf(c, 'json')
  return form === 'text' || form === 'html'
}

async function firstOf(news: AsyncIterator<JobNews>, { release }: Stream): Promise<JobNews | undefined> {
  try {
    const first = await news.next()
    if (!first.done) return first.value
    release()
    return undefined
  } catch (error) {
    release()
    throw error
  }
}

function startingWith<T>(first: T, rest: AsyncIterator<T>): AsyncIterator<T> {
  let isFirst = true
  return {
    async next() {
      if (!isFirst) return await rest.next()
      isFirst = false
      return { value: first, done: false }
    },
    async return() {
      return (await rest.return?.()) ?? { value: undefined, done: true }
    },
  }
}

/** Neither JSON nor ids contain line feeds, so each field is one line. */
function toServerSent({ id, type, data }: JobNews): string {
  return `id: ${id}\nevent: ${type}\ndata: ${escapeControls(JSON.stringify(data))}\n\n`
}
