/**
 * Parses JSDoc and TSDoc comments from their text. The compiler's own parser would change code in fences and unusual
 * tags.
 */

import { capital } from '#base/capital.ts'
import { withoutStars } from '#generate/analyse/comment-lines.ts'
import { DocParts, packDoc } from '#generate/analyse/doc-comment.ts'
import { Fences } from '#markdown/fences.ts'
import { inline } from './inline-tags.ts'
import { exampleOf, namedField, seeOf, typedField, typeParameters } from './tag-fields.ts'

/** A parsed doc comment. */
export interface TaggedComment {
  /** Packed by `packDoc`; `null` when there is nothing to show. */
  doc: string | null
  /** Names of the block tags, without `@`; `private` for `@api private`. */
  tags: ReadonlySet<string>
}

/** Limit on the part of a comment that is read, in characters. */
export const MAX_COMMENT = 40_000

interface Block {
  /** '' for the description. */
  tag: string
  text: string
}

/** Tags whose text is part of the description. */
const DESCRIPTIONS = new Set(
  'description desc summary remarks classdesc fileoverview file overview internal'.split(' '),
)
/** Tags for the stability of an API. */
const STABILITY_TAGS = new Set(['alpha', 'beta', 'experimental'])
/** Tags without text of their own, which may end any line. */
const TAG_AT_END = /(?<=\S)\s+@(alpha|beta|experimental|internal)$/
const DEFAULTS = new Set(['default', 'defaultValue', 'defaultvalue'])
const MODULE_TAGS = new Set(['module', 'packageDocumentation'])

/** Parse a comment, including its delimiters. */
export function parseComment(comment: string): TaggedComment {
  const blocks = blocksOf(linesOf(comment.slice(0, MAX_COMMENT)))
  const texts: string[] = []
  const parts = new DocParts()
  for (const { tag, text } of blocks) {
    if (tag === '' || DESCRIPTIONS.has(tag)) texts.push(inline(text))
    else if (MODULE_TAGS.has(tag)) texts.push(inline(afterName(text)))
    else if (DEFAULTS.has(tag)) texts.push(defaultOf(text))
    else if (STABILITY_TAGS.has(tag)) texts.push(stabilityOf(tag, inline(text)))
    else readTag(parts, tag, text)
  }
  const said = texts.filter((part) => part !== '')
  // A description often begins with its summary again.
  const text = said.filter((part, at) => said[at + 1]?.startsWith(part.replace(/\.$/, '')) !== true).join('\n\n')
  const tags = new Set(blocks.map((block) => block.tag))
  if (blocks.some((block) => block.tag === 'api' && block.text.trim() === 'private')) tags.add('private')
  return { doc: packDoc({ text, details: parts.details }), tags }
}

/** `**Beta:** text` */
function stabilityOf(tag: string, text: string): string {
  const word = `**${capital(tag)}**`
  return text === '' ? `${word}.` : `${word}: ${text}`
}

function defaultOf(text: string): string {
  if (text === '') return ''
  return `**Default:** ${/^[^`\n]{1,80}$/.test(text) && !/[.!] /.test(text) ? `\`${text}\`` : inline(text)}`
}

function readTag(parts: DocParts, tag: string, text: string): void {
  switch (tag) {
    case 'template':
    case 'typeparam':
    case 'typeParam':
      for (const field of typeParameters(text)) parts.add('typeParameters', field)
      break
    case 'param':
    case 'arg':
    case 'argument':
      parts.addOnce('parameters', namedField(text))
      break
    case 'prop':
    case 'property':
      parts.addOnce('fields', namedField(text))
      break
    case 'returns':
    case 'return':
      parts.addOnce('returns', typedField(text))
      break
    case 'yields':
    case 'yield':
      parts.addOnce('yields', typedField(text))
      break
    // `@type` of a variable or property.
    case 'type': {
      const field = typedField(text)
      if (field.type !== '') parts.addOnce('returns', field)
      break
    }
    case 'throws':
    case 'throw':
    case 'exception': {
      const { type, text: words } = typedField(text)
      parts.add('raises', { name: type, text: words })
      break
    }
    case 'since':
      parts.details.since = inline(text)
      break
    case 'deprecated':
      parts.details.deprecated = inline(text)
      break
    case 'see':
    case 'link':
      parts.addText('see', seeOf(text))
      break
    case 'example':
      parts.addText('examples', exampleOf(text))
      break
    default:
  }
}

/** The lines between the delimiters, without the leading ` * `. */
export function linesOf(comment: string): string[] {
  let end = comment.endsWith('*/') ? comment.length - 2 : comment.length
  while (end > 0 && comment[end - 1] === '*') end--
  const inner = comment.slice(0, end).replace(/^\/\**!?/, '')
  const lines = inner.split(/\r?\n/).map((line) => line.trimEnd())
  return withoutStars(lines)
}

/** Split at every `@tag` that starts a line outside a code fence. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: { tag: string; lines: string[] }[] = [{ tag: '', lines: [] }]
  const trailingTags: typeof blocks = []
  const fences = new Fences({ isIndented: true })
  for (const line of lines) {
    const tag = fences.open !== '' ? null : /^\s*@([a-zA-Z][\w-]*)(?=\s|$|\{)/.exec(line)
    const isFenced = fences.isCode(line.slice(tag?.[0].length ?? 0))
    const trailing = isFenced ? undefined : TAG_AT_END.exec(line)?.[1]
    const text = trailing === undefined ? line : line.replace(TAG_AT_END, '')
    if (tag?.[1] === undefined) blocks.at(-1)?.lines.push(text)
    else blocks.push({ tag: tag[1], lines: [text.slice(tag[0].length).trimStart()] })
    if (trailing !== undefined) trailingTags.push({ tag: trailing, lines: [] })
  }
  return [...blocks, ...trailingTags].map((block) => ({ tag: block.tag, text: trimLines(block.lines) }))
}

export function trimLines(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '')
  if (first < 0) return ''
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return lines.slice(first, last + 1).join('\n')
}

/** The text after the optional name of `@module name`. */
function afterName(text: string): string {
  const newline = text.indexOf('\n')
  const head = newline < 0 ? text : text.slice(0, newline)
  return /^[\w@./-]*$/.test(head.trim()) ? text.slice(head.length).trim() : text
}
