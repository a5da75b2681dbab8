/**
 * Parts of a page that are folded until they are asked for, in the form that Markdown has for it everywhere:
 * `<details>`, `<summary>`, blocks, `</details>`. Only this exact form passes, at the top of a page, and within itself so deep.
 */

import type { Html, Root, RootContent } from 'mdast'
import { frame } from './frame.ts'

/** Letters, digits and the plain signs of our languages. */
const SIGNS = String.raw`\p{L}\p{N} :,.'()/$_’，。：、（）\u202f-`
export const MAX_FOLD_DEPTH = 6
const OPEN = new RegExp(`^<details>\n<summary>([${SIGNS}]+)</summary>$`, 'u')
const OTHER = new RegExp(`[^${SIGNS}]`, 'gu')
const CLOSE = '</details>'

/**
 * Blocks behind a line that opens them.
 *
 * @param summary - Our own words; what is no letter, digit or plain sign is left out.
 */
export function fold(summary: string, blocks: readonly RootContent[]): RootContent[] {
  const words = summary.replace(OTHER, '').trim()
  return [html(`<details>\n<summary>${words || 'More'}</summary>`), ...blocks, html(CLOSE)]
}

/** Give every fold of the tree its element. What only looks like one is left to `dropRawHtml`. */
export function frameFolds(tree: Root): void {
  const kept: RootContent[] = []
  /** Where folds begin that are open. */
  const starts: number[] = []
  for (const node of tree.children) {
    kept.push(node)
    if (node.type !== 'html') continue
    if (OPEN.test(node.value) && starts.length < MAX_FOLD_DEPTH) starts.push(kept.length - 1)
    if (node.value !== CLOSE) continue
    const start = starts.pop()
    if (start === undefined) continue
    const [head, ...inside] = kept.splice(start)
    const words = OPEN.exec(head?.type === 'html' ? head.value : '')?.[1] ?? ''
    const summary = frame('summary', {}, [{ type: 'text', value: words }])
    kept.push(frame('details', {}, [summary, ...inside.slice(0, -1)]))
  }
  tree.children = kept
}

function html(value: string): Html {
  return { type: 'html', value }
}
