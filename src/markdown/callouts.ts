/** Notes, tips and warnings in GitHub's syntax: a quote that begins with `[!NOTE]`. A custom title follows as a line in bold. */

import type { Blockquote, Paragraph, PhrasingContent, Root, RootContent, Strong, Text } from 'mdast'
import { frame } from './frame.ts'
import { walk } from './walk.ts'

export const CALLOUTS = ['note', 'tip', 'important', 'warning', 'caution'] as const
export type CalloutKind = (typeof CALLOUTS)[number]

const MARK = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/i

/**
 * A quote that is rendered as a note.
 *
 * @param title - Replaces the name of the kind.
 */
export function callout(
  kind: CalloutKind,
  title: readonly PhrasingContent[] | null,
  blocks: readonly RootContent[],
): Blockquote {
  const mark: PhrasingContent = { type: 'html', value: `[!${kind.toUpperCase()}]` }
  const head: PhrasingContent[] = title === null || title.length === 0 ? [] : [{ type: 'strong', children: [...title] }]
  const [first, ...rest] = blocks
  if (head.length > 0) return quote([paragraphOf([mark, line(), ...head]), ...blocks])
  // The text starts on the line after the marker, as usual.
  if (first?.type === 'paragraph') return quote([paragraphOf([mark, line(), ...first.children]), ...rest])
  return quote([paragraphOf([mark]), ...blocks])
}

const line = (): Text => ({ type: 'text', value: '\n' })
const paragraphOf = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children })
const quote = (children: readonly RootContent[]): Blockquote => ({
  type: 'blockquote',
  children: children as Blockquote['children'],
})

/** The kind of a note, according to its first line; `null` for an ordinary quote. */
function kindOfCallout(node: Blockquote): CalloutKind | null {
  const [first] = node.children
  const start = first?.type === 'paragraph' ? first.children[0] : undefined
  const found = start?.type === 'text' ? MARK.exec(start.value)?.[1]?.toLowerCase() : undefined
  return CALLOUTS.find((kind) => kind === found) ?? null
}

/** The content of a note after its marker, and its custom title, if any. */
function readCallout(node: Blockquote): { title: Strong | null; blocks: RootContent[] } {
  const [first, ...rest] = node.children
  if (first?.type !== 'paragraph') return { title: null, blocks: node.children }
  const [start, ...others] = first.children
  const words = start?.type === 'text' ? start.value.replace(MARK, '') : ''
  const left: PhrasingContent[] = words === '' ? others : [{ type: 'text', value: words }, ...others]
  const [head, ...more] = left
  if (head?.type === 'strong' && more.length === 0) return { title: head, blocks: rest }
  return { title: null, blocks: left.length === 0 ? rest : [paragraphOf(left), ...rest] }
}

/** Put every note into a box. */
export function frameCallouts(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'blockquote') return undefined
    const kind = kindOfCallout(node)
    if (kind === null) return undefined
    const { title, blocks } = readCallout(node)
    const words: PhrasingContent[] = title?.children ?? [
      { type: 'text', value: kind[0]?.toUpperCase() + kind.slice(1) },
    ]
    const head: Paragraph = {
      type: 'paragraph',
      data: { hProperties: { className: ['callout-title'] } },
      children: words,
    }
    parent.children[index] = frame('div', { className: ['callout', `callout-${kind}`] }, [head, ...blocks])
    return undefined
  })
}
