/**
 * Diagrams: each in a sandboxed frame of an opaque origin, which gets the source and answers with its height. Buttons
 * above it zoom, show the source, and give it the whole window.
 */

const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const theme = () => document.documentElement.dataset.theme ?? (systemIsDark.matches ? 'dark' : 'light')

const ZOOMS = [1, 1.5, 2, 3, 4, 6, 8]
const frames = new Map()

/** Start drawing a diagram; its source stays on the page until the drawing is there. */
function draw(figure, number) {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  // Beside the style sheet, wherever that is.
  frame.src = new URL('diagram.html', document.querySelector('link[rel="stylesheet"]').href).href
  frame.title = `Diagram ${number}`
  const diagram = { figure, frame, zoom: 0, isWide: false, source: figure.querySelector('code').textContent }
  diagram.bar = barOf(diagram)
  figure.append(frame)
  frames.set(frame, diagram)
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
    const isSource = diagram.figure.classList.toggle('as-source')
    diagram.sourceButton.setAttribute('aria-pressed', String(isSource))
  })
  diagram.sourceButton.setAttribute('aria-pressed', 'false')
  diagram.wideButton = button('Full screen', '', () => widen(diagram, !diagram.isWide))
  diagram.lessButton.disabled = true
  return bar
}

function tell(diagram) {
  const message = { source: diagram.source, theme: theme(), wide: diagram.isWide, zoom: ZOOMS[diagram.zoom] }
  // The frame's origin is opaque: no other target names it. What it is told is on this page for all to see.
  diagram.frame.contentWindow?.postMessage(message, '*')
}

function zoomTo(diagram, step) {
  diagram.zoom = Math.min(Math.max(step, 0), ZOOMS.length - 1)
  diagram.lessButton.disabled = diagram.zoom === 0
  diagram.moreButton.disabled = diagram.zoom === ZOOMS.length - 1
  tell(diagram)
}

/** All of the page but the way to an element. */
function* besides(element) {
  for (let on = element; on !== document.body; on = on.parentElement) {
    for (const sibling of on.parentElement.children) if (sibling !== on) yield sibling
  }
}

function widen(diagram, isWide) {
  if (diagram.isWide === isWide) return
  diagram.isWide = isWide
  diagram.figure.classList.toggle('wide', isWide)
  diagram.wideButton.textContent = isWide ? 'Close' : 'Full screen'
  for (const element of besides(diagram.figure)) element.inert = isWide
  document.documentElement.style.setProperty('overflow', isWide ? 'hidden' : '')
  zoomTo(diagram, 0)
  diagram.wideButton.focus()
}

function giveUp(diagram) {
  widen(diagram, false)
  frames.delete(diagram.frame)
  diagram.frame.remove()
  diagram.bar.remove()
  diagram.figure.classList.remove('drawn')
  const note = document.createElement('p')
  note.className = 'diagram-note'
  note.textContent = 'This diagram cannot be drawn; this is its source.'
  diagram.figure.append(note)
  document.dispatchEvent(new Event('docspool:moved'))
}

function receive({ source, data }) {
  const diagram = [...frames.values()].find(({ frame }) => frame.contentWindow === source)
  if (diagram === undefined || typeof data !== 'object' || data === null) return
  if (data.type === 'ready') tell(diagram)
  else if (data.type === 'failed') giveUp(diagram)
  else if (data.type === 'zoom') zoomTo(diagram, diagram.zoom + (data.by > 0 ? 1 : -1))
  else if (data.type === 'close') widen(diagram, false)
  else if (data.type === 'drawn' && Number.isFinite(data.height)) {
    diagram.frame.style.height = `${Math.min(Math.max(data.height, 40), 4_000)}px`
    diagram.figure.classList.add('drawn')
    if (!diagram.bar.isConnected) diagram.figure.prepend(diagram.bar)
    document.dispatchEvent(new Event('docspool:moved'))
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
    for (const diagram of frames.values()) widen(diagram, false)
  })
}

startDiagrams()
