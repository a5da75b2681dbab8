/** Where code reads environment variables: calls and look-ups with the variable's name written out, by language. */

import type { SourceFile } from '#generate/model.ts'
import { bareCode, stringAt } from './bare-code.ts'

export interface EnvironmentRead {
  name: string
  /** As written, without quotes; `null` when there is none or it is no literal. */
  default: string | null
  file: string
  line: number
  /** What stands in this line: the name, or a constant that holds it. */
  written: string
}

type Found = Omit<EnvironmentRead, 'file' | 'line'> & { at: number }

/**
 * A form of reading. The pattern ends where the name begins: after a dot the name itself, else a string or a constant.
 *
 * `after` is what may stand between name and default; without it the form knows no default.
 */
interface Form {
  pattern: RegExp
  after?: RegExp
  /** The text that a file must hold for the form to mean the environment. */
  needs?: RegExp
}

const NAME = /^[A-Z_][A-Z0-9_]*$/
const NAME_AT = /[A-Z_][A-Z0-9_]*(?![\w$])/y
/** A single name as the whole argument. */
const CONSTANT_AT = /[A-Za-z_]\w{2,60}(?=\s*[,)\]])/y
/** Written to, not read: an assignment that is no comparison and keeps no value that is there. */
const ASSIGNED = /\s*=(?![=>~])/y
const LITERAL = /(?:-?\d[\d_.]*|[tT]rue|[fF]alse|None|null|nil)\b/y
const MAX_DEFAULT = 60
const MAX_READS = 2_000

const OR_ELSE = /\s*\]?\s*(?:\?\?=?|\|\|=?)\s*/y
const ARGUMENT = /\s*,\s*/y
const PARENTHESIS_OR_ELSE = /\s*\)\s*(?:\?\?|\?:|\|\||\bor)\s*/y

