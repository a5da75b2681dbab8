/**
 * Finds where code may call a function by a name that it builds or holds as a string: `'validate' . ucfirst($rule)`,
 * `getattr(self, f"visit_{kind}")`, `send(:run)`. These are guesses, and pages show them as such.
 */

import { push } from '#base/multimap.ts'
import { type Component, compareText } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'

/** A line that may call a function by its name. */
export interface CallByName {
  readonly file: string
  readonly line: number
}

/** A string that is the name of a function, or begins one. */
interface NameString extends CallByName {
  readonly text: string
  readonly isWhole: boolean
  readonly language: string
}

/** Code that calls a function by its name, or passes the name on to be called. Checks such as `method_exists` are not included. */
const CALLS: Readonly<Record<string, RegExp>> = {
  python: /\b(?:getattr|methodcaller)\(/,
  ruby: /\b(?:public_send|send|__send__|try|method|instance_method)[( ]/,
  php: /\b(?:call_user_func(?:_array)?|array_map|usort)\(|(?:->|::)\$?\{?\$\w|\barray\(\$this,|\[\$this,/,
  javascript: /(?:\bthis|[\w$)\]])\[/,
}
/** Languages that call by name in the same way as another one. */
const LANGUAGE_FAMILY: Readonly<Record<string, string>> = {
  jsx: 'javascript',
  tsx: 'javascript',
  typescript: 'javascript',
}
/** The constant beginning of a name that is built: `'visit_' . $kind`, `f"visit_{kind}"`. */
const PREFIX = /(["'])([A-Za-z_]\w{2,60})\1 ?[.+%] ?[$\w(]|["'`]([A-Za-z_]\w{2,60})(?:#\{|\$\{|\{\$?\w|\$\w|(%s))/g
/** Matches code that fills a placeholder on the same line. Otherwise the string is a template, such as for generated names. */
const FILLS = /\b(?:sprintf|format)\b|["'] % /
/** Matches a PHP heredoc, which contains text or generated code. */
const HEREDOC = /<<<\s?["']?([A-Za-z_]\w{0,60})/
/** A whole name as an argument: `'run'`, `:run`. */
const NAME = /[(,] ?(?::|(["']))([A-Za-z_]\w{3,60}[!?]?)\1?[),\] ]/g
/** A call may follow within this many lines, including that of the prefix. */
const MAX_LINES_TO_CALL = 14
/** Limit on the lines of a file. */
const MAX_LINES = 20_000
/** Limit on the strings of a repository. */
const MAX_STRINGS = 500
/** A name that more functions share is too common to mean one of them. */
const MAX_NAMESAKES = 3
/** Shorter prefixes count only in their own file. */
const MIN_PREFIX = 5

const known = new WeakMap<RepoIndex, ReadonlyMap<string, readonly CallByName[]>>()

/** The lines that may call a function by its name. */
export function callsByName(repo: RepoIndex, { id }: Component): readonly CallByName[] {
  const found = known.get(repo) ?? findAll(repo)
  known.set(repo, found)
  return found.get(id) ?? []
}

function findAll(repo: RepoIndex): Map<string, CallByName[]> {
  const found = new Map<string, CallByName[]>()
  const strings = nameStringsIn(repo)
  if (strings.length === 0) return found
  const byName = new Map<string, Component[]>()
  for (const one of repo.components.values())
    if (one.kind === 'function' || one.kind === 'method') push(byName, one.name, one)
  for (const [name, namesakes] of byName)
    for (const { text, isWhole, file, line, language } of strings) {
      if (isWhole ? name !== text || namesakes.length > MAX_NAMESAKES : !continuesPrefix(name, text)) continue
      for (const one of namesakes) {
        if (languageOf(repo, one.file) !== language || (one.file === file && one.startLine === line)) continue
        if (!isWhole && text.length < MIN_PREFIX && one.file !== file) continue
        const places = found.get(one.id) ?? []
        if (!places.some((place) => place.file === file && place.line === line)) places.push({ file, line })
        found.set(one.id, places)
      }
    }
  return found
}

/** Whether a name continues a prefix with a new word: `validateMax` after `validate`, but not `validated`. */
function continuesPrefix(name: string, prefix: string): boolean {
  return (
    name.length > prefix.length &&
    name.startsWith(prefix) &&
    (prefix.endsWith('_') || /^[\p{Lu}_\d]/u.test(name.slice(prefix.length)))
  )
}

const languageOf = ({ files }: RepoIndex, path: string): string => {
  const language = files.get(path)?.language ?? ''
  return LANGUAGE_FAMILY[language] ?? language
}

function nameStringsIn(repo: RepoIndex): NameString[] {
  const strings: NameString[] = []
  const paths = [...repo.files.values()].filter((file) => isCode(file) && file.role === 'code').map(({ path }) => path)
  for (const file of paths.sort(compareText)) {
    const language = languageOf(repo, file)
    const calls = CALLS[language]
    if (calls === undefined) continue
    const lines = codeLines(repo, file, 1, MAX_LINES).map((line) => line.slice(0, 300))
    const inHeredoc = language === 'php' ? heredocLines(lines) : new Set<number>()
    const hasCall = lines.map((line, index) => !inHeredoc.has(index) && calls.test(line))
    for (const [index, line] of lines.entries()) {
      if (strings.length >= MAX_STRINGS) return strings
      if (inHeredoc.has(index) || !/["'`:]/.test(line) || /^\s*(?:#|\/\/|\*)/.test(line)) continue
      const add = (text: string, isWhole: boolean): number =>
        strings.push({ text, isWhole, file, line: index + 1, language })
      // In JavaScript, `object[key]` also reads plain data, so a prefix counts only inside the brackets.
      const isCalledSoon =
        language === 'javascript' ? hasCall[index] : hasCall.slice(index, index + MAX_LINES_TO_CALL).includes(true)
      if (isCalledSoon === true)
        for (const [, , concatenated, interpolated, placeholder] of line.matchAll(PREFIX)) {
          if (placeholder !== undefined && !FILLS.test(line)) continue
          if (language !== 'javascript' || /\[["'`]/.test(line)) add(concatenated ?? interpolated ?? '', false)
        }
      if (hasCall[index] === true && language !== 'javascript')
        for (const [, , name = ''] of line.matchAll(NAME)) add(name, true)
    }
  }
  return strings
}

/** The indexes of the lines within heredocs. */
function heredocLines(lines: readonly string[]): Set<number> {
  const inside = new Set<number>()
  let label: string | undefined
  for (const [index, line] of lines.entries()) {
    if (label === undefined) label = HEREDOC.exec(line)?.[1]
    else if (line.trimStart().startsWith(label) && !/^\w/.test(line.trimStart().slice(label.length))) label = undefined
    else inside.add(index)
  }
  return inside
}
