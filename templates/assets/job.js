/**
 * Keeps the job page up to date: follows the job's events, or, where they do not come through, asks for the job and is
 * answered when it has changed. Progress and lines of the log are written into the page that is there; a new state
 * brings a new page from the server, so that there is one place that knows how it looks.
 */

const PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** Long enough to see that it is done. */
const DONE_MS = 800
/** The first event comes at once, unless something on the way holds events back. */
const SILENT_MS = 5_000
/** A page that nobody sees asks from time to time: browsers open few connections to one host. */
const UNSEEN_PAUSE_MS = 5_000
const LINES_EVERY_MS = 50
const MOST_LINES = 500
/** How near the end of the log counts as its end. */
const END_PX = 24

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const main = () => document.querySelector('[data-job]')
const log = () => main()?.querySelector('[data-log]')
const isUnfinished = (status) => status === 'queued' || status === 'processing'

/** The id of the last event whose line is on the page. */
let after = log()?.dataset.after ?? ''
let isFollowing = false
let renewed = Promise.resolve()
let lines = []
/** The reader has stopped the log; what comes meanwhile is counted. */
let isHeld = false

function write(field, text) {
  const element = main().querySelector(`[data-field="${field}"]`)
  if (element !== null && element.textContent !== text) element.textContent = text
}

/** @param at - When the report came, ISO 8601 UTC; not known of a job that was only read. */
function showProgress({ progress, percent, stage, queue_position: position }, at) {
  write('progress', progress)
  write('percent', `${percent} %`)
  if (position !== null) write('position', `Number ${position} in the queue`)
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

/** The step that begins counts on from now; the one that it follows has taken its time. */
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

/** As `job-log.tsx` writes it. */
function toLine(at, kind, text) {
  const line = document.createElement('div')
  line.className = `log-line log-${kind}`
  const time = document.createElement('time')
  time.dateTime = at
  time.textContent = at.slice(11, 19)
  const span = document.createElement('span')
  span.textContent = text
  line.append(time, ' ', span)
  return line
}

function addLine(at, kind, text) {
  if (lines.push([at, kind, text]) === 1 || isHeld) setTimeout(showLines, LINES_EVERY_MS)
  if (lines.length > MOST_LINES) lines.shift()
}

/** Put the new lines at the end; who reads further up is left there. While the log is held, they wait. */
function showLines() {
  const box = log()
  if (isHeld) showHeld()
  if (!box || isHeld || lines.length === 0) return
  const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX
  box.append(...lines.map((line) => toLine(...line)))
  lines = []
  while (box.childElementCount > MOST_LINES) box.firstElementChild.remove()
  if (isAtEnd) box.scrollTop = box.scrollHeight
}

function showHeld() {
  const button = main()?.querySelector('[data-log-pause]')
  if (!button) return
  const waiting = lines.length === 0 ? '' : ` (${lines.length} new)`
  button.textContent = isHeld ? `Go on${waiting}` : 'Pause'
}

function hold() {
  isHeld = !isHeld
  showHeld()
  showLines()
  if (!isHeld) scrollToEnd()
}

/** The lines that are on the page, as text. */
async function copyLog(button) {
  const text = [...(log()?.children ?? [])].map((line) => `${line.textContent}\n`).join('')
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

/** Put the server's page of this moment in the place of the one that is there; lines that came by events stay. */
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
  // A job that has ended tells no more; what was held is shown.
  if (isHeld && !isUnfinished(main().dataset.status)) hold()
  showHeld()
  document.dispatchEvent(new Event('docspool:content'))
}

/** One after the other. */
function renewNext() {
  renewed = renewed.then(renew).catch(() => undefined)
  return renewed
}

/** Follow the events. Resolves with true at the end of the job or when the page is not seen, with false when it fails. */
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
      addLine(at, 'progress', text)
    })
    on('log', ({ at, level, text }) => addLine(at, level, text))
    on('end', ({ at, status, error }) => {
      const words = status === 'completed' ? 'Completed' : 'Back to the queue'
      addLine(at, `end-${status}`, error === null ? words : error.message)
      if (!isUnfinished(status)) renewed.then(() => finish(true))
    })
    document.addEventListener('visibilitychange', onSeen)
    // A connection that is lost is opened again by the browser; one that was refused is not.
    source.onerror = () => source.readyState === EventSource.CLOSED && finish(false)
  })
}

let tag = null

/** Ask once, and be answered when something has changed or after `seconds`. @returns Whether there was an answer. */
async function ask(url, seconds) {
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

/** Keep up with the job to its end. */
async function keepUp() {
  const url = `/api/job/${encodeURIComponent(main().dataset.job)}`
  let mayFollow = typeof EventSource === 'function'
  let failures = 0
  while (isUnfinished(main()?.dataset.status)) {
    if (mayFollow && !document.hidden) mayFollow = await follow(url)
    else {
      failures = (await ask(url, document.hidden ? 0 : 30)) ? 0 : failures + 1
      await pause(document.hidden ? UNSEEN_PAUSE_MS : Math.min(PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS))
    }
  }
  const docs = main()?.querySelector('a[data-docs]')
  if (!docs) return
  await pause(DONE_MS)
  location.assign(docs.href)
}

scrollToEnd()
// Not its toggle: that is also told of a box that a new page brings.
document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-log-box] > summary')) setTimeout(scrollToEnd)
  if (target.closest('[data-log-pause]')) hold()
  const copy = target.closest('[data-log-copy]')
  if (copy !== null) copyLog(copy)
})
if (isUnfinished(main()?.dataset.status)) keepUp()
