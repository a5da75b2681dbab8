/** Updates elapsed times: `data-since` has the start, `data-now` of the main part the time of the server's clock. */

/** How far the local clock is ahead of the server's, in milliseconds. */
let ahead = 0

/** The same as `formatDuration` in `templates/format.ts`. */
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
    // Show whole seconds, because this runs once a second.
    const ms = Math.max(0, now - Date.parse(element.dataset.since))
    if (!Number.isNaN(ms)) element.textContent = ms < 9_950 ? `${Math.floor(ms / 1_000)} s` : formatDuration(ms)
  }
}

/** Update the difference of the clocks from a new page of the server. */
export function setClock(page) {
  const now = Number(page.querySelector('[data-now]')?.dataset.now)
  if (now > 0) ahead = Date.now() - now
}

setClock(document)
showElapsed()
setInterval(showElapsed, 1_000)
document.addEventListener('docspool:content', showElapsed)
