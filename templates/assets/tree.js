/** The tree of pages: remembers collapsed folders and the scroll position, and filters pages. */

const treeBox = document.querySelector('[data-tree]')
const treeFolds = [...(treeBox?.querySelectorAll('details') ?? [])]

/** Key of the session storage: `{ folds: { page: isOpen }, top }`, folders that the reader has toggled and the scroll position. */
const treeKey = `docspool-tree-${treeBox?.dataset.tree}`

function readTree() {
  try {
    return JSON.parse(sessionStorage.getItem(treeKey)) ?? {}
  } catch {
    return {}
  }
}

function keepTree(change) {
  try {
    sessionStorage.setItem(treeKey, JSON.stringify({ ...readTree(), ...change }))
  } catch {
    // Storage is disabled or full: nothing is remembered.
  }
}

function restoreTree() {
  const { folds = {}, top } = readTree()
  for (const details of treeFolds) {
    const kept = Object.hasOwn(folds, details.dataset.page) ? folds[details.dataset.page] : undefined
    // Ancestors of the current page stay open.
    if (kept !== undefined && details.querySelector('[aria-current]') === null) details.open = kept === true
  }
  if (Number.isFinite(top)) treeBox.scrollTop = top
  const current = treeBox.querySelector('[aria-current]')
  const box = treeBox.getBoundingClientRect()
  const place = current?.getBoundingClientRect()
  if (place && (place.top < box.top || place.bottom > box.bottom)) {
    treeBox.scrollTop += place.top - box.top - box.height / 3
  }
}

function startFilter() {
  const box = treeBox.querySelector('[data-filter]')
  const input = box.querySelector('input')
  const nothing = treeBox.querySelector('[data-no-match]')
  const items = [...treeBox.querySelectorAll('.tree li')].reverse()
  let before = null
  input.addEventListener('input', () => {
    const words = input.value.trim().toLowerCase()
    // Items are in reverse order, so that children are processed before their parents.
    for (const item of items) {
      const hasShown = item.querySelector(':scope > details > ul > li:not([hidden])') !== null
      const name = item.querySelector(':scope > a, :scope > .folder > summary')
      item.hidden = !hasShown && !name.textContent.toLowerCase().includes(words)
    }
    before ??= new Map(treeFolds.map((details) => [details, details.open]))
    for (const [details, wasOpen] of before) details.open = words === '' ? wasOpen : true
    if (words === '') before = null
    nothing.hidden = items.some((item) => !item.hidden)
  })
  box.hidden = items.length < 8
}

function keepFolds() {
  // Not the `toggle` event, which also fires for changes by scripts.
  treeBox.addEventListener('click', ({ target }) => {
    const details = target.closest('summary')?.parentElement
    if (details) keepTree({ folds: { ...readTree().folds, [details.dataset.page]: !details.open } })
  })
  addEventListener('pagehide', () => keepTree({ top: treeBox.scrollTop }))
}

if (treeBox !== null) {
  restoreTree()
  startFilter()
  keepFolds()
}
