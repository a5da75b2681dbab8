/** Parses the doc comment syntax that Javadoc, KDoc, Scaladoc, PHPDoc and Doxygen share. */

import { capital } from '#base/capital.ts'
import { withoutStars } from '#generate/analyse/comment-lines.ts'
import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { indentOf } from '#generate/formats/indentation.ts'
import { Fences } from '#markdown/fences.ts'
import { isPreformattedAfter, withExampleCode } from './example-code.ts'
import { paragraphs, reference, withBackslashes } from './javadoc-markup.ts'

/** A tag at the start of a line. */
const TAG = /^[@\\]([A-Za-z][\w-]{0,60})(.*)$/
/** The indentation before a common tag. */
const INDENTED_TAG = /^\s*(?=@(?:param|returns?|throws|exception|see|since|deprecated|author)\s)/
/** The space before a common tag in the middle of a line. */
const LATER_TAG = /[ \t](?=@(?:param \S{1,80} \S|returns? \S|throws \p{Lu}))/u
/** An annotation with code after it, as in an example. */
const ANNOTATION = /^@[A-Z]\w{0,60}\s+(?:@|\/\/)/
/** The end of a text that continues by mentioning a tag: `Reads each @param line`. */
const MENTIONS = /(?:^|\s)(?:an?|all|and|as|each|every|for|from|in|like|of|or|the|this|to|using|with|without)$|[,(]$/i
/** Limit on the tags in one line; a line with more is left unchanged. */
const MAX_IN_LINE = 20
/** Tags for tools, or about the file's history. */
const SILENT =
  /^(?:author|authors|version|date|package|subpackage|category|copyright|license|access|hide|serial|serialData|serialField|type|method|mixin|extends|implements|use|template(?:-\w+)?|(?:psalm|phpstan|phan)-[\w-]+|noinspection|codeCoverageIgnore|suppress|Suppress|dataProvider|covers|group(?:desc|name|prio)?|test|inheritDoc|inheritdoc|final|static|abstract|api|internal|link|uses|example|pure|immutable|no-named-arguments|readonly)$/
/** Titles of notes, keyed by tag in lower case. */
const NOTES = new Map([
  ['apinote', 'API note'],
  ['implnote', 'Implementation note'],
  ['implspec', 'Implementation'],
  ['pre', 'Precondition'],
  ['post', 'Postcondition'],
  ['todo', 'To do'],
])
/** Tags of one line: text below a blank line after them belongs to the body, and so does an example. */
const ONE_LINE = /^(?:inherit[Dd]oc|link|see)$/
/** What is not the rest of a tag of one line: a blank line, `Example:`, a fence. */
const AFTER_TAG = /^$|:$|^```/
/** A PHP `@method` with its description: `filter(Closure $callback) words`. */
const METHOD = /^(\w{1,80}\((?:[^()]|\([^()]*\)){0,400}\))\s*([\s\S]*)$/
/** Tags that may begin with a type. */
const TYPED = new Set(['method', 'param', 'property', 'return', 'returns', 'throws', 'var'])

/** Parses the last doc comment of several comments, the only one that documents; `null` if none of them is one. */
export function javadoc(comments: readonly string[], splitType?: SplitType): DocComment | null {
  const last = lastDocComment(comments)
  return last === undefined ? null : javadocText(last, splitType)
}

/** Like `javadoc`, where text is HTML and a backslash is an ordinary character. */
export function javadocOfHtml(comments: readonly string[]): DocComment | null {
  const last = lastDocComment(comments)
  return last === undefined ? null : javadocText(withBackslashes(last))
}

/** The last `/** … *\/`. Ordinary comments may follow it, but not commented-out code, which it would document. */
export function lastDocComment(comments: readonly string[]): string | undefined {
  const at = comments.findLastIndex((comment) => comment.startsWith('/**') && comment !== '/**/')
  return comments.slice(at + 1).some((comment) => COMMENTED_OUT.test(comment)) ? undefined : comments[at]
}

/** `// def plan(a: Body): Plan`, `// public void plan() {` */
const COMMENTED_OUT = /^\/\/\s*(?:[a-z]{1,20} ){0,4}(?:def|fun|va[lr]) \w{1,80}\s?[([<:=]|^\/\/.*[{;]$/

/** Splits off the type, for dialects that write types before names and words. */
export type SplitType = (text: string) => { type: string; rest: string }

const withoutType: SplitType = (text) => ({ type: '', rest: text })

/** Parses one `/** … *\/` comment. */
export function javadocText(comment: string, splitType = withoutType): DocComment {
  const lines = comment
    .slice(0, 40_000)
    .replace(/^\/\*[*!]?/, '')
    .replace(/(?<!\*)\*+\/$/, '')
    .split('\n')
    .map((line) => line.trimEnd())
  const text = withoutIndents(withExampleCode(withClosedCode(withoutStars(lines))))
    .join('\n')
    .trim()
  const { body, tags } = splitTags(text)
  const parts = new DocParts()
  const notes: string[] = []
  for (const { name, text: words } of tags) {
    const note = readTag(parts, name, words, splitType)
    if (note !== '') notes.push(note)
  }
  const markdown = [paragraphs(body.replace(/^[@\\]brief\s+/m, '')), ...notes].join('\n\n')
  return { text: markdown.replace(/\n{3,}/g, '\n\n').trim(), details: parts.details }
}

/** Ends an unclosed code block at the first common tag below its start. */
function withClosedCode(lines: readonly string[]): readonly string[] {
  const fences = new Fences({ isIndented: true })
  let isPreformatted = false
  let start = 0
  for (const [at, line] of lines.entries()) {
    const wasOpen = isPreformatted || fences.open !== ''
    if (isPreformatted || !fences.isCode(line)) isPreformatted = isPreformattedAfter(line, isPreformatted)
    if (!wasOpen) start = at
  }
  const end = isPreformatted ? '</pre>' : fences.open
  const tag = end === '' ? -1 : lines.findIndex((line, at) => at > start && INDENTED_TAG.test(line))
  return tag < 0 ? lines : [...lines.slice(0, tag), end, ...lines.slice(tag)]
}

const ITEM = /^\s*[*-] \S/

/**
 * Removes small indents, which mean nothing outside code; inside a fence, removes the indent of the fence. Items indented
 * further than the one above are a list inside it.
 */
function withoutIndents(lines: readonly string[]): string[] {
  const fences = new Fences({ isIndented: true })
  let isPreformatted = false
  let margin = 0
  let outer = -1
  return lines.map((line) => {
    const wasCode = fences.open !== ''
    const isInside = isPreformatted
    if (!wasCode) isPreformatted = isPreformattedAfter(line, isPreformatted)
    if (isInside) return line
    const isCode = fences.isCode(line)
    if (isCode && !wasCode) margin = indentOf(line)
    const isItem = !isCode && ITEM.test(line)
    if (isItem && outer >= 0 && indentOf(line) > outer + MAX_ITEM_INDENT) return `  ${line.trimStart()}`
    outer = isItem ? indentOf(line) : line.trim() === '' ? -1 : outer
    // The lines with the fences are indented like text.
    return isCode && wasCode && fences.open !== ''
      ? line.slice(Math.min(indentOf(line), margin))
      : line.replace(/^ {1,3}(?=\S)/, '')
  })
}

/** The most that items of one list differ in their indent. */
const MAX_ITEM_INDENT = 3

/** Splits a line before each tag in it, except for tags in code and tags that a sentence mentions. */
function withTagsApart(line: string): string[] {
  const parts = line.split(LATER_TAG)
  if (parts.length === 1 || parts.length > MAX_IN_LINE) return [line]
  const found: string[] = []
  for (const part of parts) {
    const last = found.at(-1)
    if (last !== undefined && (MENTIONS.test(last) || hasOpenCode(last))) found[found.length - 1] = `${last} ${part}`
    else found.push(part)
  }
  return found
}

/** Whether inline code or a brace is not closed. */
function hasOpenCode(text: string): boolean {
  const count = (sign: string): number => text.split(sign).length - 1
  return count('`') % 2 === 1 || count('{') > count('}')
}

/** Splits the text at each tag that begins a line or follows the text of another tag, outside preformatted text. */
function splitTags(text: string): { body: string; tags: { name: string; text: string }[] } {
  const body: string[] = []
  const tags: { name: string; lines: string[] }[] = []
  const fences = new Fences({ isIndented: true })
  let isPreformatted = false
  let isBody = false
  for (const written of text.split('\n')) {
    const isCode: boolean = isPreformatted || fences.open !== ''
    const whole: string = isCode ? written : written.replace(INDENTED_TAG, '')
    for (const line of isCode ? [whole] : withTagsApart(whole)) {
      const [, name = '', words = ''] = (isCode ? null : TAG.exec(line)) ?? []
      // `@a.b`, `@Test(…)` and the like are code; the text after `@brief` begins the body.
      if (name !== '' && name !== 'brief' && !/^[\w.(/@-]/.test(words) && !ANNOTATION.test(line)) {
        tags.push({ name, lines: [words.replace(/^:?\s*/, '')] })
        isBody = false
      } else {
        const last = tags.at(-1)
        isBody ||= AFTER_TAG.test(line) && last !== undefined && ONE_LINE.test(last.name)
        ;(isBody ? body : (last?.lines ?? body)).push(line)
      }
    }
    if (isPreformatted || !fences.isCode(whole)) isPreformatted = isPreformattedAfter(whole, isPreformatted)
  }
  return {
    body: body.join('\n'),
    tags: tags.map(({ name, lines }) => ({ name, text: lines.join('\n').trim() })),
  }
}

/** @returns The part of a tag that belongs to the text. */
function readTag(parts: DocParts, tag: string, whole: string, splitType: SplitType): string {
  const { type, rest: text } = TYPED.has(tag) ? splitType(whole) : withoutType(whole)
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? []
  const named = { name: word.replace(/`|:$/g, ''), text: item(rest.replace(/^:\s*/, '')) }
  switch (tag) {
    case 'param': {
      const typeParameter = /^<(\w+)>$/.exec(word)?.[1]
      if (typeParameter !== undefined) parts.add('typeParameters', { ...named, name: typeParameter })
      else if (named.name !== '') parts.addOnce('parameters', { ...named, type })
      return ''
    }
    case 'tparam':
    case 'typeparam':
      parts.add('typeParameters', named)
      return ''
    case 'property':
      parts.addOnce('fields', { ...named, type })
      return ''
    // A member that no code declares.
    case 'method': {
      const [, head = '', words = ''] = METHOD.exec(text) ?? []
      if (head !== '') parts.addOnce('fields', { name: head.replace(/\s+/g, ' '), type, text: item(words) })
      return ''
    }
    case 'return':
    case 'returns':
    case 'result':
      if (type + text !== '') parts.addOnce('returns', { type, text: item(text) })
      return ''
    case 'retval':
      parts.add('returns', { type: named.name, text: named.text })
      return ''
    // The type of a value whose doc comment only states its type.
    case 'var':
      if (type === '') return ''
      parts.addOnce('returns', { type })
      return item(text.replace(/^\$\w+\s*/, ''))
    case 'throws':
    case 'throw':
    case 'exception':
      parts.add('raises', type === '' ? named : { name: type, text: item(text) })
      return ''
    case 'since':
      parts.details.since ??= item(text)
      return ''
    case 'deprecated':
      parts.details.deprecated ??= item(text)
      return ''
    case 'see':
    case 'sa':
      parts.addText('see', seeAlso(text, splitType === withoutType))
      return ''
    case 'sample':
      parts.addText('see', `\`${named.name}\``)
      return ''
    default:
      if (SILENT.test(tag) || text.trim() === '') return ''
      return `**${NOTES.get(tag.toLowerCase()) ?? capital(tag.replaceAll('_', ' '))}:**${text.startsWith('```') ? '\n\n' : ' '}${item(text)}`
  }
}

/** Formats `@see`: the target with its label or description; other text is kept. */
function seeAlso(text: string, isLabelled: boolean): string {
  const [, target = '', label] = /^([\w.$:#\\]+(?:\([^()]*\))?)(?:\s+([^\s@][\s\S]*))?$/.exec(text) ?? []
  const isName = target !== '' && (label === undefined || /[#(]|::|\w\.\w/.test(target))
  if (!isName) return item(text)
  return isLabelled || label === undefined ? reference(target, label) : `${reference(target, undefined)} ${item(label)}`
}

const item = (text: string): string => paragraphs(text).trim()
