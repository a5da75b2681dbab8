/**
 * Fast handlers for the most common nodes: text and code that need no escapes, and links that contain one of these. Their
 * output equals that of the general handlers, which try thirty patterns on each node and handle all other nodes.
 */

import type { InlineCode, Link, Nodes, Text } from 'mdast'
import { gfmTableToMarkdown } from 'mdast-util-gfm-table'
import { defaultHandlers, type Handle, type Handlers, type Info } from 'mdast-util-to-markdown'

/** Text whose characters have no special meaning, except possibly at the start of a line. */
const PLAIN = /^(?:[A-Za-z0-9 ,;'"()/?%$^{}=+\u00a0-\uffff-]|[.:](?= |$))*$/
const STARTS_PLAIN = /^[A-Za-z]/
/** At the start of a line, `+`, `-`, `1.` and others have a meaning; after `]`, a parenthesis does. */
const CONTINUES_PLAIN = /^[A-Za-z0-9 ,;]/
const ENDS_OPEN = /[ .:]$/
const PLAIN_CODE = /^[^`|\s](?:[^`|\t\r\n]*[^`|\s])?$/
const PLAIN_URL = /^[\w#%./-]+$/
const LINE_END = /[\r\n]$/

const generalText = defaultHandlers.text as Handle
const generalLink = defaultHandlers.link as Handle & { peek: Handle }
const generalCode = gfmTableToMarkdown().handlers?.inlineCode as Handle

const text: Handle = (node: Text, parent, state, info) =>
  isPlain(node.value, info) ? node.value : generalText(node, parent, state, info)

const inlineCode: Handle & { peek: Handle } = Object.assign(
  ((node: InlineCode, parent, state, info) =>
    PLAIN_CODE.test(node.value) ? `\`${node.value}\`` : generalCode(node, parent, state, info)) as Handle,
  { peek: () => '`' },
)

const link: Handle & { peek: Handle } = Object.assign(
  ((node: Link, parent, state, info) => quickLink(node) ?? generalLink(node, parent, state, info)) as Handle,
  { peek: generalLink.peek },
)

export const quickHandlers: Partial<Handlers> = { text, inlineCode, link }

function isPlain(value: string, { before, after }: Pick<Info, 'before' | 'after'>): boolean {
  if (!PLAIN.test(value)) return false
  const start = LINE_END.test(before) || before === '' ? STARTS_PLAIN : CONTINUES_PLAIN
  return (
    start.test(value) && (!ENDS_OPEN.test(value) || (value.endsWith(' ') ? !/^[\r\n]/.test(after) : after === '\n'))
  )
}

function quickLink({ children, url, title }: Link): string | undefined {
  const [child] = children
  if (child === undefined || children.length > 1 || title || !PLAIN_URL.test(url)) return undefined
  const label = labelOf(child)
  return label === undefined ? undefined : `[${label}](${url})`
}

function labelOf(child: Nodes): string | undefined {
  if (child.type === 'text') return isPlain(child.value, { before: '[', after: ']' }) ? child.value : undefined
  if (child.type !== 'inlineCode') return undefined
  return PLAIN_CODE.test(child.value) && !child.value.includes(']') ? `\`${child.value}\`` : undefined
}
