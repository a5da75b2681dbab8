/**
 * Converts untrusted Markdown (doc comments, README text) to nodes that are safe in a page: without HTML, images and
 * headings, and with web URLs only. Length and nesting of the input are limited before it is parsed, because
 * Markdown parsers take quadratic time or overflow the stack for some inputs.
 */

import type { BlockContent, FootnoteDefinition, List, Nodes, PhrasingContent, Root } from 'mdast'
import { hasText } from '#base/find-text.ts'
import { cleanText, codeBlock, inline, paragraph, plainText, refLink, text, trimInline } from './build.ts'
import { Fences } from './fences.ts'
import { type HtmlSpan, linesOfHtml } from './html-blocks.ts'
import { textOfHtml } from './html-text.ts'
import { LinkDefinitions } from './link-definitions.ts'
import { parseShallowOnce } from './parse-shallow.ts'
import { symbolOf, withoutSymbolLinks } from './symbol-links.ts'

export interface FragmentOptions {
  /** Longer input is cut at the end of a paragraph. At most 20,000. */
  maxChars: number
  /** The URL for a relative one, or `null` to keep only the text of the link. */
  resolveLink: (url: string) => string | null
  /**
   * The symbol that inline code names, as `LinkData.ref`, or `null`.
   *
   * @param isReference - The code is in a link to a symbol, so it probably names one.
   */
  resolveCode?: (code: string, isReference: boolean) => string | null
}

