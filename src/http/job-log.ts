/** `GET /api/job/{id}/log`: the log of a claim as a text file. */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { LogPiece, ShownEvent } from '#queue/contract.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { logLine } from './event-lines.ts'
import { readJob } from './job-in-path.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'
import { readQuery } from './query-parameters.ts'
import { toBody } from './streamed-response.ts'

export const LogParameters = z.strictObject({
  format: z.enum(['text', 'ndjson']).default('text'),
  epoch: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .optional()
    .meta({ description: 'Number of a claim, from 1; the newest by default.', examples: ['1'] }),
})

export function addLogRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.on('GET', ['/api/job/:id/log', '/api/jobs/:id/log'], async (c) => {
    const { format, epoch: wanted } = readQuery(c, LogParameters, 'format (text or ndjson) and epoch (a number)')
    const { view } = await readJob(c, deps)
    const epoch = wanted ?? view.epoch
    const read = (offset: number) => deps.queue.readLog(view.job_id, epoch, offset)
    const first = epoch === 0 || epoch > view.epoch ? undefined : await read(0)
    if (first === undefined) {
      const hint = view.epoch === 0 ? 'The job has not started yet.' : `Claims are numbered from 1 to ${view.epoch}.`
      throw new Refusal('NO_LOG', 'There is no such log.', hint)
    }
    const isText = format === 'text'
    c.header('Cache-Control', 'no-store')
    c.header('Content-Type', isText ? 'text/plain; charset=UTF-8' : 'application/x-ndjson')
    const file = `${view.job_id}.${epoch}.${isText ? 'log' : 'ndjson'}`
    c.header('Content-Disposition', `attachment; filename="${file}"`)
    return c.body(toBody(pieces(first, read), { write: isText ? textOf : ndjsonOf }))
  })
}

async function* pieces(
  first: LogPiece<ShownEvent>,
  read: (offset: number) => Promise<LogPiece<ShownEvent> | undefined>,
): AsyncGenerator<LogPiece<ShownEvent>> {
  for (let piece: LogPiece<ShownEvent> | undefined = first; piece !== undefined; ) {
    yield piece
    piece = piece.isMore ? await read(piece.next) : undefined
  }
}

const textOf = ({ events }: LogPiece<ShownEvent>): string => events.map(({ event }) => logLine(event)).join('')
const ndjsonOf = ({ events }: LogPiece<ShownEvent>): string => events.map(({ event }) => jsonText(event)).join('')
