/**
 * Parts of a page that are folded until they are asked for, in the form that Markdown has for it everywhere:
 * `<details>`, `<summary>`, blocks, `</details>`. Only this exact form passes, at the top of a page, and within itself so
 * deep. Those with one name that follow each other are tabs: readers see one at a time.
 */

import type { Html, Root, RootContent } from 'mdast'
import { type Frame, frame } from './frame.ts'

/** Letters, digits and the plain signs of our languages. */
const SIGNS = String.raw`\p{L}\p{N} :,.'()/$_’·，。：、（）\u202f+@#=!?*-`
export const MAX_FOLD_DEPTH = 6
const OPEN = new RegExp(
  `^<details(?: class="(usage)"| name="(tabs-[0-9]{1,4})"( open)?)?>\n<summary>([${SIGNS}]{1,200})</summary>$`,
  'u',
)
const OTHER = new RegExp(`[^${SIGNS}]`, 'gu')
const CLOSE = '</details>'

/**
 * Blocks behind a line that opens them.
 *
 * @param summary - Our own words; what is no letter, digit or plain sign is left out.
 * @param kind - `usage` is where something is used: a quiet line, and no words for the search.
 */
export function fold(summary: string, blocks: readonly RootContent[], kind?: 'usage'): RootContent[] {
  const attribute = kind === undefined ? '' : ` class="${kind}"`
  return [html(`<details${attribute}>\n<summary>${plain(summary)}</summary>`), ...blocks, html(CLOSE)]
}

export interface Tab {
  title: string
  blocks: readonly RootContent[]
}

/**
 * Blocks of which readers see one at a time, the first to begin with.
 *
 * @param group - Unique within the page, from 1.
 */
export function tabs(group: number, all: readonly Tab[]): RootContent[] {
  return all.flatMap(({ title, blocks }, index) => [
    html(`<details name="tabs-${group}"${index === 0 ? ' open' : ''}>\n<summary>${plain(title)}</summary>`),
    ...blocks,
    html(CLOSE),
  ])
}

const plain = (words: string): string => words.replace(OTHER, '').trim().slice(0, 200) || 'More'

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
    const [, kind, name, isOpen, words = ''] = OPEN.exec(head?.type === 'html' ? head.value : '') ?? []
    const summary = frame('summary', {}, [{ type: 'text', value: words }])
    const properties = {
      ...(kind !== undefined && { className: [kind] }),
      ...(name !== undefined && { name }),
      ...(isOpen !== undefined && { open: 'open' }),
    }
    const folded = frame('details', properties, [summary, ...inside.slice(0, -1)])
    if (name === undefined) kept.push(folded)
    else addTab(kept, name, folded)
  }
  tree.children = kept
}

/** To the tabs of its name, where those come just before it. */
function addTab(kept: RootContent[], name: string, tab: Frame): void {
  const last = kept.at(-1)
  const [first] = last?.type === 'frame' && last.data?.hName === 'div' ? last.children : []
  const isSame = first?.type === 'frame' && first.data?.hProperties?.name === name
  if (isSame && last?.type === 'frame') last.children.push(tab)
  else kept.push(frame('div', { className: ['tabs'] }, [tab]))
}

function html(value: string): Html {
  return { type: 'html', value }
}
