/**
 * Draws one diagram in the sandboxed frame. The page sends its source, which is untrusted: the frame has an opaque origin, can run
 * only scripts of this site and cannot fetch anything.
 */

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

/** Options that `%%{init}%%` and front matter of a diagram cannot set: those that affect style sheets or security. */
const SECURE = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'theme',
  'themeCSS',
  'themeVariables',
  'fontFamily',
  'altFontFamily',
  'htmlLabels',
  'dompurifyConfig',
  'deterministicIds',
  'logLevel',
]

const COLOURS = {
  light: {
    background: '#ffffff',
    primaryColor: '#eef6f3',
    primaryBorderColor: '#5d9c8c',
    primaryTextColor: '#1a211e',
    secondaryColor: '#eef1f6',
    tertiaryColor: '#f6f8f7',
    tertiaryBorderColor: '#c9d2cd',
    lineColor: '#66736d',
    textColor: '#1a211e',
    edgeLabelBackground: '#ffffff',
  },
  dark: {
    background: '#121615',
    primaryColor: '#1b3029',
    primaryBorderColor: '#4f9d8a',
    primaryTextColor: '#e3e9e6',
    secondaryColor: '#20293a',
    tertiaryColor: '#1a201e',
    tertiaryBorderColor: '#3d4844',
    lineColor: '#93a19b',
    textColor: '#e3e9e6',
    edgeLabelBackground: '#121615',
  },
}

/** The minimum scale, at which text is still readable; a wider drawing scrolls. */
const MIN_SCALE = 0.7
const MIN_SCALE_NARROW = 0.65
const NARROW_PX = 480
/** The maximum scale without zooming. */
const MAX_SCALE = 1

const root = document.documentElement
const drawing = document.getElementById('drawing')
let wanted = { source: '', theme: 'light', wide: false, zoom: 1, links: [] }
let drawn = ''
let isDrawing = false
let size = { width: 0, height: 0 }

const send = (message) => parent.postMessage(message, '*')

function sendHeight() {
  const svg = drawing.querySelector('svg')
  // During a layout of the page, the frame may have no width, and the drawing no height.
  if (svg === null || wanted.wide || wanted.zoom > 1 || svg.getBoundingClientRect().height < 1) return
  const scrollbar = innerHeight - root.clientHeight
  send({ type: 'drawn', height: Math.ceil(drawing.getBoundingClientRect().height) + scrollbar })
}

/** Set the size of the drawing, keeping its centre in place. */
function scale() {
  const svg = drawing.querySelector('svg')
  if (svg === null || size.width === 0) return
  const room = root.clientWidth - 32
  const fit = wanted.wide
    ? Math.min(room / size.width, (innerHeight - 32) / size.height, 3)
    : Math.min(Math.max(room / size.width, room < NARROW_PX ? MIN_SCALE_NARROW : MIN_SCALE), MAX_SCALE)
  const centre = {
    x: (root.scrollLeft + innerWidth / 2) / (root.scrollWidth || 1),
    y: (root.scrollTop + innerHeight / 2) / (root.scrollHeight || 1),
  }
  svg.style.setProperty('width', `${Math.floor(size.width * fit * wanted.zoom)}px`)
  svg.style.setProperty('height', `${Math.floor(size.height * fit * wanted.zoom)}px`)
  if (wanted.zoom > 1) {
    root.scrollTo(centre.x * root.scrollWidth - innerWidth / 2, centre.y * root.scrollHeight - innerHeight / 2)
  }
  root.classList.toggle('zoomed', root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight)
}

async function draw() {
  const { source, theme } = wanted
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    secure: SECURE,
    suppressErrorRendering: true,
    logLevel: 'fatal',
    maxTextSize: 100_000,
    maxEdges: 1_000,
    deterministicIds: true,
    fontFamily: FONT,
    theme: 'base',
    flowchart: {
      nodeSpacing: 26,
      rankSpacing: 42,
      padding: 10,
      diagramPadding: 4,
      subGraphTitleMargin: { top: 4, bottom: 8 },
    },
    themeVariables: { ...COLOURS[theme], darkMode: theme === 'dark', fontFamily: FONT, fontSize: '15px' },
  })
  const { svg } = await mermaid.render('diagram', source)
  drawing.innerHTML = svg
  // Labels may contain links, which must not navigate the frame.
  for (const link of drawing.querySelectorAll('a')) {
    for (const name of ['href', 'xlink:href']) link.removeAttribute(name)
  }
  const box = drawing.querySelector('svg')?.viewBox.baseVal
  size = { width: box?.width ?? 0, height: box?.height ?? 0 }
  linkBoxes()
  drawn = theme
}

/** A click on a box with a link sends its id; only the page knows the URL. */
function linkBoxes() {
  for (const element of drawing.querySelectorAll('g.node, rect.actor')) {
    const id = element.getAttribute('name') ?? /flowchart-(n\d+)-\d+$/.exec(element.id)?.[1]
    if (!wanted.links.includes(id)) continue
    const box = element.closest('g')
    box.classList.add('linked')
    box.addEventListener('click', ({ ctrlKey, metaKey }) =>
      send({ type: 'follow', box: id, isNewTab: ctrlKey || metaKey }),
    )
  }
}

/** Draw the requested diagram. Requests that arrive meanwhile are handled afterwards. */
async function update() {
  if (isDrawing) return
  isDrawing = true
  try {
    while (drawn !== wanted.theme) await draw()
    scale()
    sendHeight()
  } catch {
    send({ type: 'failed' })
  }
  isDrawing = false
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent) return
  const zoom = Number(data.zoom)
  wanted = {
    source: String(data.source),
    theme: data.theme === 'dark' ? 'dark' : 'light',
    wide: data.wide === true,
    zoom: zoom >= 1 && zoom <= 8 ? zoom : 1,
    links: Array.isArray(data.links) ? data.links : [],
  }
  root.style.colorScheme = wanted.theme
  root.classList.toggle('wide', wanted.wide)
  root.classList.toggle('dark', wanted.theme === 'dark')
  update()
})

// Dragging scrolls a drawing that is larger than the frame.
let last = null
addEventListener('pointerdown', (event) => {
  if (event.button !== 0 || event.pointerType !== 'mouse' || !root.classList.contains('zoomed')) return
  last = { x: event.clientX, y: event.clientY }
})
addEventListener('pointermove', (event) => {
  if (last === null) return
  // Ignore small movements during a click: capturing the pointer would suppress the click.
  if (!root.hasPointerCapture(event.pointerId)) {
    if (Math.hypot(last.x - event.clientX, last.y - event.clientY) < 4) return
    root.setPointerCapture(event.pointerId)
  }
  root.scrollBy(last.x - event.clientX, last.y - event.clientY)
  last = { x: event.clientX, y: event.clientY }
})
for (const type of ['pointerup', 'pointercancel']) {
  addEventListener(type, () => {
    last = null
  })
}

// The wheel scrolls the page, unless Ctrl is pressed or the drawing is in full screen.
let wheeledMs = 0
addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey && !wanted.wide) return
    event.preventDefault()
    if (event.timeStamp - wheeledMs < 120) return
    wheeledMs = event.timeStamp
    send({ type: 'zoom', by: -event.deltaY })
  },
  { passive: false },
)

addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') send({ type: 'close' })
  else if (key === '+' || key === '=') send({ type: 'zoom', by: 1 })
  else if (key === '-') send({ type: 'zoom', by: -1 })
})
addEventListener('resize', () => {
  scale()
  sendHeight()
})
send({ type: 'ready' })
