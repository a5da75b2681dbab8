/**
 * Shows each diagram in a sandboxed frame with an opaque origin, which receives the source and replies with its height. Buttons
 * above it zoom, show the source, and switch to full screen. Links of boxes are in the list of boxes below the diagram: the
 * frame sends the id of a clicked box, and this page follows the link.
 */

const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const theme = () => document.documentElement.dataset.theme ?? (systemIsDark.matches ? 'dark' : 'light')

const ZOOMS = [1, 1.5, 2, 3, 4, 6, 8]
const frames = new Map()
/** Figures that have neither been drawn nor given up, and a function to call when there are none left. */
const undrawn = new Set()
let whenDrawn
/** Drawings that take longer are given up. */
const DRAW_MS = 20_000
/** Printing does not wait longer. */
const PRINT_WAIT_MS = 8_000

/** Start drawing a diagram; its source stays on the page until the drawing is there. */
function draw(figure, number) {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  // In the folder of the style sheet.
  frame.src = new URL('diagram.html', document.querySelector('link[rel="stylesheet"]').href).href
  frame.title = `Diagram ${number}`
  const source = figure.querySelector('code').textContent
  const diagram = { figure, frame, zoom: 0, isWide: false, source, links: linksOf(figure, source) }
  diagram.bar = barOf(diagram)
  figure.insertBefore(frame, figure.querySelector('.diagram-boxes'))
  frames.set(frame, diagram)
}

/** The links of boxes by their ids in the source: `n1`, or `p1` in sequence diagrams. */
function linksOf(figure, source) {
  const letter = source.startsWith('sequenceDiagram') ? 'p' : 'n'
  const items = [...figure.querySelectorAll('.diagram-boxes li')]
  const links = items.map((item, index) => [`${letter}${index + 1}`, item.querySelector('a')])
  return new Map(links.filter(([, link]) => link !== null))
}

function follow(diagram, box, isNewTab) {
  const link = diagram.links.get(box)
  if (link === undefined) return
  widen(diagram, false)
  if (isNewTab) open(link.href, '_blank', 'noopener')
  else link.click()
}

function showSource(figure, isShown) {
  figure.classList.toggle('as-source', isShown)
  figure.querySelector('.diagram-source')?.toggleAttribute('open', isShown)
}

function settle(figure) {
  undrawn.delete(figure)
  if (undrawn.size === 0) whenDrawn?.()
}

function barOf(diagram) {
  const bar = document.createElement('div')
  bar.className = 'diagram-bar'
  const button = (text, label, act) => {
    const element = document.createElement('button')
    element.type = 'button'
    element.textContent = text
    if (label !== '') element.setAttribute('aria-label', label)
    element.addEventListener('click', act)
    bar.append(element)
    return element
  }
  diagram.lessButton = button('−', 'Smaller', () => zoomTo(diagram, diagram.zoom - 1))
  diagram.moreButton = button('+', 'Larger', () => zoomTo(diagram, diagram.zoom + 1))
  diagram.sourceButton = button('Source', '', () => {
    const isSource = !diagram.figure.classList.contains('as-source')
    showSource(diagram.figure, isSource)
    diagram.sourceButton.setAttribute('aria-pressed', String(isSource))
  })
  diagram.sourceButton.setAttribute('aria-pressed', 'false')
  diagram.wideButton = button('Full screen', '', () => widen(diagram, !diagram.isWide))
  diagram.lessButton.disabled = true
  return bar
}

function sendTo(diagram) {
  const { source, isWide: wide, links } = diagram
  const message = { source, theme: theme(), wide, zoom: ZOOMS[diagram.zoom], links: [...links.keys()] }
  // The target must be '*', because the frame's origin is opaque. The message contains nothing that is not on this page.
  diagram.frame.contentWindow?.postMessage(message, '*')
}

