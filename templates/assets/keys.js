/**
 * Keys, and what they open. A key counts when nobody is typing, nothing is pressed beside it and no box is open. The box
 * of the search opens at once; what searches is loaded when somebody first asks for it.
 */

const searchButton = document.querySelector('[data-search]')
const searchDialog = document.getElementById('Search')
const keysDialog = document.getElementById('Keys')

let isSearchAsked = false

/** Load what searches; it takes the box over. Asks again after a failure. */
function loadSearch() {
  if (isSearchAsked) return
  isSearchAsked = true
  const script = document.createElement('script')
  script.src = searchButton.dataset.script
  script.onload = () => globalThis.docspoolSearch(searchDialog, searchButton.dataset)
  script.onerror = () => {
    isSearchAsked = false
    searchDialog.querySelector('[role="status"]').textContent = 'The search cannot be loaded.'
  }
  document.head.append(script)
}

function openSearch() {
  searchDialog.showModal()
  searchDialog.querySelector('input').select()
  loadSearch()
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

/** A box that was just closed keeps the focus until the page is drawn anew; nobody types there. */
const isTyping = ({ target }) =>
  target instanceof HTMLElement &&
  target.checkVisibility() &&
  (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select'))

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (event.key === 'Escape') {
    const drawer = document.getElementById('Drawer')
    if (drawer?.checked) drawer.click()
    return
  }
  if (isTyping(event) || document.querySelector('dialog[open], .diagram.wide') !== null) return
  if (!Object.hasOwn(KEYS, event.key)) return
  if (KEYS[event.key](event) !== false) event.preventDefault()
})

searchButton.addEventListener('click', openSearch)
searchDialog.querySelector('[data-close]').addEventListener('click', () => searchDialog.close())
// Who is about to click needs it at once.
searchButton.addEventListener('pointerenter', loadSearch, { once: true })
for (const button of document.querySelectorAll('[data-keys]')) button.addEventListener('click', openKeys)
