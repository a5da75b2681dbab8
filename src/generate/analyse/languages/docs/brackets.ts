/** Finds links to symbols in brackets, as in rustdoc and KDoc: `[Foo]`, `[the foo][a::Foo]`, ``[`Foo`](a::Foo)``. */

import { mapParagraphs } from '#generate/analyse/doc-paragraphs.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

/**
 * Code spans are skipped; the start of a definition and Markdown's own syntax do not match. Any word may follow code in
 * brackets, ``[`Service`]able``, but a name without code marks may only have a plural or past tense ending, `[Service]s`.
 */
const LINK =
  /(?<![\]\\!\w])\[(`?)([^\]`[\n]{1,200})\1\](?:\(([^()\s]{1,200}(?:\(\))?)\)|\[([^\][\n]{0,200})\])?(?:(?<=`\])(?![[(])|(?!::|[[(\w])|(?=e?[ds]\b))|(?<!`)`+[^`]+`+/g
const DEFINITION = /^ {0,3}\[`?([^\]`[\n]{1,200})`?\]:\s*(\S{1,300})\s*$/gm
const SYMBOL = /^(?:[a-z]+@)?(?=[\w:.]*[A-Za-z_])[A-Za-z_][\w:.]*(?:<[\w, ]*>)?(?:\(\)|!)?$/
/** `Arg` for `Arg#basic-api`; the number of an issue stays: `serde#12`. */
const withoutFragment = (target: string): string => target.replace(/#[A-Za-z][\w-]*$/, '')

/** A word of prose, or a name in lower case. */
const WORD = /^[a-z]{2,}$/

/** Link definitions of a text, keyed by label. */
type Definitions = ReadonlyMap<string, string>

function definitionsOf(markdown: string): Definitions {
  const found = new Map<string, string>()
  for (const [, words = '', target = ''] of markdown.matchAll(DEFINITION)) found.set(words.toLowerCase(), target)
  return found
}

/** Converts the links to symbols in a paragraph; '' if the paragraph only defines one. */
function withSymbolLinks(text: string, definitions: Definitions, hasOptional: boolean): string {
  if (isDefinition(text)) return SYMBOL.test(withoutFragment(text.slice(text.indexOf(']:') + 2).trim())) ? '' : text
  return text.replace(LINK, (whole, mark?: string, words?: string, address?: string, other?: string, at = 0) => {
    if (words === undefined || isDefinition(text.slice(text.lastIndexOf('\n', at) + 1, at + whole.length + 1)))
      return whole
    const named = other === undefined || other === '' ? words : other.replace(/`/g, '')
    const target = withoutFragment(address ?? definitions.get(named.toLowerCase()) ?? named)
    if (mark !== '' && target === named && other === undefined) return `\`${words}\``
    if (!SYMBOL.test(target)) return whole
    // A type parameter; `[X]` is a checked item of a task list.
    if (mark === '' && target.length < 2)
      return /^[A-WYZ]$/.test(target) && address === undefined ? `\`${words}\`` : whole
    if (target === words) return hasOptional && WORD.test(words) ? symbolLink(`[${words}]`, words) : `\`${words}\``
    return symbolLink(target, mark === '' && words.includes(' ') ? words : words.replace(/\s+/g, ' '))
  })
}

function isDefinition(line: string): boolean {
  return /^ {0,3}\[[^\][]{1,200}\]:/.test(line)
}

/**
 * Converts the links in a text, except in code blocks.
 *
 * @param hasOptional - Whether brackets around a word that names nothing mean that it is optional: `plan [options] file`.
 */
export function symbolLinksIn(markdown: string, hasOptional = false): string {
  if (!markdown.includes('[')) return markdown
  const definitions = definitionsOf(markdown)
  return mapParagraphs(markdown, (text) => withSymbolLinks(text, definitions, hasOptional)).trimEnd()
}
