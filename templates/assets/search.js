/**
 * The search of the browser: it fills the box that `keys.js` opens; results are links. The index comes as JSON from the server, or,
 * where pages are opened as files and may fetch nothing, as a script. `matching.js`, what it imports and MiniSearch stand
 * before this in the same file.
 */

const MOST_HITS = 30

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

/** Read the index. @returns What `find` needs, and how to tell what was found. */
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

/** The folder of the pages, from the address of the overview, which has one of its own behind a server. */
const folderOf = (overview) => overview.slice(0, overview.lastIndexOf('/') + 1)

function addressOf(file, anchor, overview) {
  const page = folderOf(overview) + encodeURIComponent(file)
  return `${file === 'overview.md' ? overview : page}${anchor === '' ? '' : `#${encodeURIComponent(anchor)}`}`
}

/** Worth a mark: `how do I` is in every text. */
const isTelling = (word) => word.length > 1 && !FILLERS.has(word)

/** The text with what was asked for marked. */
function marked(text, words) {
  if (words.length === 0) return [text]
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return text
    .split(new RegExp(`(${pattern})`, 'gi'))
    .map((piece, index) => (index % 2 === 1 ? make('mark', { textContent: piece }) : piece))
}

/** Of the line of a file, for what its page has no entry of. */
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

/** Take the box over. What was typed before the index has come is searched for then. */
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
    const words = [...new Set([...wordsOf(query), ...partsOf(query)])].filter(isTelling)
    const hits = query === '' ? [] : find(loaded.index, loaded.entries, query, MOST_HITS)
    list.replaceChildren(...hits.map((number) => hitOf(loaded, number, words, overview)))
    list.querySelector('a')?.classList.add('first')
    list.scrollTop = 0
    if (query === '') status.textContent = 'Symbols come first. ↑ ↓ to choose, Enter to go.'
    else if (hits.length === 0) status.textContent = 'Nothing found. Try a part of the name, or fewer words.'
    else status.textContent = hits.length === MOST_HITS ? `The ${MOST_HITS} best results` : `${hits.length} found`
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
    // On the backdrop, or to another part of this page.
    if (target === box || target.closest('.hit a')) box.close()
  })
  show()
}
