/**
 * Keeps the job page up to date: asks for the job and is answered when it has changed. Progress is written into the
 * page that is there; a new state brings a new page from the server, so that there is one place that knows how it looks.
 */

const PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** Long enough to see that it is done. */
const DONE_MS = 800

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const main = () => document.querySelector('[data-job]')
const isUnfinished = (status) => status === 'queued' || status === 'processing'

function write(field, text) {
  const element = main().querySelector(`[data-field="${field}"]`)
  if (element !== null && element.textContent !== text) element.textContent = text
}

function showProgress(job) {
  write('progress', job.progress)
  write('percent', `${job.percent} %`)
  if (job.queue_position !== null) write('position', `Number ${job.queue_position} in the queue`)
  const bar = main().querySelector('[data-field="bar"]')
  if (bar !== null) bar.value = job.percent
  let state = main().querySelector(`[data-stage="${CSS.escape(job.stage ?? '')}"]`) === null ? 'ahead' : 'done'
  for (const step of main().querySelectorAll('[data-stage]')) {
    const isNow = step.dataset.stage === job.stage
    if (isNow) state = 'ahead'
    step.className = `step step-${isNow ? 'now' : state}`
    if (isNow) step.setAttribute('aria-current', 'step')
    else step.removeAttribute('aria-current')
  }
}

/** Put the server's page of this moment in the place of the one that is there. */
async function renew() {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' })
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = page.querySelector('main')
  if (fresh === null) return
  document.title = page.title
  main().replaceWith(document.adoptNode(fresh))
  document.dispatchEvent(new Event('docspool:content'))
}

/** Follow the job to its end. */
async function follow() {
  const url = `/api/job/${encodeURIComponent(main().dataset.job)}`
  let tag = null
  let failures = 0
  while (isUnfinished(main()?.dataset.status)) {
    const headers = { Accept: 'application/json', ...(tag === null ? {} : { 'If-None-Match': tag }) }
    const answer = await fetch(`${url}?wait=${tag === null ? 0 : 30}`, { headers, cache: 'no-store' }).catch(() => null)
    if (answer?.status === 404) return renew()
    if (answer?.status === 200) {
      tag = answer.headers.get('ETag')
      const job = await answer.json()
      if (job.status === main().dataset.status) showProgress(job)
      else await renew()
    }
    failures = answer?.status === 200 || answer?.status === 304 ? 0 : failures + 1
    await pause(Math.min(PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS))
  }
  const docs = main()?.querySelector('a[data-docs]')
  if (!docs) return
  await pause(DONE_MS)
  location.assign(docs.href)
}

if (isUnfinished(main()?.dataset.status)) follow()
