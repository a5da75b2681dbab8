/** Markdown that has been used against renderers, and a judge of what came out. */

import { JSDOM } from 'jsdom'

/** Classics of the kind that OWASP, DOMPurify and markdown-it collect, as a document could hold them. */
export const ATTACKS: readonly string[] = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror="alert(1)"',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="javascript:alert(1)">',
  '<embed src="data:text/html,<script>alert(1)</script>">',
  '<form action="javascript:alert(1)"><button>x</button></form>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="x" style="position:fixed;inset:0">x</a>',
  '<div style="background:url(https://evil.example)">x</div>',
  '<style>@import "https://evil.example/x.css"</style>',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror="alert(1)"></video>',
  '<input autofocus onfocus=alert(1)>',
  '<marquee onstart=alert(1)>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea></textarea><script>alert(1)</script>',
  '<title><img src=x onerror=alert(1)></title>',
  '<x onclick=alert(1)>click</x>',
  '<custom-element onclick="alert(1)">x</custom-element>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml version="1.0"?><script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](&#x6A;avascript:alert(1))',
  '[x]( javascript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](file:///etc/passwd)',
  '[x](blob:https://evil.example/1)',
  '[x][r]\n\n[r]: javascript:alert(1) "t"',
  '[x](https://ok.example "t\\" onmouseover=\\"alert(1)")',
  '[x](https://ok.example\\" onmouseover=alert(1))',
  '<javascript:alert(1)>',
  '<https://evil.example/"onmouseover=alert(1)>',
  '![x](javascript:alert(1))',
  '![x](https://evil.example/pixel.png)',
  '![x](//evil.example/pixel.png)',
  '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  '![x" onerror="alert(1)](x.png)',
  '![x][r]\n\n[r]: https://evil.example/pixel.png',
  '```js" onmouseover="alert(1)\nx\n```',
  '```"><img/src=x/onerror=alert(1)>\nx\n```',
  '```html\n</code></pre><script>alert(1)</script>\n```',
  '```mermaid\n</code></pre><script>alert(1)</script>\n```',
  '`</code><script>alert(1)</script>`',
  '# <img src=x onerror=alert(1)>',
  '# "><script>alert(1)</script>',
  '| <img src=x onerror=alert(1)> |\n| --- |\n| <script>alert(1)</script> |',
  '[^x]\n\n[^x]: <img src=x onerror=alert(1)>',
  '[^"><script>]\n\n[^"><script>]: x',
  '- [x] <svg/onload=alert(1)>',
  'http://evil.example/"><script>alert(1)</script>',
  'www.evil.example/<img src=x onerror=alert(1)>',
]

const { window } = new JSDOM('')
const parser = new window.DOMParser()

const ALLOWED = new Set(
  'a blockquote br code del div em figure h1 h2 h3 h4 h5 h6 hr li ol p pre section span strong sup table tbody td th thead tr ul'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'align aria-describedby aria-label class data-footnote-backref data-footnote-ref data-footnotes href id rel start title'.split(
    ' ',
  ),
)

/** Our own fold around the source of a diagram. */
const SOURCE =
  'figure.diagram > details[class="diagram-source"], figure.diagram > details[class="diagram-source"] > summary'

/** What a browser must not find in a page: every such node or attribute, as text; empty for a page that is safe. */
export function findDangers(html: string): string[] {
  const dangers: string[] = []
  const page = parser.parseFromString(`<!doctype html><body>${html}</body>`, 'text/html')
  for (const element of [...page.head.querySelectorAll('*'), ...page.body.querySelectorAll('*')]) {
    const name = element.localName
    if (element.matches(SOURCE)) continue
    if (!ALLOWED.has(name) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') dangers.push(`<${name}>`)
    for (const { name: attribute, value } of element.attributes) {
      if (!ATTRIBUTES.has(attribute)) dangers.push(`${name} ${attribute}=${value}`)
      if (attribute === 'href' && !isSafeAddress(value)) dangers.push(`href=${value}`)
      if (
        attribute === 'href' &&
        /^(?:https?:|\/\/)/i.test(value) &&
        !element.getAttribute('rel')?.includes('noopener')
      ) {
        dangers.push(`outward link without rel: ${value}`)
      }
    }
  }
  return dangers
}

/** As a browser would read it on a page of the service. */
function isSafeAddress(value: string): boolean {
  if (!URL.canParse(value, 'https://docs.example/static-docs/x/')) return true
  return ['http:', 'https:', 'mailto:'].includes(new URL(value, 'https://docs.example/static-docs/x/').protocol)
}

export const parseHtml = (html: string): Document => parser.parseFromString(html, 'text/html')
