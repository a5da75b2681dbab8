/** Pages for browsers, and the buttons on them: every button is a form, so they work without JavaScript. */

import type { Hono } from 'hono'
import { JobPage } from '#templates/job.tsx'
import { type AppDeps, type AppEnv, originOf } from './deps.ts'
import { indexPage } from './index-page.ts'
import { jobIdIn, known, readJob, refuseMissing } from './job-id.ts'
import { jobPath } from './lines.ts'

/** Of a job's log on its page; there is a link to the whole. */
const LOG_LINES = 50

export function addPageRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const { queue } = deps

  app.get('/', (c) => indexPage(c, deps))

  app.get('/jobs/:id', async (c) => {
    const { view } = await readJob(c, deps)
    const { events: log, after } = await queue.readLogEnd(view.job_id, LOG_LINES)
    c.header('Cache-Control', 'no-store')
    return c.html(JobPage({ job: view, log, after, origin: originOf(c, deps), asset: deps.assets.version }))
  })

  app.post('/jobs/:id/cancel', async (c) => {
    const { view } = await known(c, deps, await queue.cancel(jobIdIn(c)))
    return c.redirect(jobPath(view.job_id), 303)
  })

  app.post('/jobs/:id/retry', async (c) => {
    const { view } = await known(c, deps, await queue.retry(jobIdIn(c)))
    return c.redirect(jobPath(view.job_id), 303)
  })

  app.post('/jobs/:id/delete', async (c) => {
    if (!(await queue.remove(jobIdIn(c)))) return refuseMissing(c, deps)
    return c.redirect('/', 303)
  })
}
