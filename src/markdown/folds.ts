/**
 * Collapsible sections, in the usual syntax in Markdown: `<details>`, `<summary>`, blocks, `</details>`. Only this exact form
 * is rendered, at the top level of a page or nested up to `MAX_FOLD_DEPTH`. Consecutive sections with the same name are tabs, of
 * which one is visible at a time.
 */

import type { Html, Root, RootContent } from 'mdast'
import { type Frame, frame } from './frame.ts'

/** Characters of titles: those that are visible, spaces, and joiners of letters. */
const TITLE_CHARS = String.raw`\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\u200c\u200d`
const MAX_TITLE = 200
/** Characters of a title that are read, before what is removed from it. */
const MAX_RAW_TITLE = 400
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const MAX_FOLD_DEPTH = 6
const OPEN = new RegExp(
  `^<details(?: class="(usage)"| name="(tabs-[0-9]{1,4})"( open)?)?>\n<summary>((?:(?![&<>])[${TITLE_CHARS}]|&(?:amp|lt|gt);){1,${MAX_TITLE}})</summary>$`,
  'u',
)
const OTHER = new RegExp(`[^${TITLE_CHARS}]`, 'gu')
const CLOSE = '</details>'

/**
 * A collapsible section.
 *
 * @param summary - Shortened to `MAX_TITLE` characters, without type arguments and invisible characters; `More` if nothing
 *   is left.
 * @param kind - `usage`: lists where something is used. Its summary is less prominent, and it is not searched.
 */
export function fold(summary: string, blocks: readonly RootContent[], kind?: 'usage'): RootContent[] {
  const attribute = kind === undefined ? '' : ` class="${kind}"`
  return [html(`<details${attribute}>\n<summary>${titleText(summary)}</summary>`), ...blocks, html(CLOSE)]
}

export interface Tab {
  title: string
  blocks: readonly RootContent[]
}

/**
 * Tabs. The first one is open initially.
 *
 * @param group - Unique within the page, from 1.
 */
export function tabs(group: number, all: readonly Tab[]): RootContent[] {
  return all.flatMap(({ title, blocks }, index) => [
    html(`<details name="tabs-${group}"${index === 0 ? ' open' : ''}>\n<summary>${titleText(title)}</summary>`),
    ...blocks,
    html(CLOSE),
  ])
}

/** The title with entities for the characters of HTML. */
function titleText(words: string): string {
  let result = words.slice(0, MAX_RAW_TITLE)
  // Without their brackets, the arguments of a type would read as a part of its name.
  for (let before = ''; before !== result; ) {
    before = result
    result = result.replace(/(?<=[\p{L}\p{N}])<[^<>]{0,200}>/gu, '')
  }
  const title = [...result.replace(OTHER, '').replace(/ {2,}/g, ' ').trim()].slice(0, MAX_TITLE).join('')
  return title.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '') || 'More'
}

function withoutEntities(title: string): string {
  return title.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** Convert the collapsible sections of a tree to elements. Anything similar is left to `dropRawHtml`. */
export function frameFolds(tree: Root): void {
  const kept: RootContent[] = []
  /** Indexes in `kept` of the starts of sections that have not ended yet. */
  const starts: number[] = []
  /** Sections in the innermost of them that are nested too deeply, and have not ended yet. */
  let ignored = 0
  for (const node of tree.children) {
    kept.push(node)
    if (node.type !== 'html') continue
    if (OPEN.test(node.value)) {
      if (starts.length < MAX_FOLD_DEPTH) starts.push(kept.length - 1)
      else ignored++
    }
    if (node.value !== CLOSE) continue
    if (ignored > 0) {
      ignored--
      continue
    }
    const start = starts.pop()
    if (start === undefined) continue
    const [head, ...inside] = kept.splice(start)
    const [, kind, name, isOpen, words = ''] = OPEN.exec(head?.type === 'html' ? head.value : '') ?? []
    const summary = frame('summary', {}, [{ type: 'text', value: withoutEntities(words) }])
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

/** Add a tab to the group of its name if that is the previous block; otherwise start a group. */
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
