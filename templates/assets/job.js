/**
 * Keeps the job page up to date: follows the job's events, or falls back to long polling if events do not arrive. Progress and
 * lines of the log are inserted into the page. For a new state, the page is fetched from the server, which renders it.
 */

const PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** How long the finished state is shown before the documentation opens. */
const DONE_MS = 800
/** The first event arrives at once, unless a proxy buffers events. */
const SILENT_MS = 5_000
/** A hidden page polls instead of holding a connection, because browsers limit connections per host. */
const UNSEEN_PAUSE_MS = 5_000
const LINES_EVERY_MS = 50
const MAX_LINES = 500
/** Within this distance, the log counts as scrolled to its end. */
const END_PX = 24

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const main = () => document.querySelector('[data-job]')
const log = () => main()?.querySelector('[data-log]')
const isUnfinished = (status) => status === 'queued' || status === 'processing'

/** The id of the last event that is on the page. */
let after = log()?.dataset.after ?? ''
let isFollowing = false
let renewed = Promise.resolve()
let lines = []
let isScheduled = false
/** The reader has paused the log; new lines are counted. */
let isHeld = false

function write(field, text) {
  const element = main().querySelector(`[data-field="${field}"]`)
  if (element !== null && element.textContent !== text) element.textContent = text
}

/** @param at - The time of the report, ISO 8601 UTC; unknown for a job that was only read. */
function showProgress({ progress, percent, stage, queue_position: position }, at) {
  write('progress', progress)
  write('percent', `${percent} %`)
  if (position !== null) write('position', `Number ${position.toLocaleString('en')} in the queue`)
  const bar = main().querySelector('[data-field="bar"]')
  if (bar !== null) bar.value = percent
  let state = main().querySelector(`[data-stage="${CSS.escape(stage ?? '')}"]`) === null ? 'ahead' : 'done'
  for (const step of main().querySelectorAll('[data-stage]')) {
    const isNow = step.dataset.stage === stage
    if (isNow) state = 'ahead'
    timeStep(step, isNow, at)
    step.className = `step step-${isNow ? 'now' : state}`
    if (isNow) step.setAttribute('aria-current', 'step')
    else step.removeAttribute('aria-current')
  }
}

/** Start counting the time of a new step, or show the duration of the step that has ended. */
function timeStep(step, isNow, at) {
  let time = step.querySelector('.step-time')
  const isCounting = time?.dataset.since !== undefined
  if (at === undefined || isNow === isCounting) return
  if (!isNow) {
    time.textContent = formatDuration(Date.parse(at) - Date.parse(time.dataset.since))
    delete time.dataset.since
    return
  }
  if (time === null) {
    time = document.createElement('span')
    time.className = 'step-time'
    step.append(' ', time)
  }
  time.dataset.since = at
  time.textContent = '0 s'
}

/** The same markup as in `job-log.tsx`. */
function toLine(number, at, kind, text) {
  const line = document.createElement('div')
  line.className = `log-line log-${kind}`
  line.id = `L${number}`
  const link = document.createElement('a')
  link.href = `#L${number}`
  const time = document.createElement('time')
  time.dateTime = at
  time.textContent = at.slice(11, 19)
  const span = document.createElement('span')
  span.textContent = text
  link.append(time)
  line.append(link, ' ', span)
  return line
}

/** The last fold of the log, or a new one for a new stage. Lines without a stage belong to the last fold. */
function foldOf(box, stage) {
  const last = box.lastElementChild
  const name = stage ?? last?.dataset.logStage ?? 'Start'
  if (last?.dataset.logStage === name) return last
  const fold = document.createElement('details')
  fold.className = 'log-stage'
  fold.dataset.logStage = name
  fold.open = true
  const summary = document.createElement('summary')
  const step = main().querySelector(`[data-stage="${CSS.escape(name)}"] .step-name`)
  summary.textContent = step?.textContent ?? name
  fold.append(summary)
  box.append(fold)
  return fold
}

function addLine(at, kind, text, stage) {
  lines.push({ at, kind, text, stage })
  if (lines.length > MAX_LINES) lines.shift()
  if (isScheduled) return
  isScheduled = true
  setTimeout(showLines, LINES_EVERY_MS)
}

/** Append new lines, and scroll only if the log was scrolled to its end. While the log is paused, lines wait. */
function showLines() {
  isScheduled = false
  const box = log()
  if (isHeld) showHeld()
  if (!box || isHeld || lines.length === 0) return
  const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX
  let number = Number([...box.querySelectorAll('.log-line')].at(-1)?.id.slice(1) ?? 0)
  for (const { at, kind, text, stage } of lines) foldOf(box, stage).append(toLine(++number, at, kind, text))
  lines = []
  for (const line of [...box.querySelectorAll('.log-line')].slice(0, -MAX_LINES)) line.remove()
  for (const fold of box.querySelectorAll('.log-stage:not(:has(.log-line))')) fold.remove()
  if (isAtEnd) box.scrollTop = box.scrollHeight
}

function showHeld() {
  const button = main()?.querySelector('[data-log-pause]')
  if (!button) return
  const waiting = lines.length === 0 ? '' : ` (${lines.length} new)`
  button.textContent = isHeld ? `Resume${waiting}` : 'Pause'
}