function zoomTo(diagram, step) {
  diagram.zoom = Math.min(Math.max(step, 0), ZOOMS.length - 1)
  diagram.lessButton.disabled = diagram.zoom === 0
  diagram.moreButton.disabled = diagram.zoom === ZOOMS.length - 1
  sendTo(diagram)
}

/** All elements of the page except an element, its ancestors and its content. */
function* elementsOutside(element) {
  for (let on = element; on !== document.body; on = on.parentElement) {
    for (const sibling of on.parentElement.children) if (sibling !== on) yield sibling
  }
}

function widen(diagram, isWide) {
  if (diagram.isWide === isWide) return
  diagram.isWide = isWide
  diagram.figure.classList.toggle('wide', isWide)
  diagram.wideButton.textContent = isWide ? 'Close' : 'Full screen'
  for (const element of elementsOutside(diagram.figure)) element.inert = isWide
  document.documentElement.style.setProperty('overflow', isWide ? 'hidden' : '')
  zoomTo(diagram, 0)
  diagram.wideButton.focus()
}

function giveUp(diagram) {
  clearTimeout(diagram.deadline)
  widen(diagram, false)
  frames.delete(diagram.frame)
  diagram.frame.remove()
  diagram.bar.remove()
  diagram.figure.classList.remove('drawn')
  showSource(diagram.figure, true)
  settle(diagram.figure)
  const note = document.createElement('p')
  note.className = 'diagram-note'
  note.textContent = 'This diagram cannot be drawn; this is its source.'
  diagram.figure.append(note)
  document.dispatchEvent(new Event('docspool:moved'))
}

function receive({ source, data }) {
  const diagram = [...frames.values()].find(({ frame }) => frame.contentWindow === source)
  if (diagram === undefined || typeof data !== 'object' || data === null) return
  if (data.type === 'ready') {
    diagram.deadline = setTimeout(() => giveUp(diagram), DRAW_MS)
    sendTo(diagram)
  } else if (data.type === 'failed') giveUp(diagram)
  else if (data.type === 'zoom') zoomTo(diagram, diagram.zoom + (data.by > 0 ? 1 : -1))
  else if (data.type === 'close') widen(diagram, false)
  else if (data.type === 'follow') follow(diagram, data.box, data.isNewTab === true)
  else if (data.type === 'drawn' && Number.isFinite(data.height)) {
    diagram.frame.style.height = `${Math.min(Math.max(data.height, 40), 4_000)}px`
    clearTimeout(diagram.deadline)
    diagram.figure.classList.add('drawn')
    if (!diagram.bar.isConnected) diagram.figure.prepend(diagram.bar)
    settle(diagram.figure)
    document.dispatchEvent(new Event('docspool:moved'))
  }
}

function startDiagrams() {
  const figures = [...document.querySelectorAll('figure.diagram')]
  const start = (figure) => {
    near.unobserve(figure)
    draw(figure, figures.indexOf(figure) + 1)
  }
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) start(target)
    },
    { rootMargin: '400px' },
  )
  for (const figure of figures) {
    near.observe(figure)
    undrawn.add(figure)
  }
  const drawAll = () => {
    for (const figure of undrawn) if (figure.querySelector('iframe') === null) start(figure)
  }
  addEventListener('beforeprint', drawAll)
  // Printing by keyboard waits until all diagrams are drawn.
  addEventListener('keydown', (event) => {
    if (event.key !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || undrawn.size === 0) return
    event.preventDefault()
    if (whenDrawn !== undefined) return
    const late = setTimeout(() => whenDrawn?.(), PRINT_WAIT_MS)
    whenDrawn = () => {
      clearTimeout(late)
      whenDrawn = undefined
      print()
    }
    drawAll()
  })
  addEventListener('message', receive)
  const repaint = () => {
    for (const diagram of frames.values()) sendTo(diagram)
  }
  document.addEventListener('docspool:theme', repaint)
  systemIsDark.addEventListener('change', repaint)
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    for (const diagram of frames.values()) widen(diagram, false)
  })
}

startDiagrams()
