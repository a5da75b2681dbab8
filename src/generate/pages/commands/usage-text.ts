/**
 * Reads a usage text in a source file, whether in a string or a comment: a description, and a row for each option. Rows
 * with the description on the line below the names are not read.
 */

import type { SourceFile } from '#generate/model.ts'

interface Usage {
  /** The first sentence below `Usage:`, or ''. */
  about: string
  /** Descriptions by name, as typed. */
  options: ReadonlyMap<string, string>
  rows: readonly UsageRow[]
  /** The lines of the text without comment markers, and the index of `Usage:`. */
  lines: readonly string[]
  at: number
}

export interface UsageRow {
  names: string[]
  /** Such as `<arg>`. */
  value: string
  text: string
  line: number
}

const MAX_CHARS = 500_000
const MAX_LINE = 200
const MAX_TEXT = 400
const MAX_CONTINUATION_LINES = 6
const MAX_ROWS = 200
/** A line that continues a description is indented at least this much more than its option. */
const MIN_INDENT = 8
/** Minimum number of rows of a help text without a usage line. */
const MIN_ROWS = 3
const NONE: Usage = { about: '', options: new Map(), rows: [], lines: [], at: -1 }
/** Matches a comment marker: `#/ `, `// `, ` * `. */
const COMMENT = /^\s{0,8}(?:#[/ ]|\/\/|\*(?!\*))/
const USAGE = /^[\s"'`]{0,8}usage:(?:\s|$)/i
/** Matches option names, then their description after at least two spaces, a tab, or one space after `<value>`. */
const OPTION =
  /^(\s{1,12}-{1,2}(?:\[no-\])?[A-Za-z?][^\t\n]{0,60}?)(?: {2,60}| ?\t{1,8}|(?<=<[\w.-]{1,40}>) (?=[A-Z][a-z]))(\S.{0,200})$/
/** The spaces between a name and its value, before those before the description. */
const SPACED_VALUE = /(?<=-\w[\w-]{0,40}) {2,20}(?=<[\w.-]{1,40}> {2})/
/** Matches the value of an option, or its choices, whose braces are doubled in format strings: `{{fetch|build}}`. */
const VALUE = /<[\w.-]{1,40}>|\{[\w-]{1,30}(?:\|[\w-]{1,30}){1,8}\}/
/** The start of a here-document: `cat <<EOF`. */
const HERE = /<<[-~]? {0,4}\\?['"]?(\w{1,40})/
/** A line with only the quote that closes a string of several lines. */
const CLOSED = /^\s{0,20}["'`][\s;,)\]}]{0,9}$/

const known = new WeakMap<SourceFile, Usage>()

export function usageIn(file: SourceFile | undefined): Usage {
  if (file === undefined) return NONE
  const usage = known.get(file) ?? usageOf(file.text?.slice(0, MAX_CHARS) ?? '')
  known.set(file, usage)
  return usage
}

function usageOf(text: string): Usage {
  if (!/usage:/i.test(text)) return NONE
  const written = linesOf(text)
  const all = written.map((line) => line.replace(COMMENT, '').trimEnd())
  const at = all.findIndex((line) => USAGE.test(line))
  if (at === -1) return NONE
  const lines = all.slice(0, endOfUsage(written, at))
  const rows = rowsFrom(lines, at + 1)
  // Without rows, it is not the usage of a command line.
  if (rows.length === 0) return NONE
  const options = new Map(rows.toReversed().flatMap(({ names, text: said }) => names.map((name) => [name, said])))
  return { about: aboutAt(lines, at), options, rows, lines, at }
}

/** Lines without their line breaks; long ones are empty. */
function linesOf(text: string): string[] {
  return text.split(/\r?\n/).map((line) => (line.length > MAX_LINE ? '' : line))
}

/** The line after the comment, here-document or string of several lines with `Usage:`; else the number of lines. */
function endOfUsage(lines: readonly string[], at: number): number {
  const isEnd = endOf(lines, at)
  const end = lines.findIndex((line, index) => index > at && isEnd(line))
  return end < 0 ? lines.length : end
}

function endOf(lines: readonly string[], at: number): (line: string) => boolean {
  if (COMMENT.test(lines[at] ?? '')) return (line) => !/^\s{0,8}(?:#|\/\/|\*)/.test(line)
  const before = lines.slice(0, at + 1).join('\n')
  for (const quote of ['"""', "'''"]) if (before.split(quote).length % 2 === 0) return (line) => line.includes(quote)
  const from = Math.max(0, at - MAX_CONTINUATION_LINES)
  const here = lines.slice(from, at + 1).findLast((line) => HERE.test(line))
  const [, delimiter] = HERE.exec(here ?? '') ?? []
  return delimiter === undefined ? (line) => CLOSED.test(line) : (line) => line.trim() === delimiter
}

function rowsFrom(lines: readonly string[], from: number): UsageRow[] {
  const rows: UsageRow[] = []
  for (let next = from; next < lines.length && rows.length < MAX_ROWS; next++) {
    const [whole, head = '', first = ''] = OPTION.exec((lines[next] ?? '').replace(SPACED_VALUE, ' ')) ?? []
    if (whole === undefined) continue
    // Style markup in the source shifts the column.
    const column = Math.min(whole.length - first.length, head.length - head.trimStart().length + MIN_INDENT)
    const words = [first]
    for (const more of lines.slice(next + 1, next + 1 + MAX_CONTINUATION_LINES)) {
      if (more.trim() === '' || more.length - more.trimStart().length < column) break
      words.push(more.trim())
    }
    const spelled = head.replace(/--\[no-\]([\w-]{1,40})/, '--$1 --no-$1')
    const names = [...spelled.matchAll(/(?:^|[\s,|/])(-{1,2}[A-Za-z?][\w-]{0,40}?)(?=$|[\s,|/=[<])/g)].map(
      ([, name = '']) => name,
    )
    const [value = ''] = VALUE.exec(head.replace(/\{\{|\}\}/g, ([brace = '']) => brace)) ?? []
    if (names.length > 0) rows.push({ names, value, text: words.join(' ').slice(0, MAX_TEXT), line: next + 1 })
  }
  return rows
}

/**
 * `Usage: orbit <body>`, or `Usage:` with the synopsis on the next line, or OptionParser's `banner =`. The program name may
 * be a placeholder.
 */
const SYNOPSIS =
  /^[ \t"'`]{0,20}usage:?[ \t]*$|(?:\busage:?|\bbanner\s{0,3}=)[ \t"'`]{1,8}(?![ \t"'`:=]|usage)(\S.{0,160})$/i
/** A placeholder: `<body>`, `[options]`, `FILE`. */
const PLACEHOLDER = /[<[{]|\b[A-Z]{2}/
/** A placeholder for the name of the program. */
const PROGRAM_NAME = /^(?:usage:?\s{1,4})?(?:#\{[^{}\n]{1,80}\}|\$\{[^{}\n]{1,80}\}|\$0|%prog|%\(prog\)s)(?=\s)/i

/** The synopsis in a program's usage text, such as `orbit <body>`, with its line; `undefined` if there is none. */
export function synopsisIn(file: SourceFile | undefined, name: string): { text: string; line: number } | undefined {
  const lines = linesOf((file?.text ?? '').slice(0, MAX_CHARS))
  for (const [at, line] of lines.entries()) {
    const [found, below = ''] = SYNOPSIS.exec(line.replace(COMMENT, '')) ?? []
    if (found === undefined) continue
    const told = (
      below === ''
        ? (lines.slice(at + 1, at + 1 + MAX_CONTINUATION_LINES).find((one) => one.trim() !== '') ?? '')
        : below
    )
      .replace(COMMENT, '')
      .trim()
      .replace(/^\$ /, '')
      .replace(PROGRAM_NAME, name)
      .replace(/(?:\\n)?["'`),;]{0,4}$/, '')
    if (told.startsWith(`${name} `) && !/[#$]\{|%[sd]|\\|["'`]/.test(told) && PLACEHOLDER.test(told))
      return { text: told, line: at + 1 }
  }
  return undefined
}

const helpKnown = new WeakMap<SourceFile, readonly UsageRow[]>()

/** The option rows of a help text anywhere in a file: several consecutive rows. */
export function helpRows(file: SourceFile): readonly UsageRow[] {
  const rows = helpKnown.get(file) ?? findHelpRows(file.text?.slice(0, MAX_CHARS) ?? '')
  helpKnown.set(file, rows)
  return rows
}

function findHelpRows(text: string): UsageRow[] {
  if (!/^\s{1,12}-{1,2}[A-Za-z?]/m.test(text)) return []
  const lines = linesOf(text).map((line) => line.trimEnd())
  const rows = rowsFrom(lines, 0)
  return rows.filter(({ line }) => rows.filter((one) => Math.abs(one.line - line) < MIN_ROWS * 2).length >= MIN_ROWS)
}

/** The first sentence of the paragraph directly below the usage line. */
function aboutAt(lines: readonly string[], at: number): string {
  const words: string[] = []
  for (const line of lines.slice(at + 1, at + 1 + MAX_CONTINUATION_LINES)) {
    if (line.trim() === '' && words.length === 0) continue
    if (!/^\s{0,2}\p{L}/u.test(line) || /:$/.test(line)) break
    words.push(line.trim())
  }
  return firstUsageSentence(words)
}

/** The first sentence of a paragraph, or ''. */
function firstUsageSentence(words: readonly string[]): string {
  const text = words.join(' ')
  const [sentence = ''] = /^.{8,300}?\.(?= |$)/.exec(text) ?? []
  return sentence === '' && /^\p{Lu}.*\s.*\s/u.test(text) && words.length === 1 ? text : sentence
}
