/** Pairs inline HTML tags, which Markdown yields one by one: known pairs become nodes, others are left unchanged. */

import type { PhrasingContent } from 'mdast'

const TAG = /^<(\/?)([a-zA-Z][a-zA-Z0-9.]{0,40})([\s/](?:"[^"<]*"|'[^'<]*'|[^<>"'])*)?>$/
const ATTRIBUTE = (name: string): RegExp =>
  new RegExp(String.raw`(?:^|\s)${name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`, 'i')
const HREF = ATTRIBUTE('(?:href|to)')
const SRC = ATTRIBUTE('src')
const ALT = ATTRIBUTE('alt')

/** Limit on nesting. */
const MAX_OPEN = 10

type Wrapper = 'link' | 'strong' | 'emphasis' | 'delete' | 'code'
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  a: 'link',
  link: 'link',
  b: 'strong',
  strong: 'strong',
  em: 'emphasis',
  i: 'emphasis',
  del: 'delete',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
}

interface Open {
  name: string
  rest: string
  children: PhrasingContent[]
}

/** Replaces known pairs of tags with nodes; unclosed tags are ignored. */
export function pairTags(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  if (!nodes.some((node) => node.type === 'html')) return [...nodes]
  const stack: Open[] = [{ name: '', rest: '', children: [] }]
  const add = (...added: PhrasingContent[]): void => {
    for (const one of added) stack.at(-1)?.children.push(one)
  }
  for (const node of nodes) {
    const [, slash, element = '', rest = ''] = node.type === 'html' ? (TAG.exec(node.value) ?? []) : []
    const name = element.toLowerCase()
    if (slash === undefined) add(node)
    else if (name === 'br') add({ type: 'break' })
    else if (name === 'img') add(...imageOf(rest))
    else if (WRAPPERS[name] === undefined || !Object.hasOwn(WRAPPERS, name)) add(node)
    else if (slash === '') {
      if (!rest.trimEnd().endsWith('/') && stack.length < MAX_OPEN) stack.push({ name, rest, children: [] })
    } else if (stack.some((open) => open.name === name)) {
      for (let open = stack.pop(); open !== undefined; open = stack.pop()) {
        if (open.name === name) {
          add(...wrapped(open))
          break
        }
        add(...open.children)
      }
    }
  }
  for (let open = stack.pop(); open !== undefined; open = stack.pop()) {
    if (stack.length === 0) return open.children
    add(...open.children)
  }
  return []
}

function wrapped({ name, rest, children }: Open): PhrasingContent[] {
  const kind = WRAPPERS[name]
  if (kind === 'link') {
    const url = attributeOf(HREF, rest)
    return url === undefined ? children : [{ type: 'link', url, children: children as never }]
  }
  if (kind === 'code') {
    const words = children.map((child) => (child.type === 'text' || child.type === 'inlineCode' ? child.value : null))
    const isText = words.length > 0 && words.every((word) => word !== null)
    return isText ? [{ type: 'inlineCode', value: words.join('') }] : children
  }
  return kind === undefined ? children : [{ type: kind, children }]
}

function imageOf(rest: string): PhrasingContent[] {
  const url = attributeOf(SRC, rest)
  return url === undefined ? [] : [{ type: 'image', url, alt: attributeOf(ALT, rest) ?? '' }]
}

function attributeOf(pattern: RegExp, attributes: string): string | undefined {
  const [, double, single, bare] = pattern.exec(attributes) ?? []
  return double ?? single ?? bare
}
