/**
 * Parses JSDoc and TSDoc comments from their text. The compiler's own parser would change code in fences and unusual
 * tags.
 */

import { capital } from '#base/capital.ts'
import { withoutStars } from '#generate/analyse/comment-lines.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { DocParts, packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { trailingWords } from '#generate/analyse/engine/plain-lines.ts'
import { fenceFor } from '#generate/formats/code-fence.ts'
import type { DocField } from '#generate/model.ts'
import { Fences } from '#markdown/fences.ts'
import { code, inline } from './inline-tags.ts'

/** A parsed doc comment. */
export interface TaggedComment {
  /** Packed by `packDoc`; `null` when there is nothing to show. */
  doc: string | null
  /** Names of the block tags, without `@`; `private` for `@api private`. */
  tags: ReadonlySet<string>
}

export const MAX_COMMENT = 40_000
/** Limit on the characters after a value that are searched for a comment. */
const MAX_BEHIND = 800
export const MAX_MARKDOWN = 20_000
/** Limit on the characters of a name with its default. */
const MAX_NAME = 200

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
const AT_END = /(?<=\S)\s+@(alpha|beta|experimental|internal)$/
const DEFAULTS = new Set(['default', 'defaultValue', 'defaultvalue'])
const MODULE_TAGS = new Set(['module', 'packageDocumentation'])

/** A comment on the file, or one that declares or imports a type, does not describe the code below it. */
const OF_OTHERS =
  /^[\s*]{0,40}This file |(?:^|\n)[ \t*]*@(?:typedef|callback|import|file|fileoverview|packageDocumentation)\b/

/** Tags that describe a function. A comment with one of them may be continued by the next comment. */
const FUNCTION_TAGS = /(?:^\/|\n)[ \t*]*@(?:param|returns?|throws|template|example)\b/

/** The doc comment of a node, joined with the comment before it if it has no text itself; `undefined` for none. */
export function docBefore(text: string, node: ts.Node): TaggedComment | undefined {
  const comments = (ts.getLeadingCommentRanges(text, node.pos) ?? []).filter(
    ({ pos, end }) =>
      text.startsWith('/**', pos) &&
      text[pos + 3] !== '/' &&
      !OF_OTHERS.test(text.slice(pos + 3, end).slice(0, MAX_COMMENT)),
  )
  const [before, last] = [comments.at(-2), comments.at(-1)]
  if (last === undefined) return trailingComment(text, node)
  const own = text.slice(last.pos, last.end)
  if (HEADING.test(own) && BLANK_LINE.test(text.slice(last.end, last.end + MAX_BEHIND))) return undefined
  const parsed = parseComment(own)
  if (before === undefined || (unpackDoc(parsed.doc).doc ?? '') !== '') return parsed
  const earlier = text.slice(before.pos, before.end)
  const isJoined = FUNCTION_TAGS.test(earlier.slice(0, MAX_COMMENT)) && text.slice(before.end, last.pos).trim() === ''
  return isJoined ? parseComment(`${earlier.slice(0, -2).trimEnd()}\n${own.slice(3)}`) : parsed
}

/** `/** Map / Set plugin *\/` and a blank line: the heading of a part of the file. */
const HEADING = /^\/\*\*[ \t]{1,9}[^\s.@]{1,40}(?: [^\s.@]{1,40}){0,3} \*\/$/
const BLANK_LINE = /^[ \t]{0,20}\r?\n[ \t]{0,20}\r?\n/

const VALUES = new Set([
  ts.SyntaxKind.EnumMember,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.PropertySignature,
  ts.SyntaxKind.VariableStatement,
])
const TRAILING = /^[ \t]{0,20}[,;]?[ \t]{0,200}(\/\/[^\n]{1,500}|\/\*[^*\n]{1,500}\*\/(?=[ \t]{0,20}\r?\n))/

/** The trailing comment after a value that fits on one line. */
function trailingComment(text: string, node: ts.Node): TaggedComment | undefined {
  if (!VALUES.has(node.kind)) return undefined
  const before = (ts.getLeadingCommentRanges(text, node.pos) ?? ts.getTrailingCommentRanges(text, node.pos))?.at(-1)
  if (
    text
      .slice(before?.end ?? node.pos, node.end)
      .trim()
      .includes('\n')
  )
    return undefined
  const [, comment] = TRAILING.exec(text.slice(node.end, node.end + MAX_BEHIND)) ?? []
  const words = comment === undefined ? '' : trailingWords([comment.trimEnd()])
  return words === '' ? undefined : { doc: packDoc({ text: words, details: {} }), tags: new Set() }
}

/** Parse a comment, including its delimiters. */
export function parseComment(comment: string): TaggedComment {
  const blocks = blocksOf(linesOf(comment.slice(0, MAX_COMMENT)))
  const texts: string[] = []
  const parts = new DocParts()
  for (const { tag, text } of blocks) {
    if (tag === '' || DESCRIPTIONS.has(tag)) texts.push(inline(text))
    else if (MODULE_TAGS.has(tag)) texts.push(inline(afterName(text)))
    else if (DEFAULTS.has(tag)) texts.push(defaultOf(text))
    else if (STABILITY_TAGS.has(tag)) texts.push(stageOf(tag, inline(text)))
    else readTag(parts, tag, text)
  }
  const said = texts.filter((part) => part !== '')
  // A description often begins with its summary again.
  const text = said.filter((part, at) => said[at + 1]?.startsWith(part.replace(/\.$/, '')) !== true).join('\n\n')
  const tags = new Set(blocks.map((block) => block.tag))
  if (blocks.some((block) => block.tag === 'api' && block.text.trim() === 'private')) tags.add('private')
  return { doc: packDoc({ text, details: parts.details }), tags }
}

