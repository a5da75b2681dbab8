/**
 * Keyboard shortcuts and the dialogs that they open. Shortcuts work when no text is being typed, no modifier is pressed and no
 * dialog is open. The search dialog opens at once; its script is loaded on first use.
 */

const searchButton = document.querySelector('[data-search]')
const searchDialog = document.getElementById('Search')
const keysDialog = document.getElementById('Keys')

let isSearchRequested = false

/** Load the search script, which takes over the dialog. After a failure, the next call tries again. */
function loadSearch() {
  if (isSearchRequested) return
  isSearchRequested = true
  const script = document.createElement('script')
  script.src = searchButton.dataset.script
  script.onload = () => globalThis.docspoolSearch(searchDialog, searchButton.dataset)
  script.onerror = () => {
    isSearchRequested = false
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

/** Arrow keys scroll a focused box that scrolls; otherwise they go to the previous or next page. */
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

/** A dialog that was just closed keeps the focus until the next frame, so invisible targets do not count. */
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
// Preload the script when a click is likely.
searchButton.addEventListener('pointerenter', loadSearch, { once: true })
for (const button of document.querySelectorAll('[data-keys]')) button.addEventListener('click', openKeys)
