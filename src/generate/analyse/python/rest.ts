/**
 * Converts docstrings to Markdown: the reStructuredText blocks that docstrings use (literal blocks, titles, doctests, the
 * directives of `rest-directives.ts`) and the lists of `doc-fields.ts`. Markdown and unknown markup are unchanged.
 */

import { capital } from '#base/capital.ts'
import { append } from '#base/long-arrays.ts'
import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { indentOf, withoutMargin } from '#generate/formats/indentation.ts'
import { joinOpenMarkup } from '#generate/formats/rst-lines.ts'
import type { BlockStart } from './block-start.ts'
import {
  addEntries,
  DASHED,
  isListSection,
  isProse,
  isSphinxField,
  listsNames,
  readEntries,
  sectionTitle,
  sphinxFields,
} from './doc-fields.ts'
import { fenced, indentedBlock, tidy, trimmed } from './doc-lines.ts'
import { preformatted } from './preformatted.ts'
import { writeDirective } from './rest-directives.ts'
import { inlineMarkdown } from './rest-inline.ts'

/** Limit on nested directives. */
const MAX_DEPTH = 4

const LIST_ITEM = /^(?:[-*+•]|\d{1,3}[.)]|#\.) +/

const UNDERLINE = /^([=~^"#*+`-])\1{2,}$/

export function readDocstring(text: string): DocComment {
  const lines = text.split('\n').map((line) => line.trimEnd())
  const parts = new DocParts()
  return { text: tidy(convert(lines, 0, parts)), details: parts.details }
}

function convert(lines: readonly string[], depth: number, parts: DocParts): string[] {
  const output: string[] = []
  const nested: BlockStart['nested'] = (inner, own = parts) =>
    depth >= MAX_DEPTH ? [...inner] : convert(inner, depth + 1, own)
  let isInList = false
  let i = 0
  while (i < lines.length) {
    const line = lines[i] ?? ''
    const content = line.trimStart()
    const indent = line.length - content.length
    if (content === '') {
      output.push('')
      i++
      continue
    }
    const taken = writeBlock({ lines, i, indent, content, output, depth, parts, nested })
    if (taken > 0) {
      i += taken
      isInList = false
      continue
    }
    const isItem = LIST_ITEM.test(content)
    const isQuote = indent > 0 && !isItem && !isInList && output.at(-1) === ''
    if (isQuote && LEADS_TO_CODE.test(output.findLast((one) => one !== '') ?? '')) {
      const body = indentedBlock(lines, i, 0)
      append(output, [...fenced('', body.lines), ''])
      i += body.taken
      continue
    }
    if (!isItem && indent === 0) isInList = false
    if (isItem) isInList = true
    if (isItem && !isListed(output)) output.push('')
    const margin = isInList ? ' '.repeat(Math.min(indent, 12)) : ''
    const joined = joinOpenMarkup(lines, i)
    const whole = joined.text.trimStart()
    const isLiteral = whole.endsWith('::')
    const shown = isLiteral ? whole.slice(0, -1).replace(/(?:^|\s):$/, '') : whole
    if (shown !== '') output.push(margin + inlineMarkdown(shown.replace(/^#\. /, '1. ').replace(/^• /, '- ')))
    i += joined.taken
    if (isLiteral) {
      const body = indentedBlock(lines, i, indent)
      if (body.lines.length > 0) append(output, ['', ...fenced('', body.lines), ''])
      i += body.taken
    }
  }
  return output
}

/** Matches the end of a line that introduces an example which is only indented. */
const LEADS_TO_CODE = /\b(?:for (?:example|instance)|becomes?)[,:]?$/i

/** Whether a list item may follow: the last line is empty or already in a list. */
function isListed(output: readonly string[]): boolean {
  const last = output[output.length - 1]
  return last === undefined || last === '' || LIST_ITEM.test(last.trimStart()) || /^\s/.test(last)
}

/** `!!! note`, `!!! warning "Title"` */
const MKDOCS_NOTE = /^!!! {1,4}([A-Za-z][\w-]{0,30})(?: {1,4}"([^"]{1,200})")?$/

/** Writes the block that starts at a line, if any. @returns The number of lines that it consumed. */
function writeBlock(start: BlockStart): number {
  const { lines, i, content } = start
  if (content.startsWith('>>> ')) return writeDoctest(start)
  if (isMarkdownFence(content)) return writeMarkdownFence(start)
  if (content.startsWith('.. ') || content === '..') return writeDirective(start)
  const [, kind = '', title = capital(kind)] = MKDOCS_NOTE.exec(content) ?? []
  if (kind !== '') return writeDirective({ ...start, content: `.. admonition:: ${title}` })
  if (isSphinxField(content)) return writeFieldList(start)
  const following = (lines[i + 1] ?? '').trim()
  const titled = sectionTitle(content) === undefined ? content : (content.split(' (', 1)[0] ?? content)
  if (UNDERLINE.test(following) && following.length >= Math.min(titled.length, 40) - 1) {
    return writeTitled(start)
  }
  // Also with a title before it: `-- Paths --------`.
  if ((UNDERLINE.test(content) && content.length > 3) || /^-.*-{8}$/.test(content)) return 1
  if (content.endsWith(':') && !content.endsWith('::')) return writeGoogleSection(start)
  return writePreformatted(start)
}

function writePreformatted({ lines, i, output }: BlockStart): number {
  const found = preformatted(lines, i)
  if (found !== undefined) append(output, ['', ...found.block, ''])
  return found?.taken ?? 0
}

function writeDoctest({ lines, i, output }: BlockStart): number {
  let end = i
  while (end < lines.length && (lines[end] ?? '').trim() !== '') end++
  append(output, ['', ...fenced('pycon', withoutMargin(lines.slice(i, end))), ''])
  return end - i
}

/** As in CommonMark, backticks that are closed on their line are a code span. */
const isMarkdownFence = (content: string): boolean =>
  content.startsWith('~~~~') || (content.startsWith('```') && !content.replace(/^`+/, '').includes('`'))

function writeMarkdownFence({ lines, i, content, output }: BlockStart): number {
  const [fence = ''] = /^(?:`+|~+)/.exec(content) ?? []
  // As in CommonMark, the closing fence is at least as long as the opening one.
  const isClosing = (line: string): boolean => line.startsWith(fence) && /^(?:`+|~+)$/.test(line)
  let end = i + 1
  while (end < lines.length && !isClosing((lines[end] ?? '').trim())) end++
  const isClosed = end < lines.length
  append(output, [content, ...withoutMargin(lines.slice(i + 1, end)), fence])
  return end - i + (isClosed ? 1 : 0)
}

function writeFieldList({ lines, i, indent, output, parts }: BlockStart): number {
  let end = i
  let last = i
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    if (line.trim() === '') continue
    if (indentOf(line) < indent || (indentOf(line) === indent && !isSphinxField(line.trim()))) break
    last = end
  }
  append(output, [
    '',
    ...sphinxFields(
      lines.slice(i, last + 1).map((line) => line.slice(indent)),
      parts,
    ),
    '',
  ])
  return last + 1 - i
}

/** A title over a line of dashes: a NumPy section if the title is known, else a heading. */
function writeTitled(start: BlockStart): number {
  const { lines, i, indent, content, output } = start
  const title = sectionTitle(content)
  if (title === undefined || !(lines[i + 1] ?? '').includes('---')) {
    output.push('', `**${inlineMarkdown(content)}**`, '')
    return 2
  }
  let end = i + 2
  while (end < lines.length && !isTitle(lines, end)) end++
  const body = lines.slice(i + 2, end).map((line) => line.slice(Math.min(indent, indentOf(line))))
  writeSection(start, title, trimmed(body), 'numpy')
  return end - i
}

function isTitle(lines: readonly string[], i: number): boolean {
  return /^\s*-{3,}$/.test(lines[i + 1] ?? '') && sectionTitle(lines[i] ?? '') !== undefined
}

function writeGoogleSection(start: BlockStart): number {
  const { lines, i, indent, content } = start
  const title = sectionTitle(content.slice(0, -1))
  if (title === undefined) return 0
  const within = indentedBlock(lines, i + 1, indent)
  const body = within.lines.length > 0 ? within : flushBlock(start, title)
  if (body.lines.length === 0) return 0
  writeSection(start, title, body.lines, 'google')
  return 1 + body.taken
}

/** The lines of a section up to the next blank line, if they are not indented: `plan -- Where it goes.`, or a result. */
function flushBlock({ lines, i, indent }: BlockStart, title: string): { lines: string[]; taken: number } {
  const first = (lines[i + 1] ?? '').slice(indent)
  if (first === '' || !(title === 'Returns' || (listsNames(title) && DASHED.test(first))))
    return { lines: [], taken: 0 }
  const end = lines.indexOf('', i + 1)
  const body = lines.slice(i + 1, end < 0 ? lines.length : end)
  return { lines: withoutMargin(body), taken: body.length }
}

function writeSection(
  { output, depth, parts, nested }: BlockStart,
  title: string,
  body: readonly string[],
  style: 'google' | 'numpy',
): void {
  const isResult = title === 'Returns' || title === 'Yields'
  if (isListSection(title)) {
    const isSentence = (line: string): boolean => style === 'numpy' && listsNames(title) && isProse(line)
    const entries = readEntries(
      body.filter((line) => !isSentence(line)),
      style,
    )
    append(output, ['', ...addEntries(title, entries, parts)])
    append(output, body.filter(isSentence).map(inlineMarkdown))
  } else if (isResult && style === 'numpy') {
    const entries = readEntries(body, style).map((entry) =>
      entry.type === '' ? { name: '', type: entry.name, lines: entry.lines } : entry,
    )
    append(output, ['', ...addEntries(title, entries, parts)])
  } else {
    if (isResult && /^(?:None|Nothing)\.?$/i.test(body.join(' ').trim())) return
    const inner = nested(body)
    if (isResult) parts.add(title === 'Returns' ? 'returns' : 'yields', resultOf(inner))
    // References to other documentation are kept apart from the text.
    else if (title === 'See also' && depth === 0) parts.addText('see', tidy(inner))
    else append(output, ['', `**${title}**`, '', ...inner, ''])
  }
}

/** `type: words` in Google style. */
function resultOf(lines: readonly string[]): { type: string; text: string } {
  const [first = '', ...rest] = lines
  const [all = '', type = ''] = /^`{0,2}([\w.[\], |*]{1,120}?)`{0,2}: +/.exec(first) ?? []
  const isType = all !== '' && (!/ /.test(type) || /[[|]/.test(type))
  return { type: isType ? type : '', text: tidy([isType ? first.slice(all.length) : first, ...rest]) }
}
