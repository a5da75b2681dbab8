/**
 * Enhancements of every page: the theme switch, copy buttons, relative times, and keyboard access to boxes that scroll. Scripts
 * that add content to the page dispatch the event `docspool:content`.
 */

const THEMES = ['auto', 'light', 'dark']

function switchTheme() {
  const root = document.documentElement
  const button = document.querySelector('[data-theme-switch]')
  const show = () => {
    const label = `Theme: ${root.dataset.theme ?? 'auto'}`
    button.title = label
    button.setAttribute('aria-label', label)
  }
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? 'auto') + 1) % THEMES.length]
    if (next === 'auto') delete root.dataset.theme
    else root.dataset.theme = next
    try {
      localStorage.setItem('docspool-theme', next)
    } catch {
      // Storage is disabled: the choice applies to this page only.
    }
    show()
    document.dispatchEvent(new Event('docspool:theme'))
  })
  show()
  button.hidden = false
}

function addCopyButtons() {
  // The clipboard needs a secure context (https or localhost).
  if (navigator.clipboard === undefined) return
  for (const pre of document.querySelectorAll('pre[data-copy], .prose pre:not(figure pre)')) {
    if (pre.parentElement.className === 'copy-box') continue
    const box = document.createElement('div')
    box.className = 'copy-box'
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.addEventListener('click', async () => {
      const copied = await navigator.clipboard.writeText(pre.textContent.trimEnd()).then(
        () => true,
        () => false,
      )
      button.textContent = copied ? 'Copied' : 'Not allowed'
      setTimeout(() => {
        button.textContent = 'Copy'
      }, 1_500)
    })
    pre.before(box)
    box.append(pre, button)
  }
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const ages = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** @param isNext - Whether the time is that of a coming event; if it has passed, the event is imminent. */
function ageOf(time, isNext) {
  const seconds = (time - Date.now()) / 1_000
  if (isNext && seconds < 60) return 'within a minute'
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size)
  return unit === undefined ? 'just now' : ages.format(Math.round(seconds / unit[1]), unit[0])
}

function showAges() {
  for (const element of document.querySelectorAll('time[data-ago]')) {
    const time = Date.parse(element.dateTime)
    if (Number.isNaN(time)) continue
    element.textContent = ageOf(time, element.dataset.ago === 'next')
  }
}

/** Boxes that scroll horizontally must be reachable by keyboard. */
function reachScrollers() {
  for (const box of document.querySelectorAll('pre, .table-box')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
    else box.removeAttribute('tabindex')
  }
}

function enhance() {
  addCopyButtons()
  showAges()
  reachScrollers()
}

switchTheme()
enhance()
document.addEventListener('docspool:content', enhance)
addEventListener('resize', reachScrollers)
setInterval(showAges, 30_000)
