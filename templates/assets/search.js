/**
 * The search of the browser: a box over the page whose results are links. The index comes as JSON from the server, or,
 * where pages are opened as files and may fetch nothing, as a script. `matching.js` and MiniSearch stand before this in
 * the same file.
 */

const MOST_HITS = 30

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

let searchBox = null

/** Read the index. @returns What `find` needs, and how to tell what was found. */
async function loadIndex(address) {
  const data = JSON.parse(address.endsWith('.js') ? await loadIndexScript(address) : await fetchIndex(address))
  const index = MiniSearch.loadJS(data.index, INDEX_OPTIONS)
  const entries = data.rows.map((row) => ({ title: row[0], weight: row[6] }))
  return { data, index, entries }
}

async function fetchIndex(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The index was answered with ${answer.status}.`)
  return answer.text()
}

function loadIndexScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = address
    script.onload = () => resolve(globalThis.docspoolIndex)
    script.onerror = () => reject(new Error('The index cannot be loaded.'))
    document.head.append(script)
  })
}

/** A page's address, from that of the overview, which has one of its own behind a server. */
function addressOf(file, anchor, overview) {
  const page = overview.slice(0, overview.lastIndexOf('/') + 1) + encodeURIComponent(file)
  return `${file === 'overview.md' ? overview : page}${anchor === '' ? '' : `#${encodeURIComponent(anchor)}`}`
}

/** The text with what was asked for marked. */
function marked(text, words) {
  if (words.length === 0) return [text]
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return text
    .split(new RegExp(`(${pattern})`, 'gi'))
    .map((piece, index) => (index % 2 === 1 ? make('mark', { textContent: piece }) : piece))
}

function hitOf({ data }, number, words, overview) {
  const [title, kind, page, anchor, file, line, , text] = data.rows[number]
  const [pageFile, pageTitle] = data.pages[page]
  const kindName = data.kinds[kind]
  const isSymbol = kindName !== 'page' && kindName !== 'section'
  const place = file >= 0 ? `${data.files[file]}:${line}` : kindName === 'page' ? '' : pageTitle
  const link = make(
    'a',
    { href: addressOf(pageFile, anchor, overview) },
    make(isSymbol ? 'code' : 'span', { className: 'hit-title' }, ...marked(title, words)),
    make('span', { className: 'hit-kind', textContent: kindName }),
    make('span', { className: 'hit-place', textContent: place }),
  )
  if (text !== '') link.append(make('span', { className: 'hit-text' }, ...marked(text, words)))
  return make('li', { className: 'hit' }, link)
}

function makeBox({ index: address, results, overview }) {
  const input = make('input', { type: 'search', autocomplete: 'off', spellcheck: false, maxLength: 200 })
  input.setAttribute('aria-label', 'Search')
  input.placeholder = 'A symbol, a file, words'
  const close = make('button', { type: 'button', className: 'button', textContent: 'Close' })
  const list = make('ol', { className: 'hits' })
  list.setAttribute('aria-label', 'Results')
  const status = make('span', {})
  status.setAttribute('role', 'status')
  const all = results ? make('a', { href: results, textContent: 'All results', hidden: true }) : ''
  const box = make(
    'dialog',
    { className: 'dialog search' },
    make('div', { className: 'search-field' }, input, close),
    list,
    make('p', { className: 'search-foot' }, status, all),
  )
  box.setAttribute('aria-label', 'Search')
  document.body.append(box)

  let loaded = null
  function show() {
    const query = input.value.trim()
    if (all !== '') {
      all.hidden = query === ''
      all.href = `${results}?q=${encodeURIComponent(query)}`
    }
    if (loaded === null) return
    const words = [...new Set([...wordsOf(query), ...partsOf(query)])].filter((word) => word.length > 1)
    const hits = query === '' ? [] : find(loaded.index, loaded.entries, query, MOST_HITS)
    list.replaceChildren(...hits.map((number) => hitOf(loaded, number, words, overview)))
    list.querySelector('a')?.classList.add('first')
    list.scrollTop = 0
    if (query === '') status.textContent = 'Symbols come first. ↑ ↓ to choose, Enter to go.'
    else if (hits.length === 0) status.textContent = 'Nothing found. Try a part of the name, or fewer words.'
    else status.textContent = hits.length === MOST_HITS ? `The best ${MOST_HITS}` : `${hits.length} found`
  }
  status.textContent = 'Loading the index …'
  const ready = loadIndex(address).then(
    (index) => {
      loaded = index
      show()
    },
    () => {
      status.textContent = 'The index cannot be loaded.'
      searchBox = null
    },
  )

  const links = () => [...list.querySelectorAll('a')]
  input.addEventListener('input', show)
  input.addEventListener('keydown', async (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    await ready
    links()[0]?.click()
  })
  box.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const all = [input, ...links()]
    // From the input the second result is next: Enter takes the first as it is.
    const at = all.indexOf(document.activeElement)
    all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus()
  })
  close.addEventListener('click', () => box.close())
  box.addEventListener('click', (event) => {
    // On the backdrop, or to another part of this page.
    if (event.target === box || event.target.closest('.hit a')) box.close()
  })
  box.addEventListener('close', () => box.isConnected && searchBox === null && box.remove())
  return { box, input }
}

globalThis.docspoolSearch = (options) => {
  if (searchBox !== null && !searchBox.box.isConnected) searchBox = null
  searchBox ??= makeBox(options)
  searchBox.box.showModal()
  searchBox.input.select()
}
