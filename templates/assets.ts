/**
 * Every file that a page may load, and how it is to be served: at `/assets/<name>`, with `?v=<hash>` for ever, without
 * it to be asked again. What is not in this list does not exist.
 */

export interface Asset {
  /** Last part of the URL. */
  name: string
  /** Content-Type. */
  type: string
  /** Files of this checkout (`templates/…`, `src/…`) or of a package (`mermaid/…`), one after the other. */
  from: string[]
  /**
   * Put into a function of its own, its `export`s and `import`s dropped, since what it imports stands before it: a page that
   * is opened as a file may load no modules, and scripts that are none share their names.
   */
  isEnclosed?: true
  /**
   * Content-Security-Policy of the answer, instead of the pages' own. `{origin}` stands for the origin of the request
   * (`http://localhost:8000`): a sandboxed frame has an opaque origin, for which `'self'` matches nothing.
   */
  csp?: string
  /**
   * The sandboxed frame loads it, and to the browser that frame is another site: `Cross-Origin-Resource-Policy` must be
   * `cross-origin` or absent. Nothing of the kind is secret.
   */
  inFrame?: true
}

const CSS = 'text/css; charset=utf-8'
const JS = 'text/javascript; charset=utf-8'

/**
 * Only `diagram.html` draws diagrams, so only it may use inline styles. `frame-ancestors 'self'` and no
 * `X-Frame-Options: DENY`: the pages of this origin embed it.
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
  { name: 'docspool.css', type: CSS, from: ['templates/assets/docspool.css', 'templates/assets/code-colours.css'] },
  { name: 'theme.js', type: JS, from: ['templates/assets/theme.js'] },
  script('docspool.js', 'templates/assets/docspool.js'),
  script('index.js', 'templates/assets/elapsed.js', 'templates/assets/index.js'),
  script('job.js', 'templates/assets/elapsed.js', 'templates/assets/job.js'),
  script(
    'docs.js',
    ...['diagrams', 'arrival', 'contents', 'tree', 'keys'].map((name) => `templates/assets/${name}.js`),
  ),
  script(
    'search.js',
    ...['minisearch/dist/umd/index.js', 'lancaster-stemmer/index.js'],
    ...['words', 'names', 'word-bits', 'looking', 'fit', 'several', 'matching'].map((name) => `src/search/${name}.js`),
    'templates/assets/search.js',
  ),
  script('source.js', 'templates/assets/source.js'),
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

/** The text of an asset that `isEnclosed`, without its doc comments: no browser reads them. */
export function enclose(sources: readonly string[]): string {
  const parts = sources.map((source) =>
    withoutDocs(source).replace(/^export (?=function|const)|^import [^']*'[^']*'$/gm, ''),
  )
  return `(() => {\n'use strict';\n${parts.join('\n;\n')}\n})()\n`
}

/** Lines from one that begins a doc comment to one that ends it. A licence stays. */
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
