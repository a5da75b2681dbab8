/** Finds the help text that a program prints, for programs whose options no parser defines. */

import { hasText } from '#base/find-text.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import type { CommandLine, SourceFile } from '#generate/model.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { isToolFile } from '#generate/pages/public-api/traits.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { helpRows, type UsageRow } from './usage-text.ts'

const DEFAULT = /[[(]default: ([^\])]{1,40})[\])]/

export interface HelpText {
  /** The name of the program, or of its file. */
  name: string
  path: string
  /** Lines of the text in the file, from 1. */
  line: number
  endLine: number
  text: string
}

/** Minimum number of options, and limits on the lines of a text. */
const MIN_OPTIONS = 4
const MAX_ABOVE = 120
const MAX_LINES = 400
/** The end of a line that opens a multi-line literal, with its delimiter: a here-document, a quote or a backtick. */
const OPENS = /<<[-~]? {0,4}\\?['"]?(\w{1,40})['"]?\s{0,4}$|("""|'''|`|["'])\\?$/
/** Matches an interpolated expression, whose value is unknown. */
const FILLED = /(?<!\\)(?:\$\{|#\{|\$\w)|%[sd]/
/** A style of chalk's templates: `{bold --listen}`. */
const STYLE = /\{[a-z][\w.]{0,40} ([^{}\n]{1,200})\}/g

const ESCAPES = /\\[\\"'`]/g

const known = new WeakMap<Writing, HelpText | null>()

/** The longest help text of the main code, if the repository offers a program. */
export function helpTextOf(writing: Writing): HelpText | null {
  const found = known.get(writing)
  if (found !== undefined) return found
  const text = findText(writing)
  known.set(writing, text)
  return text
}

/** The program with the options of its help text; empty if there is no such text. */
export function helpPrograms(writing: Writing): { name: string; line: CommandLine; commands: [] }[] {
  const help = helpTextOf(writing)
  const file = writing.repo.files.get(help?.path ?? '')
  if (help === null || file === undefined) return []
  const rows = helpRows(file).filter(({ line }) => help.line <= line && line <= help.endLine)
  const options = rows.map((row) => ({ ...row, text: plain(row.text) }))
  return [{ name: help.name, line: usageProgram(file.path, help.name, options, help.line), commands: [] }]
}

function findText(writing: Writing): HelpText | null {
  const { repo, subject } = writing
  const programs = ownPackages(writing).flatMap((one) => one.programs)
  const isScript = (path: string): boolean => nameOf(path) === subject.name
  const texts = [...repo.files.values()].flatMap((file) => {
    const isOfProgram = programs.length > 0 || isScript(file.path)
    const text = isOfProgram && isMain(file.path, repo) && !isToolFile(file.path) ? textIn(file) : undefined
    const own = programs.find(({ runs }) => runs === file.path) ?? (programs.length === 1 ? programs[0] : undefined)
    return text === undefined ? [] : [{ name: own?.name ?? subject.name, path: file.path, ...text }]
  })
  return texts.sort((a, b) => b.text.length - a.text.length)[0] ?? null
}

/** The literal that contains the option rows of a file. */
function textIn(file: SourceFile): Pick<HelpText, 'line' | 'endLine' | 'text'> | undefined {
  const rows = helpRows(file)
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined || rows.length < MIN_OPTIONS) return undefined
  const lines = (file.text ?? '').split(/\r?\n/)
  const from = Math.max(0, first.line - MAX_ABOVE)
  const above = lines.slice(from, first.line - 1)
  const at = above.findLastIndex((line) => OPENS.test(line))
  const [, here, quote = ''] = OPENS.exec(above[at] ?? '') ?? []
  if (at === -1) return undefined
  const closes = (line: string): boolean =>
    here === undefined ? hasText(line.replace(ESCAPES, ''), quote) : line.trim() === here
  const start = from + at + 1
  const length = lines.slice(start, start + MAX_LINES).findIndex(closes)
  // The quote that was found may close another literal.
  if (length === -1 || start + length < last.line) return undefined
  const body = lines.slice(start, start + length)
  if (body.filter((line) => FILLED.test(line)).length > 1) return undefined
  const text = dedented(body).join('\n')
  return { line: start + 1, endLine: start + length, text: quote === '`' || quote === '"' ? plain(text) : text }
}

/** Without escapes, and without styles, which may be nested. */
const plain = (text: string): string =>
  text
    .replace(/\\([`'"$\\])/g, '$1')
    .replace(STYLE, '$1')
    .replace(STYLE, '$1')

function dedented(lines: readonly string[]): string[] {
  const cut = withoutMargin(lines).map((line) => line.trimEnd())
  const first = cut.findIndex((line) => line !== '')
  return cut.slice(first, cut.findLastIndex((line) => line !== '') + 1)
}

/** A command with the options of its usage text. */
function usageProgram(file: string, name: string, rows: readonly UsageRow[], at: number): CommandLine {
  const options = rows.map(({ names, value, text, line }) => ({
    names,
    value,
    file,
    line,
    isArgument: false,
    component: null,
    default: DEFAULT.exec(text)?.[1] ?? null,
    text: text.replace(DEFAULT, '').trim(),
    written: names[0] ?? '',
  }))
  return {
    name,
    parent: -1,
    file,
    line: at,
    component: null,
    text: '',
    options,
    isWhole: true,
  }
}
