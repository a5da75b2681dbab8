/** What a document gains with JavaScript: drawn diagrams, contents that follow the reader, a filter for the tree. */

const root = document.documentElement
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const theme = () => root.dataset.theme ?? (systemIsDark.matches ? 'dark' : 'light')

// Diagrams: each in a sandboxed frame of an opaque origin, which gets the source and answers with its height.

const frames = new Map()

/** Start drawing a diagram; its source stays on the page until the drawing is there. */
function draw(figure, number) {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.src = '/assets/diagram.html'
  frame.title = `Diagram ${number}`
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy diagram-button'
  button.textContent = 'Enlarge'
  button.addEventListener('click', () => enlarge(diagram, !isWide(diagram)))
  const diagram = { figure, frame, button, source: figure.querySelector('code').textContent }
  figure.append(frame)
  frames.set(frame, diagram)
}

const isWide = ({ figure }) => figure.classList.contains('wide')

function tell(diagram) {
  const message = { source: diagram.source, theme: theme(), wide: isWide(diagram) }
  // The frame's origin is opaque: no other target names it. What it is told is on this page for all to see.
  diagram.frame.contentWindow?.postMessage(message, '*')
}

function enlarge(diagram, wide) {
  diagram.figure.classList.toggle('wide', wide)
  diagram.button.textContent = wide ? 'Close' : 'Enlarge'
  tell(diagram)
}

function giveUp(diagram) {
  frames.delete(diagram.frame)
  diagram.frame.remove()
  diagram.button.remove()
  diagram.figure.classList.remove('drawn', 'cropped', 'wide')
  const note = document.createElement('p')
  note.className = 'diagram-note'
  note.textContent = 'This diagram cannot be drawn; this is its source.'
  diagram.figure.append(note)
  keepTarget()
}

function receive({ source, data }) {
  const diagram = [...frames.values()].find(({ frame }) => frame.contentWindow === source)
  if (diagram === undefined || typeof data !== 'object' || data === null) return
  if (data.type === 'ready') tell(diagram)
  else if (data.type === 'failed') giveUp(diagram)
  else if (data.type === 'toggle') enlarge(diagram, !isWide(diagram))
  else if (data.type === 'close' && isWide(diagram)) enlarge(diagram, false)
  else if (data.type === 'drawn' && Number.isFinite(data.height)) {
    diagram.frame.style.height = `${Math.min(Math.max(data.height, 40), 4_000)}px`
    diagram.figure.classList.add('drawn')
    diagram.figure.classList.toggle('cropped', data.isCropped === true)
    if (!diagram.button.isConnected) diagram.figure.append(diagram.button)
    keepTarget()
  }
}

function startDiagrams() {
  const figures = [...document.querySelectorAll('figure.diagram')]
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue
        near.unobserve(target)
        draw(target, figures.indexOf(target) + 1)
      }
    },
    { rootMargin: '400px' },
  )
  for (const figure of figures) near.observe(figure)
  addEventListener('message', receive)
  const repaint = () => {
    for (const diagram of frames.values()) tell(diagram)
  }
  document.addEventListener('docspool:theme', repaint)
  systemIsDark.addEventListener('change', repaint)
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    for (const diagram of frames.values()) if (isWide(diagram)) enlarge(diagram, false)
  })
}

// Arriving: a drawing is not as high as its source. Until the reader moves, what a link has led to stays in its place.

let isArriving = location.hash !== '' && performance.getEntriesByType('navigation')[0]?.type === 'navigate'

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
}

// Contents: the entry of the part that is being read.

function followReader() {
  const links = [...document.querySelectorAll('[data-contents] a')]
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  const isBeside = matchMedia('(width >= 76rem)')
  let current = null
  const show = () => {
    let low = 0
    let high = headings.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((headings[middle]?.getBoundingClientRect().top ?? 0) <= 110) low = middle + 1
      else high = middle
    }
    const link = links[low - 1] ?? null
    if (link === current) return
    current?.removeAttribute('aria-current')
    link?.setAttribute('aria-current', 'location')
    if (isBeside.matches) link?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    current = link
  }
  let isAsked = false
  addEventListener(
    'scroll',
    () => {
      if (isAsked) return
      isAsked = true
      requestAnimationFrame(() => {
        isAsked = false
        show()
      })
    },
    { passive: true },
  )
  show()
}

// The tree of pages.

function startFilter() {
  const sidebar = document.querySelector('.sidebar')
  const box = sidebar.querySelector('[data-filter]')
  const input = box.querySelector('input')
  const nothing = sidebar.querySelector('[data-no-match]')
  const items = [...sidebar.querySelectorAll('.tree li')].reverse()
  const foldings = new Map([...sidebar.querySelectorAll('details')].map((details) => [details, details.open]))
  input.addEventListener('input', () => {
    const words = input.value.trim().toLowerCase()
    // From the leaves to the top: whether anything below is shown is known before its parent is looked at.
    for (const item of items) {
      const hasShown = item.querySelector(':scope > details > ul > li:not([hidden])') !== null
      item.hidden = !hasShown && !item.firstElementChild.textContent.toLowerCase().includes(words)
    }
    for (const [details, wasOpen] of foldings) details.open = words === '' ? wasOpen : true
    nothing.hidden = items.some((item) => !item.hidden)
  })
  addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement
    if (event.key === 'Escape') {
      const drawer = document.getElementById('Drawer')
      if (drawer.checked) drawer.click()
    }
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    input.focus()
  })
  box.hidden = items.length < 8
  sidebar.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
}

followArrival()
startDiagrams()
followReader()
startFilter()