const MAX_CHARS = 20_000
/** How many characters are searched for link definitions, and how many definitions are used. */
const MAX_SEARCHED = 200_000
const MAX_DEFINITIONS = 200
const DEFINITION = /^ {0,3}\[(?!\^)(?=[ \t]*[^\s\]])[^\][\\\n]{1,60}\]:[ \t]*(?!<)[^\s()<>]{1,200}(?=\s|$)/
/** A line without any markup, which need not be parsed. */
const PLAIN = /^[A-Za-z][A-Za-z0-9 ,;'"()?!-]*\.?$/

/** The safe blocks; `[]` when nothing is left. */
export function parseFragment(markdown: string, options: FragmentOptions): BlockContent[] {
  if (markdown.length <= options.maxChars && PLAIN.test(markdown)) return [paragraph(markdown)]
  const whole = cleanText(markdown)
  const most = Math.min(options.maxChars, MAX_CHARS)
  const source = cutAtParagraph(whole, most)
  const definitions = whole.length > most && source.includes(']') ? definitionsIn(whole, source) : ''
  const tree = parseShallowOnce(definitions === '' ? source : `${definitions}\n\n${source}`)
  if (tree === undefined) return plainParagraphs(source)
  return new Converter(tree, options).blocks(tree.children)
}

/** A part of a text with the link definitions of the text that it uses. */
export function withDefinitions(part: string, markdown: string): string {
  const definitions = part.includes(']') ? definitionsIn(markdown, part) : ''
  return definitions === '' ? part : `${part}\n\n${definitions}`
}

/**
 * The link definitions of a text, which are often at its end. Lines in code or inside a paragraph are not definitions.
 * Finds only definitions that do not depend on the lines around them.
 *
 * @param part - The part of the text in which they are used.
 */
export function definitionsIn(markdown: string, part: string): string {
  if (!markdown.includes(']:')) return ''
  const found: string[] = []
  const used = part.toLowerCase()
  const isUsed = (definition: string): boolean =>
    hasText(
      used,
      definition
        .slice(0, definition.indexOf(']:') + 1)
        .trim()
        .toLowerCase(),
    )
  const fences = new Fences()
  let isFree = true
  for (const line of markdown.slice(0, MAX_SEARCHED).split('\n')) {
    if (fences.isCode(line)) {
      isFree = true
      continue
    }
    const definition: string | undefined = isFree ? DEFINITION.exec(line)?.[0] : undefined
    if (definition !== undefined && isUsed(definition)) found.push(definition)
    if (found.length === MAX_DEFINITIONS) break
    isFree = definition !== undefined || /^\s*$|^ {0,3}#/.test(line)
  }
  return found.join('\n')
}

/** Converts a parsed tree to a safe one. The depth of recursion is limited, because the tree is shallow. */
class Converter {
  readonly #definitions = new LinkDefinitions()
  readonly #parameters = new Set<Nodes>()
  readonly #footnotes = new Map<string, FootnoteDefinition>()
  readonly #options: FragmentOptions

  constructor(tree: Root, options: FragmentOptions) {
    this.#options = options
    for (const node of tree.children) {
      if (node.type === 'definition') this.#definitions.add(node.identifier, node.url)
      if (node.type === 'footnoteDefinition') this.#footnotes.set(node.identifier, node)
    }
  }

  blocks(nodes: Nodes[]): BlockContent[] {
    for (const [index, node] of nodes.entries())
      if (node.type === 'list' && isTitleOfParameters(nodes[index - 1])) this.#noteNames(node)
    return nodes.flatMap((node) => this.#block(node))
  }

  /** Names at the start of items in a list of parameters are not references to symbols. */
  #noteNames(list: List): void {
    for (const { children } of list.children) {
      const [name] = children[0]?.type === 'paragraph' ? children[0].children : []
      if (name?.type === 'inlineCode') this.#parameters.add(name)
    }
  }

  #block(node: Nodes): BlockContent[] {
    switch (node.type) {
      case 'paragraph':
        return this.#paragraph(this.#inlines(node.children))
      case 'heading':
        return this.#heading(node.depth, this.#inlines(node.children))
      case 'html':
        return linesOfHtml(node.value).flatMap(({ depth, spans }) => {
          const words = inline(spans.flatMap((span) => this.#span(span)))
          return depth === null ? this.#paragraph(words) : this.#heading(depth, words)
        })
      case 'code':
        return node.value.trim() === ''
          ? []
          : [codeBlock(node.lang?.toLowerCase() ?? null, withoutSymbolLinks(node.value))]
      case 'blockquote': {
        const children = this.blocks(node.children)
        return children.length === 0 ? [] : [{ type: 'blockquote', children }]
      }
      case 'list': {
        const items = node.children.map((item) => this.blocks(item.children)).filter((item) => item.length > 0)
        if (items.length === 0) return []
        const spread = node.spread ?? false
        return [
          {
            type: 'list',
            ordered: node.ordered ?? false,
            ...(node.ordered ? { start: node.start ?? 1 } : {}),
            spread,
            children: items.map((children) => ({ type: 'listItem', spread, children })),
          },
        ]
      }
      case 'table':
        return [
          {
            type: 'table',
            align: node.align ?? [],
            children: node.children.map((row) => ({
              type: 'tableRow',
              children: row.children.map((cell) => ({ type: 'tableCell', children: this.#inlines(cell.children) })),
            })),
          },
        ]
      default:
        return []
    }
  }

  #paragraph(children: PhrasingContent[]): BlockContent[] {
    const node = paragraph(...trimInline(inline(children)))
    return plainText(node).trim() === '' ? [] : [node]
  }

  /** Headings become lines in bold, so that they do not change the outline of the page. */
  #heading(depth: number, children: PhrasingContent[]): BlockContent[] {
    const node = paragraph({ type: 'strong', children: trimInline(children) })
    return plainText(node).trim() === '' ? [] : [{ ...node, data: { depth } }]
  }

  #span({ words, url, isCode }: HtmlSpan): PhrasingContent[] {
    if (words.trim() === '') return [text(words)]
    const node: PhrasingContent = isCode ? { type: 'inlineCode', value: words, data: { isQuoted: true } } : text(words)
    const safe = url === null ? null : this.#safeUrl(url)
    return [safe === null ? node : { type: 'link', url: safe, children: [node] }]
  }

  #inlines(nodes: Nodes[]): PhrasingContent[] {
    return inline(nodes.flatMap((node) => this.#inline(node)))
  }

  #inline(node: Nodes): PhrasingContent[] {
    switch (node.type) {
      case 'text':
        return [text(node.value)]
      case 'html':
        return [text(textOfHtml(node.value))]
      case 'inlineCode': {
        const ref = this.#parameters.has(node) ? null : (this.#options.resolveCode?.(node.value, false) ?? null)
        const plain: PhrasingContent = { type: 'inlineCode', value: node.value, data: { isQuoted: true } }
        return [ref === null ? plain : refLink(ref, plain)]
      }
      case 'emphasis':
      case 'strong':
      case 'delete': {
        const children = this.#inlines(node.children)
        return plainText({ type: 'paragraph', children }).trim() === '' ? [] : [{ type: node.type, children }]
      }
      case 'break':
        return [{ type: 'break' }]
      case 'image':
        return this.#image(node.url, node.alt)
      case 'imageReference':
        return this.#image(this.#definitions.urlOf(node.identifier), node.alt)
      case 'link':
        return this.#link(node.url, node.children)
      case 'linkReference':
        return this.#link(this.#definitions.urlOf(node.identifier), node.children)
      case 'footnoteReference': {
        const note = this.#footnotes.get(node.identifier)
        // Its text is inserted at the first reference only, because there may be many.
        this.#footnotes.delete(node.identifier)
        return note === undefined ? [] : [text(` (${plainText(note).trim()})`)]
      }
      default:
        return []
    }
  }

  /** An image becomes its alternative text, with a link if it is a file of the repository. */
  #image(url: string, alt: string | null | undefined): PhrasingContent[] {
    if (!alt) return []
    const file = /^[a-z][a-z0-9+.-]*:/i.test(url) ? null : this.#safeUrl(url)
    return [file === null ? text(alt) : { type: 'link', url: file, children: [text(alt)] }]
  }

  /** A link that contains only images is a badge, and is removed. */
  #link(url: string, nodes: Nodes[]): PhrasingContent[] {
    const children = this.#inlines(nodes.filter((node) => node.type !== 'image' && node.type !== 'imageReference'))
    if (plainText({ type: 'paragraph', children }).trim() === '') return []
    const unlinked = children.flatMap((child) => (child.type === 'link' ? child.children : [child]))
    const symbol = symbolOf(url)
    if (symbol !== null) {
      const isWord = symbol.startsWith('[')
      const ref = this.#options.resolveCode?.(isWord ? symbol.slice(1, -1) : symbol, !isWord) ?? null
      return ref !== null ? [refLink(ref, ...unlinked)] : isWord ? [text(symbol)] : children
    }
    const safe = this.#safeUrl(url)
    return safe === null ? unlinked : [{ type: 'link', url: safe, children: unlinked }]
  }

  #safeUrl(url: string): string | null {
    if (url === '' || url.length > 2_000 || url.startsWith('#') || url.startsWith('//')) return null
    if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) return this.#options.resolveLink(url)
    // Addresses in comments are those of authors, or examples.
    if (!/^https?:/i.test(url) || !URL.canParse(url)) return null
    return new URL(url).href
  }
}

