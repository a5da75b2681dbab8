/** Times that go on: `data-since` says when it began, `data-now` of the main part what the server's clock said. */

/** How far this clock is ahead of the server's. */
let ahead = 0

/** As `formatDuration` of `templates/format.ts`. */
export function formatDuration(ms) {
  const seconds = Math.max(0, ms) / 1_000
  if (seconds < 0.05) return '<0.1 s'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return joined(whole, 60, 'min', 's')
  const minutes = Math.round(whole / 60)
  if (minutes < 1_440) return joined(minutes, 60, 'h', 'min')
  return joined(Math.round(minutes / 60), 24, 'd', 'h')
}

function joined(count, size, large, small) {
  const rest = count % size
  return `${Math.floor(count / size)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`
}

function showElapsed() {
  const now = Date.now() - ahead
  for (const element of document.querySelectorAll('[data-since]')) {
    // Whole seconds: tenths that come once a second would be noise.
    const ms = Math.max(0, now - Date.parse(element.dataset.since))
    if (!Number.isNaN(ms)) element.textContent = ms < 9_950 ? `${Math.floor(ms / 1_000)} s` : formatDuration(ms)
  }
}

/** The server has told its time anew. */
export function setClock(page) {
  const now = Number(page.querySelector('[data-now]')?.dataset.now)
  if (now > 0) ahead = Date.now() - now
}

setClock(document)
showElapsed()
setInterval(showElapsed, 1_000)
document.addEventListener('docspool:content', showElapsed)
