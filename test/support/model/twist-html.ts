/** Markup in the texts that a page must not take over, each piece with something that a browser would show to have run. */

import type { Random } from '../../chaos/random.ts'
import { isProse, twist } from './twist.ts'

/** What runs sets this property of the window: `globalThis.docspoolOwned = 1`. */
export const OWNED = 'docspoolOwned'

const run = `globalThis.${OWNED}=1`

export const hostileMarkup: readonly string[] = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}"></svg>`,
  `<iframe src="javascript:parent.${OWNED}=1"></iframe>`,
  `<details open ontoggle="${run}"><summary>x</summary></details>`,
  `<a href="javascript:${run}">here</a>`,
  '<style>body{display:none}</style>',
  `<form action="http://127.0.0.1:9/"><input name=q autofocus onfocus="${run}"></form>`,
  '<!-- not closed',
  '</code></pre></main></body>',
  `[click](javascript:${run})`,
  `[click](JaVa\tScRiPt:${run})`,
  `![x](javascript:${run})`,
  `<javascript:${run}>`,
  `[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
  `[a reference][evil]\n\n[evil]: javascript:${run}`,
  '\n\n# A heading that takes over\n\n',
  '\n\nSetext takes over\n===\n\n',
  '\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n',
  `\n\n\`\`\`mermaid\nflowchart LR\n  a["<img src=x onerror=${run}>"] --> b\n  click a "javascript:${run}"\n  click b call alert()\n\`\`\`\n\n`,
  '\n\n```js\nfenced()\n',
  '\n\n- a list\n  1. in a list\n\n> a quotation\n\n---\n\n',
  '`unbalanced',
  '**bold [link](x `code',
  '[^note]: a footnote',
  '&lt;script&gt;&#x3C;script&#x3E;',
  '\u202Egnp.exe\u202C\u200B\uFEFF',
  '$$\\href{javascript:alert(1)}{x}$$',
  '<![CDATA[ ]]> ]]>',
  '---\ntitle: front matter\n---\n',
]

/** What breaks out of the label of a node or an arrow. */
export const hostileLabels: readonly string[] = [
  `"]; click n1 "javascript:${run}"`,
  `<img src=x onerror="${run}">`,
  'end\n  subgraph x',
  `a --> b\n%%{init: {"securityLevel": "loose"}}%%`,
  '|"| --> n2["',
]

/** Every text gets a piece of it, at its start, its end or in its place. */
export function twistHtml(value: unknown, random: Random): unknown {
  return twist(value, {
    text(text, key) {
      if (!isProse(key)) return text
      if (/^(label|name|title)$/.test(key)) return `${text}${random.pick([...hostileLabels, ...hostileMarkup])}`
      const piece = random.pick(hostileMarkup)
      return random.pick([`${piece}${text}`, `${text} ${piece}`, `${text} ${piece} ${random.pick(hostileMarkup)}`])
    },
  })
}

/** Every text is followed by the next two pieces; after the last comes the first. */
export function twistMarkup(value: unknown, markup: readonly string[]): unknown {
  let at = 0
  const next = (): string => markup[at++ % markup.length] ?? ''
  return twist(value, { text: (text, key) => (isProse(key) ? `${text} ${next()} ${next()}` : text) })
}