const SCRIPT: Form[] = [
  { pattern: /\bprocess(?:\?\.|\.)env(?:\?\.|\.)/g, after: OR_ELSE },
  { pattern: /\b(?:process(?:\?\.|\.)env|import\.meta\.env|Bun\.env)(?:\?\.)?\[\s*/g, after: OR_ELSE },
  { pattern: /\b(?:import\.meta\.env|Bun\.env)\??\./g, after: OR_ELSE },
  { pattern: /\bDeno\.env\.get\(\s*/g, after: PARENTHESIS_OR_ELSE },
]
const JVM: Form[] = [
  { pattern: /\bSystem\.getenv\(\s*/g, after: PARENTHESIS_OR_ELSE },
  { pattern: /\bSystem\.getenv\(?\)?(?:\.get(?:OrDefault)?\(|\[)\s*/g, after: ARGUMENT },
]
const C: Form[] = [{ pattern: /\b(?:secure_)?getenv\s*\(\s*/g }]
const FORMS = new Map<string, Form[]>([
  ['c', C],
  ['cpp', C],
  ['csharp', [{ pattern: /\bEnvironment\.GetEnvironmentVariable\(\s*/g, after: PARENTHESIS_OR_ELSE }]],
  ['go', [{ pattern: /\bos\.(?:Getenv|LookupEnv)\(\s*/g }]],
  ['java', JVM],
  ['kotlin', JVM],
  [
    'php',
    [
      { pattern: /(?<![\w>:$\\]|function )(?:getenv)\(\s*/g, after: PARENTHESIS_OR_ELSE },
      { pattern: /(?<![\w>:$\\]|function )env\(\s*/g, after: ARGUMENT },
      { pattern: /\$_ENV\[\s*/g, after: /\s*\]\s*(?:\?\?|\?:)\s*/y },
    ],
  ],
  [
    'python',
    [
      { pattern: /\bos\.environ\[\s*/g },
      { pattern: /\bos\.(?:environ\.(?:get|pop|setdefault)|getenv)\(\s*/g, after: ARGUMENT },
      { pattern: /(?<![\w.])environ\[\s*/g, needs: /^from os import [^\n]*\benviron\b/m },
      { pattern: /(?<![\w.])environ\.get\(\s*/g, after: ARGUMENT, needs: /^from os import [^\n]*\benviron\b/m },
      { pattern: /(?<![\w.])getenv\(\s*/g, after: ARGUMENT, needs: /^from os import [^\n]*\bgetenv\b/m },
    ],
  ],
  [
    'ruby',
    [
      { pattern: /\bENV\[\s*/g, after: /\s*\]\s*\|\|=?\s*/y },
      { pattern: /\bENV\.fetch\(?\s*/g, after: /\s*(?:,|\)\s*\{)\s*/y },
      { pattern: /\bENV\.(?:key\?|has_key\?|include\?)\(?\s*/g },
    ],
  ],
  [
    'rust',
    [
      {
        pattern: /\benv::var(?:_os)?\(\s*/g,
        after: /\s*\)\s*\.(?:unwrap_or|unwrap_or_else)\(\s*(?:\|_\|\s*)?(?:String::from\()?\s*/y,
      },
      { pattern: /\b(?:option_)?env!\(\s*/g },
    ],
  ],
  [
    'scala',
    [
      ...JVM,
      { pattern: /\bsys\.env(?:\.get)?\(\s*/g, after: /\s*\)\s*\.getOrElse\(\s*/y },
      { pattern: /\bsys\.env\.getOrElse\(\s*/g, after: ARGUMENT },
    ],
  ],
  ['swift', [{ pattern: /\bProcessInfo\.processInfo\.environment\[\s*/g, after: /\s*\]\s*\?\?\s*/y }]],
  ...['javascript', 'typescript', 'jsx', 'tsx', 'vue', 'svelte'].map((name): [string, Form[]] => [name, SCRIPT]),
])
/** A quick look before a file is taken apart. */
const HINT = /getenv|environ|\benv\b|env!|\benv\(|\bENV\b|_ENV\b|EnvironmentVariable|LookupEnv/i
/** Set by the tools that build the code, not by who runs it. */
const BUILT_IN = /^(?:CARGO(?:_\w+)?|OUT_DIR|DEV|PROD|MODE|SSR|BASE_URL)$/
const SET_BY_BUILD = /^(?:import\.meta|option_env!|env!)/

/** The reads of a file in order of lines; at most 2,000. */
export function environmentReads(file: SourceFile): EnvironmentRead[] {
  const { text } = file
  if (text === null) return []
  if (file.language === 'bash') return bashReads(file, text)
  const forms = FORMS.get(file.language ?? '')
  if (forms === undefined || !HINT.test(text)) return []
  const bare = bareCode(file)
  if (bare === null) return []
  const found: Found[] = []
  for (const { pattern, after, needs } of forms) {
    if (needs !== undefined && !needs.test(text)) continue
    for (const match of bare.matchAll(pattern)) {
      const at = match.index + match[0].length
      const read = match[0].endsWith('.')
        ? namedAt(bare, at)
        : (writtenAt(text, bare, at) ?? constantAt(text, bare, at))
      if (read === null || (SET_BY_BUILD.test(match[0]) && BUILT_IN.test(read.name))) continue
      if (isAssigned(bare, read.end)) continue
      const value = after === undefined ? null : defaultAt(text, bare, read.end, after)
      found.push({ at, name: read.name, default: value, written: read.written })
      if (found.length === MAX_READS) break
    }
  }
  if (/^(?:javascript|typescript|jsx|tsx|vue|svelte)$/.test(file.language ?? ''))
    found.push(...destructured(text, bare))
  return withLines(file.path, text, found)
}

/** A name and the place behind it and its quotes. */
interface Named {
  name: string
  written: string
  end: number
}

function namedAt(bare: string, at: number): Named | null {
  const name = stickyAt(NAME_AT, bare, at)
  return name === null ? null : { name, written: name, end: at + name.length }
}

function writtenAt(text: string, bare: string, at: number): Named | null {
  const found = stringAt(text, bare, at)
  return found !== null && NAME.test(found.value)
    ? { name: found.value, written: found.value, end: found.end + 1 }
    : null
}

/** The name that a constant of this file stands for, where the file gives the constant one value. */
function constantAt(text: string, bare: string, at: number): Named | null {
  const constant = stickyAt(CONSTANT_AT, bare, at)
  if (constant === null) return null
  const values = new Set<string | null>()
  for (const match of bare.matchAll(
    new RegExp(String.raw`(?<![\w.$])${constant}(?::[ \w&']{1,30})?\s*:?=(?![=>])\s*`, 'g'),
  ))
    values.add(writtenAt(text, bare, match.index + match[0].length)?.name ?? null)
  const [name = null] = values
  return name === null || values.size > 1 ? null : { name, written: constant, end: at + constant.length }
}

function isAssigned(bare: string, end: number): boolean {
  ASSIGNED.lastIndex = bare[end] === ']' ? end + 1 : end
  return ASSIGNED.test(bare)
}

function stickyAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

/** A literal after the form's own signs. */
function defaultAt(text: string, bare: string, end: number, after: RegExp): string | null {
  const signs = stickyAt(after, bare, end)
  return signs === null ? null : literalAt(text, bare, end + signs.length)
}

function literalAt(text: string, bare: string, at: number): string | null {
  const value = stringAt(text, bare, at)?.value ?? stickyAt(LITERAL, bare, at)
  return value === null || value.length > MAX_DEFAULT || value.includes('\n') ? null : value
}

/** `const { HOME, PORT = '80' } = process.env` */
function destructured(text: string, bare: string): Found[] {
  const found: Found[] = []
  for (const match of bare.matchAll(/\{([^{}]{1,2000})\}\s*=\s*(?:process\.env|import\.meta\.env)\b(?![.[?])/g)) {
    for (const part of (match[1] ?? '').matchAll(/(?<![\w$:]|: )([A-Z_][A-Z0-9_]*)\b(\s*(?::\s*[\w$]+\s*)?=\s*)?/g)) {
      const at = match.index + 1 + part.index
      const value = part[2] === undefined ? null : literalAt(text, bare, at + part[0].length)
      found.push({ at, name: part[1] ?? '', default: value, written: part[1] ?? '' })
    }
  }
  return found
}

const BASH_READ = /\$\{([A-Z_][A-Z0-9_]*)(?::?[-=?+])([^{}\n]*)\}/g
/** Set by the shell itself. */
const OF_SHELL = /^(?:BASH\w*|IFS|PWD|OLDPWD|RANDOM|SECONDS|LINENO|PS\d|OPT(?:ARG|IND)|REPLY|UID|EUID|COMP_\w+|_)$/

/** `${PORT:-80}` of a variable that the script does not set itself, save from its own value. */
function bashReads(file: SourceFile, text: string): EnvironmentRead[] {
  if (!text.includes('${')) return []
  const bare = bareCode(file)
  if (bare === null) return []
  const set = new Set<string>()
  for (const match of bare.matchAll(/(?<![\w$.{/-])([A-Z_][A-Z0-9_]*)\+?=(?!"?\$\{\1:?[-=])/g)) set.add(match[1] ?? '')
  for (const match of bare.matchAll(/\b(?:read|for|local|declare|typeset|select|getopts)\b([^\n;|&=$]{1,200})/g))
    for (const name of match[1]?.match(/\b[A-Z_][A-Z0-9_]*\b/g) ?? []) set.add(name)
  const found: Found[] = []
  for (const match of bare.matchAll(BASH_READ)) {
    const [whole, name = '', rest = ''] = match
    if (set.has(name) || OF_SHELL.test(name)) continue
    const isDefault = /^\$\{\w+:?[-=]/.test(whole)
    const plain = rest.replace(/^(["'])(.*)\1$/, '$2')
    const isLiteral = isDefault && plain !== '' && plain.length <= MAX_DEFAULT && !/[$`\\"']/.test(plain)
    found.push({ at: match.index, name, default: isLiteral ? plain : null, written: name })
    if (found.length === MAX_READS) break
  }
  return withLines(file.path, text, found)
}

/** Sorted, each variable once a line. */
function withLines(file: string, text: string, found: Found[]): EnvironmentRead[] {
  found.sort((a, b) => a.at - b.at)
  const reads: EnvironmentRead[] = []
  let line = 1
  let from = 0
  for (const { at, name, default: value, written } of found) {
    for (let next = text.indexOf('\n', from); next !== -1 && next < at; next = text.indexOf('\n', from)) {
      line += 1
      from = next + 1
    }
    const before = reads.findLast((read) => read.line === line && read.name === name)
    if (before === undefined) reads.push({ name, default: value, file, line, written })
    else before.default ??= value
  }
  return reads
}
