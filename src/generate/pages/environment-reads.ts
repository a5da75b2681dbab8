/** Where code reads environment variables: calls and look-ups with the variable's name written out, by language. */

import type { SourceFile } from '#generate/model.ts'
import { bareCode, stringAt } from './bare-code.ts'
import { ARGUMENT, FORMS } from './environment-forms.ts'

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

const NAME = /^[A-Z_][A-Z0-9_]*$/
const NAME_AT = /[A-Z_][A-Z0-9_]*(?![\w$])/y
/** A single name as the whole argument. */
const CONSTANT_AT = /[A-Za-z_]\w{0,60}(?=\s*[,)\]])/y
const MAX_CONSTANTS = 100
/** A function and its first parameter. */
const HEAD =
  /\b(?:def|function|func|fun|fn)\s+([\w$]+)\s*\(\s*\$?([\w$]+)|\b(?:const|let|val|var)\s+([\w$]+)\s*=\s*(?:async\s*)?(?:\(\s*)?([\w$]+)(?=[\s,:)=])/g
const MAX_WRAPPERS = 20
const MAX_WRAPPER_CHARS = 1_500
/** Written to, not read: an assignment that is no comparison and keeps no value that is there. */
const ASSIGNED = /\s*=(?![=>~])/y
const LITERAL = /(?:-?\d[\d_.]*|[tT]rue|[fF]alse|None|null|nil)\b/y
const MAX_DEFAULT = 60
const MAX_READS = 2_000

/** A quick look before a file is taken apart. */
const HINT = /getenv|environ|\benv\b|env!|\benv\(|\bENV\b|_ENV\b|EnvironmentVariable|LookupEnv/i
/** Set by the tools that build the code, not by who runs it. */
const BUILT_IN = /^(?:CARGO(?:_\w+)?|OUT_DIR|DEV|PROD|MODE|SSR|BASE_URL)$/
const SET_BY_BUILD = /^(?:import\.meta|option_env!|env!)/

/** The reads of a file in order of lines; at most 2,000 of each form. */
export function environmentReads(file: SourceFile): EnvironmentRead[] {
  const { text } = file
  if (text === null) return []
  if (file.language === 'bash') return bashReads(file, text)
  const forms = FORMS.get(file.language ?? '')
  if (forms === undefined || !HINT.test(text)) return []
  const bare = bareCode(file)
  if (bare === null) return []
  const code = { text, bare, constants: new Map<string, string | null>() }
  const found: Found[] = []
  /** Where the name is a parameter, perhaps: its place. */
  const open: { at: number; name: string }[] = []
  for (const { pattern, after, needs } of forms) {
    if (needs !== undefined && !needs.test(text)) continue
    for (const match of bare.matchAll(pattern)) {
      const at = match.index + match[0].length
      const read = match[0].endsWith('.') ? namedAt(bare, at) : (writtenAt(code, at) ?? constantAt(code, at))
      if (read === null) {
        const name = stickyAt(CONSTANT_AT, bare, at)
        if (name !== null && open.length < MAX_WRAPPERS) open.push({ at, name })
      } else {
        if ((SET_BY_BUILD.test(match[0]) && BUILT_IN.test(read.name)) || isAssigned(bare, read.end)) continue
        const value = after === undefined ? null : defaultAt(text, bare, read.end, after)
        found.push({ at, name: read.name, default: value, written: read.written })
      }
      if (found.length === MAX_READS) break
    }
  }
  for (const wrapper of new Set(open.flatMap(({ at, name }) => wrapperAround(bare, at, name) ?? [])))
    found.push(...readsThrough(code, wrapper))
  if (/^(?:javascript|typescript|jsx|tsx|vue|svelte)$/.test(file.language ?? ''))
    found.push(...destructured(text, bare))
  return withLines(file.path, text, found)
}

/** A file's text, its bare code, and what its constants are known to stand for. */
interface Code {
  text: string
  bare: string
  constants: Map<string, string | null>
}

/** The function around a place whose first parameter has this name; the nearest before the place. */
function wrapperAround(bare: string, at: number, parameter: string): string | null {
  const before = bare.slice(Math.max(0, at - MAX_WRAPPER_CHARS), at)
  const heads = [...before.matchAll(HEAD)]
  const head = heads.at(-1)
  const name = head?.[1] ?? head?.[3]
  return name !== undefined && (head?.[2] ?? head?.[4]) === parameter ? name : null
}

/** Calls of a function of this file that reads what its first argument names. */
function readsThrough(code: Code, wrapper: string): Found[] {
  const found: Found[] = []
  const pattern = new RegExp(String.raw`(?<![\w.$])${wrapper.replaceAll('$', '\\$')}\(\s*`, 'g')
  for (const match of code.bare.matchAll(pattern)) {
    const at = match.index + match[0].length
    const read = writtenAt(code, at)
    if (read === null) continue
    found.push({
      at,
      name: read.name,
      default: defaultAt(code.text, code.bare, read.end, ARGUMENT),
      written: read.written,
    })
    if (found.length === MAX_READS) break
  }
  return found
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

function writtenAt({ text, bare }: Pick<Code, 'text' | 'bare'>, at: number): Named | null {
  const found = stringAt(text, bare, at)
  return found !== null && NAME.test(found.value)
    ? { name: found.value, written: found.value, end: found.end + 1 }
    : null
}

/** The name that a constant of this file stands for, where the file gives the constant one value. */
function constantAt(code: Code, at: number): Named | null {
  const constant = stickyAt(CONSTANT_AT, code.bare, at)
  if (constant === null) return null
  let name = code.constants.get(constant)
  if (name === undefined) {
    name = code.constants.size < MAX_CONSTANTS ? constantValue(code, constant) : null
    code.constants.set(constant, name)
  }
  return name === null ? null : { name, written: constant, end: at + constant.length }
}

function constantValue(code: Code, constant: string): string | null {
  const values = new Set<string | null>()
  const pattern = String.raw`(?<![\w.$])${constant}(?::[ \w&']{1,30})?\s*:?=(?![=>])\s*`
  for (const match of code.bare.matchAll(new RegExp(pattern, 'g')))
    values.add(writtenAt(code, match.index + match[0].length)?.name ?? null)
  const [name = null] = values
  return values.size > 1 ? null : name
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
      if (found.length === MAX_READS) return found
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
    // An escape is blank in the bare code.
    const written = text.slice(match.index + whole.length - 1 - rest.length, match.index + whole.length - 1)
    const plain = written.replace(/^(["'])(.*)\1$/, '$2')
    const isLiteral = isDefault && plain !== '' && plain.length <= MAX_DEFAULT && !/[$`\\"']/.test(plain)
    found.push({ at: match.index, name, default: isLiteral ? plain : null, written: name })
    if (found.length === MAX_READS) break
  }
  return withLines(file.path, text, found)
}

/** Sorted, each variable once a line. */
function withLines(file: string, text: string, found: Found[]): EnvironmentRead[] {
  found.sort((a, b) => a.at - b.at)
  const byPlace = new Map<string, EnvironmentRead>()
  let line = 1
  let from = 0
  for (const { at, name, default: value, written } of found) {
    for (let next = text.indexOf('\n', from); next !== -1 && next < at; next = text.indexOf('\n', from)) {
      line += 1
      from = next + 1
    }
    const key = `${line} ${name}`
    const before = byPlace.get(key)
    if (before !== undefined) before.default ??= value
    else byPlace.set(key, { name, default: value, file, line, written })
  }
  return [...byPlace.values()]
}
