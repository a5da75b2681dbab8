/**
 * Fast handlers for the most common nodes: text and code that need no escapes, links that contain one such node, and parents that
 * contain only these. They write the same as the general handlers, which try thirty patterns on each node and look at its
 * neighbours. All other nodes are passed to the general handlers.
 */

import type { InlineCode, Link, Nodes, PhrasingContent, Text } from 'mdast'
import { gfmTableToMarkdown } from 'mdast-util-gfm-table'
import { defaultHandlers, type Handle, type Handlers, type Info, type State } from 'mdast-util-to-markdown'

/** Text whose characters have no special meaning, except possibly at the start of a line. */
const PLAIN = /^(?:[A-Za-z0-9 ,;'"()/?%$^{}=+\u00a0-\uffff-]|[.:](?= |$))*$/
const STARTS_PLAIN = /^[A-Za-z]/
/** At the start of a line, `+`, `-`, `1.` and others have a meaning; after `]`, a parenthesis does. */
const CONTINUES_PLAIN = /^[A-Za-z0-9 ,;]/
const ENDS_OPEN = /[ .:]$/
const PLAIN_CODE = /^[^`|\s](?:[^`|\t\r\n]*[^`|\s])?$/
const PLAIN_URL = /^[\w#%./:-]+$/
const LINE_END = /[\r\n]$/

const generalText = defaultHandlers.text as Handle
const generalLink = defaultHandlers.link as Handle & { peek: Handle }
const generalRoot = defaultHandlers.root as Handle
const generalCode = gfmTableToMarkdown().handlers?.inlineCode as Handle

const text: Handle = (node: Text, parent, state, info) =>
  isPlain(node.value, info) ? node.value : generalText(node, parent, state, info)

const inlineCode: Handle & { peek: Handle } = Object.assign(
  ((node: InlineCode, parent, state, info) => quickCode(node) ?? generalCode(node, parent, state, info)) as Handle,
  { peek: () => '`' },
)

const link: Handle & { peek: Handle } = Object.assign(
  ((node: Link, parent, state, info) => quickLink(node) ?? generalLink(node, parent, state, info)) as Handle,
  { peek: generalLink.peek },
)

/** Handlers of paragraphs, headings and table cells get their children from the state, which is made for each tree. */
const root: Handle = (node, parent, state: State, info) => {
  const general = state.containerPhrasing
  state.containerPhrasing = (container, info) =>
    quickPhrasing(container.children as readonly PhrasingContent[], info) ?? general.call(state, container, info)
  return generalRoot(node, parent, state, info)
}

export const quickHandlers: Partial<Handlers> = { text, inlineCode, link, root }

/** `undefined` unless all the children are quick. */
function quickPhrasing(children: readonly PhrasingContent[], { before, after }: Info): string | undefined {
  let written = ''
  for (const [index, child] of children.entries()) {
    const isStart = index === 0 && child.type === 'html'
    const value = isStart ? child.value : quickNode(child, written.at(-1) ?? before, children[index + 1], after)
    if (value === undefined) return undefined
    written += value
  }
  return written
}

function quickNode(
  node: PhrasingContent,
  before: string,
  next: PhrasingContent | undefined,
  end: string,
): string | undefined {
  if (node.type === 'inlineCode') return quickCode(node)
  if (node.type === 'link') return quickLink(node)
  // What follows a text matters, and code and links do not begin with a line end.
  if (node.type !== 'text' || next?.type === 'text') return undefined
  return isPlain(node.value, { before, after: next === undefined ? end : '`' }) ? node.value : undefined
}

const quickCode = ({ value }: InlineCode): string | undefined => (PLAIN_CODE.test(value) ? `\`${value}\`` : undefined)

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
  return child.type === 'inlineCode' && !child.value.includes(']') ? quickCode(child) : undefined
}
