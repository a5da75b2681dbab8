/**
 * Puts links to types into signatures and tables of parameters. In Markdown, whose code blocks hold no links, they are a line
 * below the signature: `Types: [State](#state), [Burn](#burn)`.
 */

import type { ElementContent, Properties, Text } from 'hast'
import type { InlineCode, Link, Paragraph, Root, RootContent, TableCell } from 'mdast'
import { append } from '#base/long-arrays.ts'

/** The properties of links by their texts. */
type Links = ReadonlyMap<string, Properties>

declare module 'mdast' {
  interface CodeData {
    /** Links by the identifiers in the code that lead to them. */
    links?: Links
  }
}

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u
const IDENTIFIERS = /([\p{L}_$][\p{L}\p{N}_$]*)/u
const LABEL = /^\p{L}{1,20}[:：]\s?$/u
/** Maximum number of characters of a signature with links. */
const MAX_CODE = 20_000

/** Move each such line into the code block before it, and into the tables of the same section. */
export function linkSignatures(tree: Root): void {
  const moved = new Set<RootContent>()
  for (const [at, heading] of tree.children.entries()) {
    const [block, line] = tree.children.slice(at + 1, at + 3)
    if (heading.type !== 'heading' || block?.type !== 'code' || block.value.length > MAX_CODE) continue
    const names = new Set(block.value.split(IDENTIFIERS))
    const links = line?.type === 'paragraph' ? linksOf(line, names) : undefined
    if (links !== undefined && line !== undefined) moved.add(line)
    const all = links ?? new Map<string, Properties>()
    const cells = cellsBelow(tree.children, at + 2)
    for (const { children } of cells) {
      const [only, ...others] = children
      const name = only?.type === 'link' && others.length === 0 ? nameIn(only, names) : undefined
      if (name !== undefined && only?.type === 'link' && !all.has(name)) all.set(name, propertiesOf(only))
    }
    if (all.size === 0) continue
    block.data = { ...block.data, links: all }
    for (const { children } of cells) for (const node of children) if (node.type === 'inlineCode') linkCode(node, all)
  }
  tree.children = tree.children.filter((block) => !moved.has(block))
}

/**
 * The links of a line that consists of a label and of names in the code; otherwise `undefined`.
 *
 * @param names - The identifiers in the code.
 */
function linksOf(
  { children: [label, ...rest] }: Paragraph,
  names: ReadonlySet<string>,
): Map<string, Properties> | undefined {
  if (label?.type !== 'text' || !LABEL.test(label.value)) return undefined
  const links = new Map<string, Properties>()
  for (const node of rest) {
    if (node.type === 'text' && /^[,、，] ?$/.test(node.value)) continue
    const name = node.type === 'link' ? nameIn(node, names) : undefined
    if (name === undefined || node.type !== 'link') return undefined
    links.set(name, propertiesOf(node))
  }
  return links.size === 0 ? undefined : links
}

const propertiesOf = ({ url, data }: Link): Properties => ({ href: url, ...data?.hProperties })

/** The identifier that a link consists of, if the code contains it. */
function nameIn({ children: [name, ...others] }: Link, names: ReadonlySet<string>): string | undefined {
  if (name?.type !== 'inlineCode' || others.length > 0 || !IDENTIFIER.test(name.value)) return undefined
  return names.has(name.value) ? name.value : undefined
}

/** The cells with types in the tables of a section: the second of each row; the first has the name of the parameter. */
function cellsBelow(blocks: readonly RootContent[], from: number): TableCell[] {
  const cells: TableCell[] = []
  for (let at = from; at < blocks.length; at++) {
    const block = blocks[at]
    if (block?.type === 'heading') break
    if (block?.type === 'table') for (const row of block.children) append(cells, row.children.slice(1, 2))
  }
  return cells
}

function linkCode(node: InlineCode, links: Links): void {
  node.data = { ...node.data, hChildren: linkedText({ type: 'text', value: node.value }, links) }
}

/** Highlighted code with its links. Strings and comments have none. */
export function withLinks(nodes: readonly ElementContent[], links: Links): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return linkedText(node, links)
    if (node.type !== 'element' || isQuoted(node.properties.className)) return [node]
    return [{ ...node, children: withLinks(node.children, links) }]
  })
}

const isQuoted = (classes: unknown): boolean =>
  Array.isArray(classes) && (classes.includes('hljs-string') || classes.includes('hljs-comment'))

function linkedText({ value }: Text, links: Links): ElementContent[] {
  return value.split(IDENTIFIERS).flatMap((part): ElementContent[] => {
    const properties = links.get(part)
    const text: Text = { type: 'text', value: part }
    if (part === '') return []
    return [properties === undefined ? text : { type: 'element', tagName: 'a', properties, children: [text] }]
  })
}
