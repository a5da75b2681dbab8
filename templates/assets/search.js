/**
 * Searches in the browser: fills the dialog that `keys.js` opens with results. The index is JSON from the server, or a script for
 * pages opened from a folder, which cannot fetch files. MiniSearch, `matching.js` and its imports are concatenated before this
 * file.
 */

const MAX_HITS = 30

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

/** Load the index. @returns The arguments for `find`, and the data for its results. */
async function loadIndex(address) {
  const data = JSON.parse(address.endsWith('.js') ? await loadIndexScript(address) : await fetchIndex(address))
  const index = MiniSearch.loadJS(restored(data.index, data.rows.length), INDEX_OPTIONS)
  const entries = data.rows.map(([title, kind, , , file, , weight, text]) => ({
    title,
    weight,
    text,
    kind: data.kinds[kind],
    file: data.files[file] ?? '',
  }))
  return { data, index, entries }
}

async function fetchIndex(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The index cannot be loaded: ${answer.status}.`)
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

/** The folder of the pages, from the URL of the overview. */
const folderOf = (overview) => overview.slice(0, overview.lastIndexOf('/') + 1)

function addressOf(file, anchor, overview) {
  const page = folderOf(overview) + encodeURIComponent(file)
  return `${file === 'overview.md' ? overview : page}${anchor === '' ? '' : `#${encodeURIComponent(anchor)}`}`
}

/** Words to highlight in results: not stop words such as `how`. */
const isHighlighted = (word) => word.length > 1 && !STOP_WORDS.has(word)

/** The text with the words of the query highlighted. */
function marked(text, words) {
  if (words.length === 0) return [text]
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return text
    .split(new RegExp(`(${pattern})`, 'gi'))
    .map((piece, index) => (index % 2 === 1 ? make('mark', { textContent: piece }) : piece))
}

/** The URL of a line in a file, for symbols without an entry on a page. */
function lineAddress({ lines = {} }, file, line, overview) {
  const address = (lines[file] ?? '').replace('{line}', line)
  return /^https?:/.test(address) ? address : folderOf(overview) + address
}

function hitOf({ data }, number, words, overview) {
  const [title, kind, page, anchor, file, line, , text] = data.rows[number]
  const [pageFile, pageTitle] = data.pages[page]
  const kindName = data.kinds[kind]
  const isSymbol = !['page', 'guide', 'section', 'document'].includes(kindName)
  const place = file >= 0 ? `${data.files[file]}:${line}` : kindName === 'page' ? '' : pageTitle
  const link = make(
    'a',
    {
      href: anchor === null ? lineAddress(data, file, line, overview) : addressOf(pageFile, anchor, overview),
    },
    make(
      'span',
      { className: 'hit-head' },
      make(isSymbol ? 'code' : 'span', { className: 'hit-title' }, ...marked(title, words)),
      make('span', { className: 'hit-kind', textContent: kindName }),
    ),
  )
  if (place !== '') link.append(make('span', { className: 'hit-place', textContent: place }))
  if (text !== '') link.append(make('span', { className: 'hit-text' }, ...marked(text, words)))
  return make('li', { className: 'hit' }, link)
}

/** Take over the dialog. A query typed before the index is loaded is searched afterwards. */
globalThis.docspoolSearch = (box, { index: address, results, overview }) => {
  const input = box.querySelector('input')
  const list = box.querySelector('.hits')
  const status = box.querySelector('[role="status"]')
  const all = box.querySelector('[data-all]')
  const links = () => [...list.querySelectorAll('a')]

  let loaded = null
  function show() {
    const query = input.value.trim()
    all.hidden = results === undefined || query === ''
    all.href = `${results}?q=${encodeURIComponent(query)}`
    if (loaded === null) return
    const words = [...new Set([...wordsOf(query), ...partsOf(query)])].filter(isHighlighted)
    const hits = query === '' ? [] : find(loaded.index, loaded.entries, query, MAX_HITS)
    list.replaceChildren(...hits.map((number) => hitOf(loaded, number, words, overview)))
    list.querySelector('a')?.classList.add('first')
    list.scrollTop = 0
    if (query === '') status.textContent = 'Symbols come first. ↑ ↓ to choose, Enter to go.'
    else if (hits.length === 0) status.textContent = 'Nothing found. Try part of the name, or fewer words.'
    else status.textContent = hits.length === MAX_HITS ? `The ${MAX_HITS} best results` : `${hits.length} found`
  }

  status.textContent = 'Loading the index …'
  const ready = loadIndex(address).then(
    (index) => {
      loaded = index
      show()
    },
    () => {
      status.textContent = 'The index cannot be loaded.'
    },
  )
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
    const stops = [input, ...links()]
    const at = stops.indexOf(document.activeElement)
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus()
  })
  box.addEventListener('click', ({ target }) => {
    // Close it on a click on the backdrop, or on a result, which may be on this page.
    if (target === box || target.closest('.hit a')) box.close()
  })
  show()
}
