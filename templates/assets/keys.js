/**
 * Keys, and what they open. A key counts when nobody is typing, nothing is pressed beside it and no box is open. The
 * search itself is loaded when somebody first asks for it.
 */

const searchButton = document.querySelector('[data-search]')
const keysDialog = document.getElementById('Keys')

let loadingSearch = null

/** @returns The search of `search.js`; asks again after a failure. */
function loadSearch() {
  loadingSearch ??= new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = searchButton.dataset.script
    script.onload = () => resolve(globalThis.docspoolSearch)
    script.onerror = () => {
      loadingSearch = null
      script.remove()
      reject(new Error('The search cannot be loaded.'))
    }
    document.head.append(script)
  })
  return loadingSearch
}

function openSearch() {
  loadSearch().then(
    (open) => open(searchButton.dataset),
    () => searchButton.dataset.results && location.assign(`${searchButton.dataset.results}?q=`),
  )
}

function openKeys() {
  keysDialog.showModal()
}

/** Left and right scroll what scrolls; elsewhere they turn the page. */
function turn(event, rel) {
  const box = event.target
  if (box instanceof HTMLElement && box.scrollWidth > box.clientWidth && box.tabIndex === 0) return false
  const link = document.querySelector(`a[rel="${rel}"]`)
  link?.click()
  return link !== null
}

const KEYS = {
  '/': openSearch,
  s: openSearch,
  f() {
    const filter = document.querySelector('[data-filter]:not([hidden]) input')
    const drawer = document.getElementById('Drawer')
    if (filter === null) return false
    if (!filter.checkVisibility({ visibilityProperty: true }) && !drawer.checked) drawer.click()
    filter.focus()
    return true
  },
  t: () => document.querySelector('[data-theme-switch]').click(),
  '?': openKeys,
  ArrowLeft: (event) => turn(event, 'prev'),
  ArrowRight: (event) => turn(event, 'next'),
}

const isTyping = ({ target }) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select'))

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (event.key === 'Escape') {
    const drawer = document.getElementById('Drawer')
    if (drawer.checked) drawer.click()
    return
  }
  if (isTyping(event) || document.querySelector('dialog[open], .diagram.wide') !== null) return
  if (!Object.hasOwn(KEYS, event.key)) return
  if (KEYS[event.key](event) !== false) event.preventDefault()
})

searchButton.addEventListener('click', openSearch)
// Who is about to click needs it at once.
searchButton.addEventListener('pointerenter', () => loadSearch().catch(() => undefined), { once: true })
for (const button of document.querySelectorAll('[data-keys]')) button.addEventListener('click', openKeys)
