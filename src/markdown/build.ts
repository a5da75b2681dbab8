/**
 * Builders of Markdown trees. They accept untrusted text; `stringify` escapes it. They remove only control characters, text
 * direction overrides and repeated white space.
 */

import type {
  BlockContent,
  Code,
  Emphasis,
  Heading,
  InlineCode,
  Link,
  List,
  Nodes,
  Paragraph,
  PhrasingContent,
  RootContent,
  Strong,
  Table,
  Text,
} from 'mdast'
import { boundMarks } from '#base/unicode-forms.ts'

declare module 'mdast' {
  interface LinkData {
    /** The name of something documented in the set. The URL is set when all pages are known. */
    ref?: string
  }
  interface InlineCodeData {
    /** From a comment or a document of the repository, not written by docspool. */
    isQuoted?: boolean
  }
  interface ParagraphData {
    /** The paragraph replaces a heading of this depth in untrusted Markdown. */
    depth?: number
  }
}

/** A string is plain text. */
export type Inline = string | PhrasingContent

/**
 * C0 and C1 controls except tab and line feed, characters that change the direction of text, and invisible characters that a
 * model would read, above all tags (U+E0000). Zero-width joiners stay, because some scripts and emoji need them.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text without invisible characters, and with a bounded number of combining marks on one letter. Line breaks stay. */
export function cleanText(value: string): string {
  return boundMarks(value.replace(/\r\n?/g, '\n').replace(INVISIBLE, '').replace(LONE_SURROGATE, '\ufffd'))
}

/** `cleanText` on one line. */
export function oneLine(value: string): string {
  return cleanText(value).replace(/\s+/g, ' ').trim()
}

/** White space except the narrow no-break space, which French uses before some punctuation. */
const SPACES = /[^\S\u202f]+/g

export function text(value: string): Text {
  return { type: 'text', value: cleanText(value).replace(SPACES, ' ') }
}

const STRING_OR_SPACE = /("[^"\n]{0,200}")|\s+/g

/** Inline code on one line, in which strings keep their spaces. Empty code would be invisible, so it becomes `(unnamed)`. */
export function code(value: string): InlineCode {
  const line = cleanText(value)
    .replace(STRING_OR_SPACE, (_, string?: string) => string ?? ' ')
    .trim()
  return { type: 'inlineCode', value: line === '' ? '(unnamed)' : line }
}

export function strong(...children: Inline[]): Strong {
  return { type: 'strong', children: inline(children) }
}

export function emphasis(...children: Inline[]): Emphasis {
  return { type: 'emphasis', children: inline(children) }
}

export function link(url: string, ...children: Inline[]): Link {
  return { type: 'link', url, children: inline(children) }
}

/** A link whose URL is not known yet; see `LinkData.ref`. */
export function refLink(ref: string, ...children: Inline[]): Link {
  return { type: 'link', url: '', children: inline(children), data: { ref } }
}

export function heading(depth: 1 | 2 | 3 | 4 | 5 | 6, ...children: Inline[]): Heading {
  return { type: 'heading', depth, children: inline(children) }
}

export function paragraph(...children: Inline[]): Paragraph {
  return { type: 'paragraph', children: inline(children) }
}

/** A tight list; each item is the content of one paragraph, or a list of blocks. */
export function list(items: (Inline[] | BlockContent[])[], ordered = false): List {
  return {
    type: 'list',
    ordered,
    spread: false,
    ...(ordered ? { start: 1 } : {}),
    children: items.map((item) => ({
      type: 'listItem',
      spread: false,
      children: isBlocks(item) ? item : [paragraph(...item)],
    })),
  }
}

/** A table. Renderers fill rows that are shorter than the header. */
export function table(head: string[], rows: Inline[][][], align: ('left' | 'right' | null)[] = []): Table {
  const row = (cells: Inline[][]): Table['children'][number] => ({
    type: 'tableRow',
    children: cells.map((cell) => ({ type: 'tableCell', children: inline(cell).map(forCell) })),
  })
  return {
    type: 'table',
    align: head.map((_, column) => align[column] ?? null),
    children: [row(head.map((cell) => [cell])), ...rows.map(row)],
  }
}

/** The node as it can be written in a table: code with `\|` becomes text, and a line break a space. */
export function forCell(node: PhrasingContent): PhrasingContent {
  if (node.type === 'inlineCode' && node.value.includes('\\|')) return text(node.value)
  if (node.type === 'break') return text(' ')
  return node.type === 'link' ? { ...node, children: node.children.map(forCell) } : node
}

/** A code block. A language that is not a plain name is left out. */
export function codeBlock(language: string | null, value: string): Code {
  return {
    type: 'code',
    lang: language !== null && /^[a-z0-9+#_-]{1,30}$/.test(language) ? language : null,
    value: cleanText(value),
  }
}

/** Items with a separator between them. */
export function join(items: Inline[][], separator: string): Inline[] {
  return items.flatMap((item, index) => (index === 0 ? item : [separator, ...item]))
}

/** The text of a node without markup, from which anchors of headings are made. Not recursive. */
export function plainText(node: Nodes | RootContent): string {
  let result = ''
  const stack: Nodes[] = [node]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if ('children' in next) {
      for (let index = next.children.length - 1; index >= 0; index--) stack.push(next.children[index] as Nodes)
    } else if ('value' in next) {
      result += next.value
    } else if (next.type === 'image') {
      result += next.alt ?? ''
    } else if (next.type === 'break') {
      result += ' '
    }
  }
  return result
}

/** Convert strings and nodes to nodes. Adjacent texts are merged, as in a parsed tree. */
export function inline(children: Inline[]): PhrasingContent[] {
  const result: PhrasingContent[] = []
  /** Texts that follow one another. They are joined once, because cleaning the joined text takes time linear in its length. */
  let run: Text[] = []
  const endRun = (): void => {
    const [first] = run
    if (first !== undefined) result.push(run.length === 1 ? first : text(run.map(({ value }) => value).join('')))
    run = []
  }
  for (const child of children) {
    const node = typeof child === 'string' ? text(child) : child
    if (node.type !== 'text') {
      endRun()
      result.push(node)
    } else if (node.value !== '') run.push(node)
  }
  endRun()
  return result
}

/** The nodes without line breaks and white space at both ends. */
export function trimInline(children: readonly PhrasingContent[]): PhrasingContent[] {
  const isEdge = (node: PhrasingContent): boolean =>
    node.type === 'break' || (node.type === 'text' && node.value.trim() === '')
  const start = children.findIndex((node) => !isEdge(node))
  const end = children.findLastIndex((node) => !isEdge(node))
  return children.slice(Math.max(0, start), end + 1).map((node, index, all) => {
    if (node.type !== 'text') return node
    const value = index === 0 ? node.value.trimStart() : node.value
    return { type: 'text', value: index === all.length - 1 ? value.trimEnd() : value }
  })
}

function isBlocks(item: Inline[] | BlockContent[]): item is BlockContent[] {
  const first = item[0]
  return typeof first === 'object' && BLOCKS.has(first.type)
}

const BLOCKS = new Set<string>(['paragraph', 'list', 'code', 'table', 'blockquote', 'heading', 'thematicBreak'])
