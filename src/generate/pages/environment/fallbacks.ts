/** Finds the value that a program uses if a variable is not set: a literal, a constant of the file, or a computed value. */

import type { Read } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { literalValue } from '#generate/pages/literal-value.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** The literal; `null` for a computed value, or that of another variable. */
export interface Fallback {
  readonly value: string | null
  /** Whether the program ends if the variable is not set: `${PORT:?no port}`. */
  readonly isRequired?: true
}

/** Limit on the lines after a read in which an empty value may be replaced. */
const MAX_BEHIND = 8
const MAX_LINE = 300
/** Matches the operator before an alternative value, after the call or index that reads. */
const OTHERWISE =
  /^["'`]?[\])}\s]{0,6}(?:,\s{0,3}(?!(?:ok|err|true|false)\b)["'\w]|\|\||\?\?|\bor\b|\?:|\.(?:unwrap_or\w*|or_else|orElse(?!Throw)\w*|getOrElse|map_or\w*)\b)/
const WORD = /[A-Za-z_]\w*/g
/** Matches code that reads an environment variable. */
const READS = /env(?:iron)?[.[(]|ENV[.[]|["'][A-Z][A-Z0-9]{0,60}_[A-Z0-9_]{1,60}["']/
/** Matches an expression of a shell or a template, which is no value. */
const COMPUTED = /\$[\w{(]|`/
/** Matches the value after an empty default: `, "") or 4`. */
const AFTER_EMPTY = /^["'`]\s{0,3},\s{0,3}(?:""|'')\s{0,3}\)\s{0,3}(?:\bor\b|\|\||\?\?)\s{0,3}(.{1,120})$/
/** Matches the end of a program, or an error that its caller gets. */
const ENDS = /\b(?:throw|raise|panic!?\(|(?:sys\.|process\.|os\.)?[Ee]xit\(|die\b|abort\(|Fatalf?\()/

/** The distinct fallbacks of a variable; empty if there are none. */
export function fallbacksOf(repo: RepoIndex, places: readonly Read[]): Fallback[] {
  const found = new Map<string, Fallback>()
  for (const read of places) {
    for (const one of fallbacksOfRead(repo, read)) found.set(JSON.stringify(one), one)
  }
  return [...found.values()]
}

function fallbacksOfRead(repo: RepoIndex, read: Read): Fallback[] {
  const { file, line, written } = read
  const lines = codeLines(repo, file, line, line + MAX_BEHIND).map((one) => one.slice(0, MAX_LINE))
  const [first = ''] = lines
  const at = wordIn(first, written)
  const behind = at === -1 ? '' : first.slice(at + written.length)
  if (requiredBy(repo, read) !== undefined) return [{ value: null, isRequired: true }]
  const [, home] = EXPANDED.exec(`${behind} ${(lines[1] ?? '').trim()}`) ?? []
  if (home !== undefined) return [{ value: home }]
  const isNext = behind.trim() === '' || /[(,|?]\s*$/.test(behind)
  const before = first.slice(0, Math.max(0, at))
  // A variable that is only tested has no fallback.
  const isTested = TESTS.test(before)
  const rest = isTested ? '' : inExpression(before, isNext ? `${behind} ${(lines[1] ?? '').trimStart()}` : behind)
  // Another variable is read first.
  if (READS.test(rest)) return [{ value: null }]
  // An empty value only spares a test; what it stands for is elsewhere.
  if (read.default === '') return [literalOf(repo, file, AFTER_EMPTY.exec(behind)?.[1]) ?? []].flat()
  if (read.default !== null) return [{ value: COMPUTED.test(read.default) ? null : read.default }]
  if (OTHERWISE.test(rest)) return [literalOf(repo, file, CHOSEN.exec(rest)?.[1]) ?? { value: null }]
  const [, given] =
    /(?:^|[\s(])(?:const |let |var |my |auto )?\$?@?([A-Za-z_]\w{0,60})(?:: [\w<>.? ]{1,40})?(?:, \w+)? {0,3}:?= {0,3}[^=]/.exec(
      before,
    ) ?? []
  if (/^["'`]\)\.expect\("/.test(behind)) return [{ value: null, isRequired: true }]
  const test = given === undefined ? -1 : lines.findIndex((one, index) => index > 0 && isReplaced(one, given))
  if (given === undefined || test < 0) return []
  if (lines.slice(test, test + 2).some((one) => ENDS.test(one))) return [{ value: null, isRequired: true }]
  const set = [lines[test] ?? '', lines[test + 1] ?? ''].map((one) => assignedTo(one, given)).find((one) => one !== '')
  return [literalOf(repo, file, set) ?? { value: null }]
}

/** The message with which a shell script exits if a variable is not set, or ''; `undefined` if it does not exit. */
export function requiredBy({ files }: RepoIndex, { file, line, written }: Read): string | undefined {
  if (files.get(file)?.language !== 'bash') return undefined
  const [text = ''] = codeLines({ files }, file, line, line)
  for (const behind of text.slice(0, MAX_LINE).split(`\${${written}`).slice(1)) {
    const [, message] = /^:?\?["']?([^}"']{0,200})/.exec(behind) ?? []
    if (message !== undefined) return message.trim()
  }
  return undefined
}

/** Position of a text in a line as a whole word, or -1. */
function wordIn(line: string, text: string): number {
  for (let at = line.indexOf(text); at >= 0 && text !== ''; at = line.indexOf(text, at + 1))
    if (!/\w/.test(line[at - 1] ?? '') && !/\w/.test(line[at + text.length] ?? '')) return at
  return -1
}

/** The value that the first assignment of a line gives a variable, or ''. */
function assignedTo(line: string, given: string): string {
  const at = wordIn(line, given)
  const [, value = ''] = at < 0 ? [] : (ASSIGNED.exec(line.slice(at + given.length)) ?? [])
  return value
}

const ASSIGNED = /^\s{0,3}(?:\|\||\?\?)?=\s{0,3}([^=\s].{0,120})$/
/** Matches the value after `or`, `||` and similar operators, up to the end of the statement. */
const CHOSEN = /^["'`]?[\])}\s]{0,6}(?:\|\||\?\?|\bor\b|\?:)\s{0,3}(.{1,120})$/
/** Matches a path in the user's home as the alternative: `, os.path.expanduser("~/.config"))`. */
const EXPANDED =
  /^["'`]?[\])}\s]{0,6}(?:,|\|\||\?\?|\bor\b)\s{0,3}(?:os\.path\.|File\.)?expand(?:user|_path)\(\s{0,3}["'](~[^"'\s]{0,80})["']\)/
/** The literal value of an expression. */
function literalOf(repo: RepoIndex, file: string, text: string | undefined): Fallback | undefined {
  const value = text === undefined ? undefined : literalValue(repo, file, text)
  return value === undefined ? undefined : { value }
}

/** Matches code before a test: a condition without assignment, or `!`. */
const TESTS =
  /^[\s}]*(?:else )?(?:if|elif|elsif|unless|while)\b(?:[^=:!<>]|[!<>](?!=)|[=!<>]={1,2}(?!=))*$|!\s{0,2}[\w.$]{0,60}["'[(.]*$/

/** The rest of the expression, up to a comma or the end of the statement. */
function inExpression(before: string, rest: string): string {
  // Arguments of a call may be on lines of their own.
  if (/^\s*["'`]*$/.test(before)) return rest
  // In `parseInt(process.env.PORT, 10)`, the rest belongs to the outer call.
  const behind = before.endsWith('.') ? rest.replace(/^\s{0,9},[^(),]{0,40}\)/, ')') : rest
  let depth = 0
  for (const sign of before)
    depth = '([{'.includes(sign) ? depth + 1 : ')]}'.includes(sign) ? Math.max(0, depth - 1) : depth
  for (let at = 0; at < behind.length; at++) {
    const sign = behind.charAt(at)
    if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    else if (sign === ';' || (sign === ',' && depth <= 0)) return behind.slice(0, at)
  }
  return behind
}

/** Whether a line tests for an empty value: `if dir == "" {`, `if not dir:`, `dir ||= …`, `if (!dir)`, `[ -z "$dir" ]`. */
function isReplaced(line: string, given: string): boolean {
  const word = [...line.matchAll(WORD)].find(([one]) => one === given)?.index
  if (word === undefined) return false
  const behind = line.slice(word + given.length)
  const isNegated = /(?:!|\bnot |\bunless )\s{0,2}\(?$/.test(line.slice(0, word))
  return (
    /^\s{0,3}(?:\|\|=|\?\?=|=\s{0,3}(?!=).{0,60}(?:\|\||\?\?))/.test(behind) ||
    (/^\s*(?:\}\s*)?(?:if|unless|elif|else if|\[)\b|^\s*\[/.test(line) &&
      (/^\s{0,3}(?:===?|is)\s{0,3}(?:""|''|nil|null|None|undefined|nullptr|NULL)/.test(behind) ||
        isNegated !== /^(?:\.(?:is_?empty|isBlank|empty|nil|blank)\b|\.len\(\) == 0)/i.test(behind) ||
        /-z "?\$\{?\s{0,2}\(?$/.test(line.slice(0, word)) ||
        /IsNullOr\w{1,20}\($/.test(line.slice(0, word))))
  )
}
