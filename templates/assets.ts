/**
 * All files that pages may load, at `/assets/<name>`. With `?v=<hash>` they are cached forever, otherwise revalidated. Other
 * files are not served.
 */

export interface Asset {
  /** Last part of the URL. */
  name: string
  /** Content-Type. */
  type: string
  /** Files of this checkout (`templates/…`, `src/…`) or of a package (`mermaid/…`), which are concatenated. */
  from: string[]
  /**
   * Wrapped in a function, without `export`s and `import`s, because imported files are concatenated before it. Pages opened from
   * a folder cannot load modules, and other scripts share one global scope.
   */
  isEnclosed?: true
  /**
   * Content-Security-Policy of the response, instead of that of pages. `{origin}` is replaced with the origin of the request
   * (`http://localhost:8000`), because `'self'` matches nothing in a sandboxed frame, whose origin is opaque.
   */
  csp?: string
  /**
   * Loaded by the sandboxed frame, which is another site for the browser, so `Cross-Origin-Resource-Policy` must be
   * `cross-origin` or absent. None of these files is secret.
   */
  inFrame?: true
}

const CSS = 'text/css; charset=utf-8'
const JS = 'text/javascript; charset=utf-8'

/**
 * Allows inline styles, which diagrams need. `frame-ancestors 'self'` instead of `X-Frame-Options: DENY`, because pages of this
 * origin embed it.
 */
const DIAGRAM_CSP = [
  'sandbox allow-scripts',
  "default-src 'none'",
  'script-src {origin}',
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

const script = (name: string, ...from: string[]): Asset => ({ name, type: JS, from, isEnclosed: true })

export const ASSETS: readonly Asset[] = [
  {
    name: 'docspool.css',
    type: CSS,
    from: ['docspool', 'versions', 'code-colours'].map((name) => `templates/assets/${name}.css`),
  },
  { name: 'theme.js', type: JS, from: ['templates/assets/theme.js'] },
  script('docspool.js', 'templates/assets/docspool.js'),
  ...['index', 'job'].map((name) =>
    script(`${name}.js`, ...['duration', 'elapsed', name].map((each) => `templates/assets/${each}.js`)),
  ),
  script(
    'docs.js',
    ...['diagrams', 'arrival', 'contents', 'tree', 'keys', 'versions'].map((name) => `templates/assets/${name}.js`),
  ),
  script(
    'search.js',
    'minisearch/dist/umd/index.js',
    'lancaster-stemmer/index.js',
    ...['words', 'code-names', 'word-bits', 'bounded-lookup', 'rank-one-word', 'rank-several-words', 'matching'].map(
      (name) => `src/search/${name}.js`,
    ),
    'templates/assets/search.js',
  ),
  script('source.js', 'templates/assets/source.js'),
  script('ask.js', 'templates/assets/ask.js'),
  { name: 'favicon.svg', type: 'image/svg+xml', from: ['templates/assets/favicon.svg'] },
  {
    name: 'diagram.html',
    type: 'text/html; charset=utf-8',
    from: ['templates/assets/diagram.html'],
    csp: DIAGRAM_CSP,
    inFrame: true,
  },
  { name: 'diagram.js', type: JS, from: ['templates/assets/diagram.js'], inFrame: true },
  { name: 'mermaid.min.js', type: JS, from: ['mermaid/dist/mermaid.min.js'], inFrame: true },
]

/** The text of an asset with `isEnclosed`, without doc comments. */
export function enclose(sources: readonly string[]): string {
  const parts = sources.map((source) =>
    withoutDocs(source).replace(/^export (?=function|const)|^import [^']*'[^']*'$/gm, ''),
  )
  return `(() => {\n'use strict';\n${parts.join('\n;\n')}\n})()\n`
}

/** A style sheet without comments, indentation and line breaks. */
export const shortenCss = (source: string): string =>
  source
    .split('*/')
    .map((part) => part.split('/*', 1)[0] ?? '')
    .join('')
    .split('\n')
    .map((line) => line.trim().replace(/^([a-z-]+): /, '$1:'))
    .filter((line) => line !== '')
    .map((line) => (/[{};,]$/.test(line) ? line : `${line} `))
    .join('')
    .replaceAll(' {', '{')
    .replaceAll(';}', '}')

/** Removes doc comments, except licences. */
function withoutDocs(source: string): string {
  const lines: string[] = []
  let docs: string[] | undefined
  for (const line of source.split('\n')) {
    if (docs === undefined && !line.trimStart().startsWith('/**')) {
      lines.push(line)
      continue
    }
    docs = [...(docs ?? []), line]
    if (!line.includes('*/')) continue
    if (!line.trimEnd().endsWith('*/') || docs.some((each) => /licen[cs]e|copyright/i.test(each))) lines.push(...docs)
    docs = undefined
  }
  return [...lines, ...(docs ?? [])].join('\n')
}
