/**
 * Parts of a page that are folded until they are asked for, in the form that Markdown has for it everywhere:
 * `<details>`, `<summary>`, blocks, `</details>`. Only this exact form passes, at the top of a page and not within itself.
 */

import type { Html, Root, RootContent } from 'mdast'
import { frame } from './frame.ts'

/** Letters, digits and the plain signs of our languages. */
const SIGNS = String.raw`\p{L}\p{N} :,.'()/’·，。：、（）\u202f-`
const OPEN = new RegExp(`^<details( class="usage")?>\n<summary>([${SIGNS}]+)</summary>$`, 'u')
const OTHER = new RegExp(`[^${SIGNS}]`, 'gu')
const CLOSE = '</details>'

/**
 * Blocks behind a line that opens them.
 *
 * @param summary - Our own words; what is no letter, digit or plain sign is left out.
 * @param kind - `usage` is where something is used: a quiet line, and no words for the search.
 */
export function fold(summary: string, blocks: readonly RootContent[], kind?: 'usage'): RootContent[] {
  const words = summary.replace(OTHER, '').trim()
  return [
    html(`<details${kind === undefined ? '' : ` class="${kind}"`}>\n<summary>${words || 'More'}</summary>`),
    ...blocks,
    html(CLOSE),
  ]
}

/** Give every fold of the tree its element. What only looks like one is left to `dropRawHtml`. */
export function frameFolds(tree: Root): void {
  const kept: RootContent[] = []
  let start: number | undefined
  for (const node of tree.children) {
    kept.push(node)
    if (node.type !== 'html') continue
    if (OPEN.test(node.value)) start = kept.length - 1
    if (node.value !== CLOSE || start === undefined) continue
    const [head, ...inside] = kept.splice(start)
    start = undefined
    const [, kind, words = ''] = OPEN.exec(head?.type === 'html' ? head.value : '') ?? []
    const summary = frame('summary', {}, [{ type: 'text', value: words }])
    kept.push(frame('details', kind === undefined ? {} : { className: ['usage'] }, [summary, ...inside.slice(0, -1)]))
  }
  tree.children = kept
}

function html(value: string): Html {
  return { type: 'html', value }
}
