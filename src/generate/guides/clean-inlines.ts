/**
 * Makes text, images and links of an untrusted document safe, and numbers its footnotes. Images and links refer to the link
 * definitions of the whole document.
 */

import type { FootnoteDefinition, Nodes, PhrasingContent, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { inline, text } from '#markdown/build.ts'
import { textOfHtml } from '#markdown/html-text.ts'
import { LinkDefinitions } from '#markdown/link-definitions.ts'
import { symbolOf } from '#markdown/symbol-links.ts'
import { pairTags } from './inline-html.ts'
import { isBlank } from './is-blank.ts'
import { BARE } from './resolve.ts'

/** A URL as the author wrote it. */
declare module 'mdast' {
  interface LinkData {
    href?: string
  }
  interface ImageData {
    href?: string
  }
}

export class InlineCleaner {
  readonly #definitions = new LinkDefinitions()
  readonly #footnotes = new Map<string, FootnoteDefinition>()
  /** The numbers of footnotes, in the order in which they are cited. */
  readonly #cited = new Map<string, number>()

  /** @param blocks - The whole document. */
  constructor(blocks: readonly RootContent[]) {
    const stack: Nodes[] = [...blocks].reverse()
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node.type === 'definition') this.#definitions.add(node.identifier, node.url)
      else if (node.type === 'footnoteDefinition') this.#footnotes.set(node.identifier, node)
      else if ('children' in node) append(stack, [...node.children].reverse() as Nodes[])
    }
  }

  /** Cleans consecutive nodes. Pairs of HTML tags are replaced by the Markdown that they mean. */
  clean(source: readonly PhrasingContent[]): PhrasingContent[] {
    return inline(pairTags(source).flatMap((node) => this.#inline(node)))
  }

  #inline(node: PhrasingContent): PhrasingContent[] {
    switch (node.type) {
      case 'text':
        return [text(node.value)]
      case 'html':
        return [text(textOfHtml(node.value))]
      case 'inlineCode': {
        const value = node.value.replace(/\s+/g, ' ').trim()
        const symbol = node.data?.symbol
        return value === ''
          ? []
          : [{ type: 'inlineCode', value, data: { isQuoted: true, ...(symbol !== undefined && { symbol }) } }]
      }
      case 'emphasis':
      case 'strong':
      case 'delete': {
        const children = this.clean(node.children)
        return isBlank(children) ? children : [{ type: node.type, children }]
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
        if (!this.#footnotes.has(node.identifier)) return []
        const number = this.#cited.get(node.identifier) ?? this.#cited.size + 1
        this.#cited.set(node.identifier, number)
        return [text(`[${number}]`)]
      }
      default:
        return []
    }
  }

  #image(url: string, alt: string | null | undefined): PhrasingContent[] {
    return url === ''
      ? []
      : [{ type: 'image', url: '', alt: (alt ?? '').replace(/\s+/g, ' ').trim(), data: { href: url } }]
  }

  #link(url: string, nodes: readonly PhrasingContent[]): PhrasingContent[] {
    const children = this.clean(nodes).flatMap((child) => (child.type === 'link' ? child.children : [child]))
    const symbol = symbolOf(url)
    if (symbol !== null)
      return children.map((child) =>
        child.type === 'inlineCode' ? { ...child, data: { isQuoted: true, symbol } } : child,
      )
    // `[](start.md)` of MyST has the title of its target.
    const shown = nodes.length === 0 && !/^(?:[a-z][\w+.-]*:|\/\/)/i.test(url) ? [text(`${BARE}${url}`)] : children
    return isBlank(shown) ? [] : [{ type: 'link', url: '', children: shown, data: { href: url } }]
  }

  /** The contents of the cited footnotes, in the order of their numbers. Cleaning one may cite another, which then follows. */
  *footnotes(): Generator<readonly RootContent[]> {
    for (const identifier of this.#cited.keys()) yield this.#footnotes.get(identifier)?.children ?? []
  }
}