/** `**Parameters**`, the form to which comments of all languages are converted. */
function isTitleOfParameters(node: Nodes | undefined): boolean {
  if (node?.type !== 'paragraph' || node.children.length !== 1 || node.children[0]?.type !== 'strong') return false
  return /^(?:(?:keyword|other|type) )?parameters:?$/i.test(plainText(node).trim())
}

function plainParagraphs(source: string): BlockContent[] {
  return source
    .split(/\n\s*\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .map((part) => paragraph(part))
}

/** The first `maxChars` characters, truncated at the end of a paragraph if there is one in the second half. */
function cutAtParagraph(source: string, maxChars: number): string {
  if (source.length <= maxChars) return source
  const head = source.slice(0, maxChars)
  const end = head.lastIndexOf('\n\n')
  const lineEnd = head.lastIndexOf('\n')
  // A row of a table stays whole.
  const isRow = lineEnd > maxChars / 2 && head.startsWith('|', lineEnd + 1)
  const kept = end > maxChars / 2 ? head.slice(0, end) : isRow ? head.slice(0, lineEnd) : withoutOpenLink(head)
  const fences = new Fences()
  for (const line of kept.split('\n')) fences.isCode(line)
  return `${kept}${fences.open === '' ? '' : `\n${fences.open}`}\n\n…`
}

/** Without a link at the end whose URL is truncated. */
function withoutOpenLink(source: string): string {
  const middle = source.lastIndexOf('](')
  return middle < 0 || source.includes(')', middle)
    ? source
    : source.slice(0, Math.max(0, source.lastIndexOf('[', middle)))
}
