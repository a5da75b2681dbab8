/**
 * Every file that a page may load, and how it is to be served: at `/assets/<name>`, with `?v=<hash>` for ever, without
 * it to be asked again. What is not in this list does not exist.
 */

export interface Asset {
  /** Last part of the URL. */
  name: string
  /** Content-Type. */
  type: string
  /** A file of this checkout (`templates/…`) or of a package (`mermaid/…`). */
  from: string
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

export const ASSETS: readonly Asset[] = [
  { name: 'docspool.css', type: CSS, from: 'templates/assets/docspool.css' },
  { name: 'docs.css', type: CSS, from: 'templates/assets/docs.css' },
  { name: 'theme.js', type: JS, from: 'templates/assets/theme.js' },
  { name: 'docspool.js', type: JS, from: 'templates/assets/docspool.js' },
  { name: 'job.js', type: JS, from: 'templates/assets/job.js' },
  { name: 'docs.js', type: JS, from: 'templates/assets/docs.js' },
  { name: 'favicon.svg', type: 'image/svg+xml', from: 'templates/assets/favicon.svg' },
  {
    name: 'diagram.html',
    type: 'text/html; charset=utf-8',
    from: 'templates/assets/diagram.html',
    csp: DIAGRAM_CSP,
    inFrame: true,
  },
  { name: 'diagram.js', type: JS, from: 'templates/assets/diagram.js', inFrame: true },
  { name: 'mermaid.min.js', type: JS, from: 'mermaid/dist/mermaid.min.js', inFrame: true },
]
