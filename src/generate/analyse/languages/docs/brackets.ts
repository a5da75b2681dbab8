/** Finds links to symbols in brackets, as in rustdoc and KDoc: `[Foo]`, `[the foo][a::Foo]`, ``[`Foo`](a::Foo)``. */

import { mapParagraphs } from '#generate/analyse/doc-paragraphs.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

/**
 * Code spans are skipped; the start of a definition and Markdown's own syntax do not match. A word may continue after
 * code in brackets, ``[`Service`]s``, and have an ending after a name, `[Service]s`.
 */
const LINK =
  /(?<![\]\\!\w])\[(`?)([^\]`[\n]{1,200})\1\](?:\(([^()\s]{1,200}(?:\(\))?)\)|\[([^\][\n]{0,200})\])?(?:(?<=`\])(?![[(])|(?!::|[[(\w])|(?=e?[ds]\b))|(?<!`)`+[^`]+`+/g
const DEFINITION = /^ {0,3}\[`?([^\]`[\n]{1,200})`?\]:\s*(\S{1,300})\s*$/gm
const SYMBOL = /^(?:[a-z]+@)?(?=[\w:.]*[A-Za-z_])[A-Za-z_][\w:.]*(?:<[\w, ]*>)?(?:\(\)|!)?$/

/** Link definitions of the text, keyed by label. */
export type Definitions = ReadonlyMap<string, string>

export function definitionsOf(markdown: string): Definitions {
  const found = new Map<string, string>()
  for (const [, words = '', target = ''] of markdown.matchAll(DEFINITION)) found.set(words.toLowerCase(), target)
  return found
}

/** Converts the links to symbols in a paragraph; '' if the paragraph only defines one. */
function withSymbolLinks(text: string, definitions: Definitions): string {
  if (isDefinition(text)) return SYMBOL.test(text.slice(text.indexOf(']:') + 2).trim()) ? '' : text
  return text.replace(LINK, (whole, mark?: string, words?: string, address?: string, other?: string, at = 0) => {
    if (words === undefined || isDefinition(text.slice(text.lastIndexOf('\n', at) + 1, at + whole.length + 1)))
      return whole
    const named = other === undefined || other === '' ? words : other.replace(/`/g, '')
    const target = address ?? definitions.get(named.toLowerCase()) ?? named
    if (mark !== '' && target === named && other === undefined) return `\`${words}\``
    if (!SYMBOL.test(target)) return whole
    // A type parameter; `[X]` is a mark in a list of tasks.
    if (mark === '' && target.length < 2)
      return /^[A-WYZ]$/.test(target) && address === undefined ? `\`${words}\`` : whole
    if (target === words) return `\`${words}\``
    return symbolLink(target, mark === '' && words.includes(' ') ? words : words.replace(/\s+/g, ' '))
  })
}

function isDefinition(line: string): boolean {
  return /^ {0,3}\[[^\][]{1,200}\]:/.test(line)
}

/** Converts the links in a text, except in code blocks. */
export function symbolLinksIn(markdown: string): string {
  if (!markdown.includes('[')) return markdown
  const definitions = definitionsOf(markdown)
  return mapParagraphs(markdown, (text) => withSymbolLinks(text, definitions)).trimEnd()
}
