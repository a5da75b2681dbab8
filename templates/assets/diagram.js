/**
 * Draws one diagram in the sandboxed frame. Its source is told by the page around it, and may be anybody's: this frame
 * has an opaque origin, may run only this origin's scripts and can fetch nothing.
 */

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

/** What a diagram's own `%%{init}%%` and front matter may not set: whatever ends up in a style sheet, or loosens rules. */
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

/** Of the 15 pixels that words have in a drawing. */
const LEAST_SCALE = 0.55

const drawing = document.getElementById('drawing')
let wanted = { source: '', theme: 'light', wide: false }
let drawn = ''
let isDrawing = false

const say = (message) => parent.postMessage(message, '*')

function sayHeight() {
  const svg = drawing.querySelector('svg')
  // While the page around it is laid out anew, the frame may have no width, and the drawing no height.
  if (svg === null || wanted.wide || svg.getBoundingClientRect().height < 1) return
  const scrollbar = innerHeight - document.documentElement.clientHeight
  const isCropped = document.documentElement.scrollWidth > innerWidth
  say({ type: 'drawn', height: Math.ceil(drawing.getBoundingClientRect().height) + scrollbar, isCropped })
}

/** A drawing that is wider than the frame scrolls before its words become too small. */
function keepReadable() {
  const svg = drawing.querySelector('svg')
  const width = svg?.viewBox.baseVal?.width ?? 0
  svg?.style.setProperty('min-width', `${Math.round(width * LEAST_SCALE)}px`)
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
    themeVariables: { ...COLOURS[theme], darkMode: theme === 'dark', fontFamily: FONT, fontSize: '15px' },
  })
  const { svg } = await mermaid.render('diagram', source)
  drawing.innerHTML = svg
  keepReadable()
  drawn = theme
}

/** Draw what is wanted; what is wanted meanwhile is drawn after. */
async function update() {
  if (isDrawing) return
  isDrawing = true
  try {
    while (drawn !== wanted.theme) await draw()
    sayHeight()
  } catch {
    say({ type: 'failed' })
  }
  isDrawing = false
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent) return
  wanted = { source: String(data.source), theme: data.theme === 'dark' ? 'dark' : 'light', wide: data.wide === true }
  document.documentElement.style.colorScheme = wanted.theme
  document.documentElement.classList.toggle('wide', wanted.wide)
  update()
})

drawing.addEventListener('click', () => say({ type: 'toggle' }))
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') say({ type: 'close' })
})
new ResizeObserver(sayHeight).observe(drawing)
say({ type: 'ready' })
