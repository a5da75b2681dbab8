/** Converts RDoc documents of Ruby projects to Markdown. Comments in RDoc are read by `analyse`. */

import { fenceFor } from './code-fence.ts'
import { rdocInline } from './rdoc-inline.ts'

const HEADING = /^(={1,6})[ \t]{0,9}(?=[^\s=])/
const RULE = /^-{3,}$/
/** `:title: Words`, and the line that sets the mode of an editor. */
const DIRECTIVE = /^:(?:include|main|title|category|section|nodoc|stopdoc|startdoc|enddoc):|^[^\w\n]{0,9}-\*-/
const ITEM = /^([*-]|\d{1,3}\.|[A-Za-z]\.)([ \t]+)(?=\S)/
/** `[name] words` or `Name::Inner :: words`, each also with the words on the next lines. */
const LABEL = /^(?:\[([^[\]\n]{1,80})\]|((?:[^\s:]|:(?!:[ \t]|:$)|[ \t](?!::)){1,80}) ?::)(?:[ \t]+(?=\S)|$)/
const TAG = /<(?!\/?(?:br|sub|sup|del)\b|https?:|mailto:|[\w.+-]{1,80}@)(?=[A-Za-z/!?])/g
const TYPED = /^[$%>] /
const COMMAND = /^(?:sudo |\.\/|bin\/|(?:bundle|cd|curl|gem|git|irb|make|rake|ruby|rails)(?: [^=(]{0,200})?$)/
const RUBY =
  /^[ \t]*(?:class|def|end|extend|include|module|require)\b|\bdo(?: \|[^|\n]{0,80}\|)?$|=>|\w = |\w\.[a-z]|::|\w\(|\w: \S/m

/** An open paragraph or item of a list. */
interface Level {
  /** Column of its text; unknown until the first line below a label. */
  margin: number | undefined
  /** Column of the label. */
  label?: number
  /** Column of its text in Markdown. */
  column: number
}

/** Levels below these are written on the last of them. */
const MAX_LEVELS = 8

/** Linear in the text. Nearly all lines keep their numbers. */
export function rdocToMarkdown(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd().replace(/\t/g, '        '))
  const written: string[] = []
  const levels: Level[] = [{ margin: 0, column: 0 }]
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const [plain, indent] = [line.trimStart(), line.length - line.trimStart().length]
    const isBelowText = at > 0 && lines[at - 1] !== ''
    if (plain === '' || (indent === 0 && DIRECTIVE.test(plain))) written.push('')
    else {
      const level = levelOf(levels, indent, isBelowText && !isItem(plain))
      const margin = level.margin ?? 0
      if (indent > margin && !isItem(plain)) {
        const end = endOfCode(lines, at, margin)
        writeCode(written, lines.slice(at, end), level.column)
        at = lines[end] === '' ? end + 1 : end
        continue
      }
      written.push(' '.repeat(level.column) + textOf(plain, indent, levels))
    }
    at++
  }
  return written.join('\n')
}

const isItem = (plain: string): boolean => ITEM.test(plain) || LABEL.test(plain)

/** Closes the levels that a line of this indentation does not belong to. @returns The level that it belongs to. */
function levelOf(levels: Level[], indent: number, mayContinue: boolean): Level {
  for (;;) {
    const level = levels.at(-1) ?? { margin: 0, column: 0 }
    // The text of a label is indented more than the label.
    level.margin ??= indent > (level.label ?? 0) ? indent : Number.MAX_SAFE_INTEGER
    // A paragraph continues on lines that are indented like its first line, or less.
    if (level.margin <= indent || levels.length === 1 || (mayContinue && indent > 0)) return level
    levels.pop()
  }
}

/** A line of text as Markdown. If it begins an item, the item is then the open level. */
function textOf(plain: string, indent: number, levels: Level[]): string {
  const column = levels.at(-1)?.column ?? 0
  const [marker, sign = '', space = ''] = ITEM.exec(plain) ?? []
  if (marker !== undefined) {
    const shown = /^[A-Za-z]/.test(sign) ? '1. ' : sign === '*' || sign === '-' ? '- ' : `${sign} `
    open(levels, { margin: indent + sign.length + space.length, column: column + shown.length })
    return shown + inline(plain.slice(marker.length))
  }
  const [label, boxed, named] = LABEL.exec(plain) ?? []
  if (label !== undefined) {
    const words = inline(plain.slice(label.length))
    open(levels, { margin: undefined, label: indent, column: column + 2 })
    return `- ${inline(boxed ?? named ?? '')}:${words === '' ? '' : ` ${words}`}`
  }
  const [marks, signs = ''] = indent === 0 ? (HEADING.exec(plain) ?? []) : []
  if (marks !== undefined) return `${'#'.repeat(signs.length)} ${inline(plain.slice(marks.length))}`
  return RULE.test(plain) ? '***' : inline(plain).replace(/^(?=[#>])/, '\\')
}

function open(levels: Level[], level: Level): void {
  if (levels.length <= MAX_LEVELS) levels.push(level)
}

/** Index after the last line of code, which ends before a line that is indented less. */
function endOfCode(lines: readonly string[], from: number, margin: number): number {
  let end = from + 1
  for (let at = end; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line === '') continue
    if (line.length - line.trimStart().length <= margin) break
    end = at + 1
  }
  return end
}

/** Writes code with fences in place of the empty lines around it. */
function writeCode(written: string[], code: readonly string[], column: number): void {
  const margin = code.reduce((least, line) => (line === '' ? least : Math.min(least, line.search(/\S/))), 1_000)
  const body = code.map((line) => line.slice(margin))
  const fence = ' '.repeat(column) + fenceFor(body)
  if (written.at(-1)?.trim() === '') written.pop()
  written.push(fence + languageOf(body))
  for (const line of body) written.push(' '.repeat(column) + line)
  written.push(fence)
}

function languageOf(code: readonly string[]): string {
  const lines = code.filter((line) => line !== '')
  if (lines.some((line) => TYPED.test(line))) return 'console'
  if (lines.every((line) => COMMAND.test(line))) return 'sh'
  return RUBY.test(code.join('\n')) ? 'ruby' : ''
}

function inline(text: string): string {
  return rdocInline(text, documentLink)
    .replace(/<(b|em|i)>((?:(?!<\/?\1>)[^\n]){1,300})<\/\1>/g, (_, tag: string, words: string) =>
      tag === 'b' ? `**${words}**` : `*${words}*`,
    )
    .replace(/(^|\s)\*(\w[\w:'-]{0,80})\*(?![\w*])/g, '$1**$2**')
    .replace(/(^|[\s(])\\(?=[A-Z#])/g, '$1')
    .replace(TAG, '\\<')
}

/** Paths are relative to the root of the repository. Other targets are names in the code, and get no link. */
function documentLink(target: string, words: string): string {
  return /^[\w./-]+\.\w{2,8}(?:#\S*)?$/.test(target) ? `[${words.replace(/[[\]\\]/g, '\\$&')}](/${target})` : words
}
