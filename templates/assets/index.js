/**
 * Keeps the start page up to date: fetches the page periodically and replaces changed parts, row by row, so that nothing
 * flickers, and focus, typed text and scroll position are kept.
 */

const BUSY_MS = 2_000
const IDLE_MS = 15_000
const LONGEST_MS = 60_000

/** The parts as the server sent them; on the page, times have been replaced with relative ones. */
const sent = new WeakMap()
let failures = 0
let timer

const isSome = (state) => (document.querySelector(`.state-${state} strong`)?.textContent ?? '0') !== '0'

/** A part with selected text is not replaced. */
const isSelecting = (element) => {
  const selection = getSelection()
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode)
}

function replace(old, fresh) {
  const html = fresh.outerHTML
  if (sent.get(old) === html || isSelecting(old)) return
  const find = old.contains(document.activeElement) ? placeOf(document.activeElement) : null
  const element = document.adoptNode(fresh)
  old.replaceWith(element)
  sent.set(element, html)
  find?.(element)?.focus({ preventScroll: true })
}

/** Returns a function that finds the same link in a new part: by the job, or by position. */
function placeOf(link) {
  const key = link.closest('[data-key]')?.dataset.key
  const box = (part) =>
    key === undefined
      ? part
      : (part.closest(`[data-key="${CSS.escape(key)}"]`) ?? part.querySelector(`[data-key="${CSS.escape(key)}"]`))
  const index = [...(box(link.closest('[data-live]'))?.querySelectorAll('a') ?? [])].indexOf(link)
  return (part) => box(part)?.querySelectorAll('a')[index]
}

const rowsOf = (part) => [...part.querySelectorAll('[data-key]')]
const keysOf = (rows) => rows.map((row) => row.dataset.key).join('\n')
const around = (part) =>
  [...part.children]
    .filter((child) => !child.matches('.jobs'))
    .map((child) => child.outerHTML)
    .join('')

/** Replace only changed rows if both parts have the same jobs in the same order; otherwise replace the part. */
function renewPart(old, fresh) {
  const [rows, freshRows] = [rowsOf(old), rowsOf(fresh)]
  if (rows.length === 0 || keysOf(rows) !== keysOf(freshRows) || around(old) !== around(fresh))
    return replace(old, fresh)
  rows.forEach((row, index) => {
    replace(row, freshRows[index])
  })
}

async function update() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' })
  if (!answer.ok) throw new Error(String(answer.status))
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  setClock(page)
  for (const fresh of page.querySelectorAll('[data-live]')) {
    const old = document.querySelector(`[data-live="${fresh.dataset.live}"]`)
    if (old !== null) renewPart(old, fresh)
  }
  document.dispatchEvent(new Event('docspool:content'))
}

function scheduleUpdate() {
  clearTimeout(timer)
  if (document.hidden) return
  const pause = isSome('queued') || isSome('processing') ? BUSY_MS : IDLE_MS
  timer = setTimeout(updateNow, Math.min(LONGEST_MS, pause * 2 ** failures))
}

async function updateNow() {
  failures = await update().then(
    () => 0,
    () => Math.min(5, failures + 1),
  )
  scheduleUpdate()
}

// A page with a refused form is not updated.
if (document.querySelector('#Refused') === null) {
  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : updateNow()))
  scheduleUpdate()
}
