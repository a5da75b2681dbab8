/** Routes of the start page and the job pages, and of their buttons. Buttons are forms, so they work without JavaScript. */

import type { Hono } from 'hono'
import type { JobView } from '#queue/contract.ts'
import { jobHref } from '#templates/addresses.ts'
import { JobPage, type Waiting } from '#templates/job.tsx'
import { pageAccess } from './access.ts'
import { sendPage } from './compressed-responses.ts'
import { type AppDeps, type AppEnv, originOf } from './deps.ts'
import { showIndex } from './index-page.ts'
import { jobIdIn, readJob, refuseMissing, requireJob } from './job-in-path.ts'
import { suggestJobs } from './job-suggestions.ts'
import { retryJob } from './retry-job.ts'
import { paceOf } from './waiting-time.ts'

/** Number of log lines on a job's page, which links to the full log. */
const LOG_LINES = 200

export function addPageRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const { queue } = deps

  app.get('/', (c) => showIndex(c, deps))

  app.get('/jobs/:id', async (c) => {
    const { view } = await readJob(c, deps).catch((error) =>
      suggestJobs(c, deps, error, ({ job_id }) => jobHref(job_id)),
    )
    const { events: log, earlier, after, digest } = await queue.readLogEnd(view.job_id, LOG_LINES)
    const waiting = view.status === 'queued' ? await waitOf(view) : null
    c.header('Cache-Control', 'no-store')
    const parts = { job: view, log, earlier, after, digest, waiting, now: deps.clock() }
    const page = { ...parts, origin: originOf(c, deps), access: pageAccess(c, deps), asset: deps.assets.version }
    return await sendPage(c, String(await JobPage(page)))
  })

  /** Why a job is waiting, and for how long. */
  async function waitOf({ queue_position: position }: JobView): Promise<Waiting> {
    const { counts, paused, workers } = await queue.state()
    const isMoving = paused === null && workers > 0 && position !== null
    const paceMs = isMoving ? await paceOf(queue, counts) : null
    const aboutMs = paceMs === null || position === null ? null : position * paceMs
    return { pausedSince: paused?.since ?? null, hasWorkers: workers > 0, aboutMs }
  }

  app.post('/jobs/:id/cancel', async (c) => {
    const { view } = await requireJob(c, deps, await queue.cancel(jobIdIn(c)))
    return c.redirect(jobHref(view.job_id), 303)
  })

  app.post('/jobs/:id/retry', async (c) => {
    const { view } = await retryJob(c, deps)
    return c.redirect(jobHref(view.job_id), 303)
  })

  app.post('/jobs/:id/delete', async (c) => {
    if (!(await queue.remove(jobIdIn(c)))) return refuseMissing(c, deps)
    return c.redirect('/', 303)
  })
}