function hold() {
  isHeld = !isHeld
  showHeld()
  showLines()
  if (!isHeld) scrollToEnd()
}

/** Copy the lines on the page as text. */
async function copyLog(button) {
  const text = [...(log()?.querySelectorAll('.log-line') ?? [])].map((line) => `${line.textContent}\n`).join('')
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  button.textContent = copied ? 'Copied' : 'Not allowed'
  setTimeout(() => {
    button.textContent = 'Copy'
  }, 1_500)
}

function scrollToEnd() {
  const box = log()
  if (box) box.scrollTop = box.scrollHeight
}

/** Replace the content with the server's current page. Lines of the log that arrived as events are kept. */
async function renew() {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' })
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = page.querySelector('main')
  if (fresh === null) return
  document.title = page.title
  setClock(page)
  const old = main().querySelector('[data-log-box]')
  const box = fresh.querySelector('[data-log-box]')
  const top = log()?.scrollTop ?? 0
  if (isFollowing && old !== null && box !== null) {
    box.querySelector('[data-log]').replaceWith(document.adoptNode(log()))
    box.open = old.open
  } else after = fresh.querySelector('[data-log]')?.dataset.after ?? after
  main().replaceWith(document.adoptNode(fresh))
  if (isFollowing && log()) log().scrollTop = top
  else scrollToEnd()
  // When the job has finished, resume a paused log.
  if (isHeld && !isUnfinished(main().dataset.status)) hold()
  showHeld()
  document.dispatchEvent(new Event('docspool:content'))
}

/** Runs renewals one at a time. */
function renewNext() {
  renewed = renewed.then(renew).catch(() => undefined)
  return renewed
}

/** Follow the events. Resolves with true when the job has finished or the page is hidden, with false on failure. */
function follow(url) {
  return new Promise((resolve) => {
    const source = new EventSource(`${url}/events?after=${encodeURIComponent(after)}`)
    isFollowing = true
    const silence = setTimeout(() => finish(false), SILENT_MS)
    const onSeen = () => document.hidden && finish(true)
    function finish(isWell) {
      clearTimeout(silence)
      document.removeEventListener('visibilitychange', onSeen)
      source.close()
      isFollowing = false
      resolve(isWell)
    }
    const on = (type, act) =>
      source.addEventListener(type, (event) => {
        clearTimeout(silence)
        after = event.lastEventId
        act(JSON.parse(event.data))
      })
    on('state', (job) => {
      if (job.status === main().dataset.status) showProgress(job)
      else renewNext()
    })
    on('progress', ({ at, text, stage, percent }) => {
      showProgress({ progress: text, stage, percent, queue_position: null }, at)
      addLine(at, 'progress', text, stage)
    })
    on('log', ({ at, level, text }) => addLine(at, level, text))
    on('end', ({ at, status, error }) => {
      const words = status === 'completed' ? 'Completed' : 'Returned to the queue'
      addLine(at, `end-${error?.code === 'CANCELLED' ? 'cancelled' : status}`, error === null ? words : error.message)
      if (!isUnfinished(status)) renewed.then(() => finish(true))
    })
    document.addEventListener('visibilitychange', onSeen)
    // The browser reopens a lost connection, but not a refused one.
    source.onerror = () => source.readyState === EventSource.CLOSED && finish(false)
  })
}

let tag = null

/** Poll the job once; the server responds when it has changed or after `seconds`. @returns Whether there was a response. */
async function poll(url, seconds) {
  const headers = { Accept: 'application/json', ...(tag === null ? {} : { 'If-None-Match': tag }) }
  const wait = tag === null ? 0 : seconds
  const answer = await fetch(`${url}?wait=${wait}`, { headers, cache: 'no-store' }).catch(() => null)
  if (answer?.status === 404 || answer?.status === 410) {
    await renewNext()
    return true
  }
  if (answer?.status === 200) {
    tag = answer.headers.get('ETag')
    const job = await answer.json()
    if (job.status === main().dataset.status) showProgress(job)
    else await renewNext()
  }
  return answer?.status === 200 || answer?.status === 304
}

/** Follow the job until it has finished. */
async function keepUp() {
  const url = `/api/job/${encodeURIComponent(main().dataset.job)}`
  let mayFollow = typeof EventSource === 'function'
  let failures = 0
  while (isUnfinished(main()?.dataset.status)) {
    if (mayFollow && !document.hidden) mayFollow = await follow(url)
    else {
      failures = (await poll(url, document.hidden ? 0 : 30)) ? 0 : failures + 1
      await pause(document.hidden ? UNSEEN_PAUSE_MS : Math.min(PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS))
    }
  }
  const docs = main()?.querySelector('a[data-docs]')
  if (!docs) return
  await pause(DONE_MS)
  location.assign(docs.href)
}

scrollToEnd()
// Not the `toggle` event, which also fires for the box of a new page.
document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-log-box] > summary')) setTimeout(scrollToEnd)
  if (target.closest('[data-log-pause]')) hold()
  const copy = target.closest('[data-log-copy]')
  if (copy !== null) copyLog(copy)
})
if (isUnfinished(main()?.dataset.status)) keepUp()