function stageOf(tag: string, text: string): string {
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
    const trailing = isFenced ? undefined : AT_END.exec(line)?.[1]
    const text = trailing === undefined ? line : line.replace(AT_END, '')
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

/**
 * Parses `{Type} name - text` and `name {Type} text`; the name is '' in `{Type} - text`, and all of `err, msg or status`. The default in `[name=default]` becomes a sentence
 * for a property, `options.name`, and words in brackets for a parameter.
 */
function namedField(block: string): DocField {
  const { type: typeBefore, rest } = splitType(block)
  const first = /^[\w$]{1,40}, [\w$ ,]{1,80}$/.test(rest) ? rest : nameAtStart(rest)
  const name = /^[-–—]$/.test(first) ? '' : first
  const behind = rest
    .slice(name.length)
    .replace(/^\s*[-–—:]?\s+/, '')
    .trimStart()
  const { type, rest: text } = typeBefore === '' && name !== '' ? splitType(behind) : { type: typeBefore, rest: behind }
  const plain = name.replace(/^\[|\]$/g, '').replace(/=.*$/s, '')
  const words = inline(text.replace(/^[-–—]\s+/, ''))
  const initial = (/^\[[^=]*=([\s\S]*)\]$/.exec(name) ?? UNBRACKETED.exec(name))?.[1]?.trim()
  if (plain.includes('.'))
    return { name: plain.trim(), type, text: initial === undefined ? words : withDefault(words, initial) }
  const isShort = initial !== undefined && /^[^`\n]{1,100}$/.test(initial)
  const mark = isShort ? `(default: \`${initial}\`)` : name.startsWith('[') && words !== '' ? '(optional)' : ''
  return { name: plain.trim(), type, text: `${words} ${mark}`.trim() }
}

/** `encoding='Q'`, without brackets. */
const UNBRACKETED = /^[\w$.]+=([\w.-]+|'[^\s']*'|"[^\s"]*")$/

function withDefault(words: string, initial: string): string {
  const sentence = words === '' || /[.!?]$/.test(words) ? words : `${words}.`
  return `${sentence} Default: ${code(initial)}.`.trim()
}

/** `T, U The types.` names two type parameters. */
function typeParameters(block: string): DocField[] {
  const { rest } = splitType(block)
  const [list] = /^[A-Z$_][\w$]*(?:\s*,\s*[A-Z$_][\w$]*)+/.exec(rest) ?? []
  if (list === undefined) return [namedField(block)]
  // A constraint applies to the first name only.
  const constraint = block.slice(0, block.length - rest.length)
  return list
    .split(',')
    .map((name, index) => namedField(`${index === 0 ? constraint : ''}${name.trim()}${rest.slice(list.length)}`))
}

/** `{Foo}`, or text with inline tags. */
function seeOf(block: string): string {
  const { type, rest } = splitType(block)
  return [type === '' ? '' : code(type), inline(rest)].filter((part) => part !== '').join(' ')
}

function typedField(block: string): DocField {
  const { type, rest } = splitType(block)
  return { name: '', type, text: inline(rest.replace(/^[-–—]\s+/, '')) }
}

/** A name, or `[name=default]` with its brackets. */
function nameAtStart(text: string): string {
  if (!text.startsWith('[')) return /^\S*/.exec(text)?.[0] ?? ''
  let depth = 0
  for (let at = 0; at < Math.min(text.length, MAX_NAME); at++) {
    if (text[at] === '[') depth++
    else if (text[at] === ']' && --depth === 0) return text.slice(0, at + 1)
  }
  const end = text.indexOf(']')
  return end < 0 || end > MAX_NAME ? '' : text.slice(0, end + 1)
}

function exampleOf(block: string): string {
  const caption = /^<caption>([^<\n]*)<\/caption>\s*/.exec(block)
  const text = caption === null ? block : block.slice(caption[0].length)
  if (text === '') return ''
  const head = caption?.[1] === undefined ? '' : `${caption[1].trim()}:\n\n`
  return `${head}${/(?:^|\n)[^\S\n]*(?:```|~~~)/.test(text) ? text : fenced(text)}`
}

function fenced(text: string): string {
  const fence = fenceFor(text.split('\n'))
  return `${fence}ts\n${text}\n${fence}`
}

/** Split off the `{…}` at the start, which may contain nested braces. */
function splitType(text: string): { type: string; rest: string } {
  // `{@link …}` is not a type.
  if (!/^\{(?!@)/.test(text)) return { type: '', rest: text }
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) {
      const type = text.slice(1, at).replace(/\s+/g, ' ').trim()
      // Closure's mark for types that are never null.
      return { type: type.replace(/^!/, ''), rest: text.slice(at + 1).trimStart() }
    }
  }
  return { type: '', rest: text }
}
