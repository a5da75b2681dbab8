/** Updates elapsed times: `data-since` has the start, `data-now` of the main part the time of the server's clock. */

/** How far the local clock is ahead of the server's, in milliseconds. */
let ahead = 0

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
