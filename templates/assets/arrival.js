/**
 * Keeps the target of a link in view until the reader scrolls: drawn diagrams have another height than their sources, and the
 * target may be in a collapsed section.
 */

let isArriving = location.hash !== '' && performance.getEntriesByType('navigation')[0]?.type === 'navigate'

/** The target of a fragment; `null` if there is none, or if the fragment is invalid. */
function targetOf(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)))
  } catch {
    return null
  }
}

function unfoldTarget() {
  const target = targetOf(location.hash)
  for (let fold = target?.closest('details:not([open])'); fold; fold = fold.closest('details:not([open])')) {
    fold.open = true
  }
}

function keepTarget() {
  if (isArriving) document.querySelector(':target')?.scrollIntoView({ behavior: 'instant' })
}

function followArrival() {
  const leave = () => {
    isArriving = false
  }
  for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
    addEventListener(type, leave, { capture: true, passive: true })
  }
  addEventListener('click', (event) => {
    const link = event.target.closest('a[href*="#"]')
    const isHere = link?.origin === location.origin && link.pathname === location.pathname
    if (isHere && !event.ctrlKey && !event.metaKey && !event.shiftKey) isArriving = true
  })
  addEventListener('hashchange', unfoldTarget)
  unfoldTarget()
  document.addEventListener('docspool:moved', keepTarget)
}

followArrival()
