/** Recognises block quotes that are callouts: `> [!NOTE]` of GitHub and Obsidian, and the older `> **Note**`. */

import type { Blockquote, PhrasingContent, RootContent } from 'mdast'
import { plainText } from '#markdown/build.ts'
import { type Admonition, calloutKind, calloutTitle } from './nodes.ts'

const MARK = /^\[!([A-Za-z]{2,12})\][+-]?[ \t]*([^\n]*)(?:\n|$)/

/** The callout in a block quote; `null` for a plain quote. */
export function alertOf({ children }: Blockquote): Admonition | null {
  const [first, ...rest] = children
  if (first?.type !== 'paragraph') return null
  const [start, ...others] = first.children
  if (start?.type === 'text') {
    const [mark, word = '', title = ''] = MARK.exec(start.value) ?? []
    const kind = calloutKind(word)
    if (mark === undefined || kind === undefined) return null
    const left = start.value.slice(mark.length)
    const words: PhrasingContent[] =
      left === '' ? others.filter(isNotLeadingBreak) : [{ type: 'text', value: left }, ...others]
    const own: PhrasingContent[] | null =
      title.trim() === '' ? calloutTitle(word) : [{ type: 'text', value: title.trim() }]
    return admonitionOf(kind, own, words, rest)
  }
  if (start?.type !== 'strong') return null
  const word = plainText(start).replace(/:$/, '').trim()
  const kind = calloutKind(word)
  const [next, ...more] = others
  const isAlone = next === undefined || next.type === 'break' || (next.type === 'text' && next.value.startsWith('\n'))
  if (kind === undefined || !isAlone) return null
  return admonitionOf(kind, calloutTitle(word), next?.type === 'break' ? more : others, rest)
}

const isNotLeadingBreak = ({ type }: PhrasingContent, index: number): boolean => index > 0 || type !== 'break'

function admonitionOf(
  kind: Admonition['kind'],
  title: PhrasingContent[] | null,
  words: PhrasingContent[],
  rest: RootContent[],
): Admonition {
  const head: RootContent[] = words.length === 0 ? [] : [{ type: 'paragraph', children: words }]
  return { type: 'admonition', kind, title, children: [...head, ...rest] }
}
