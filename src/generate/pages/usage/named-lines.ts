/**
 * Finds the lines that hold the names of definitions, in the code of all files: product, tests, examples, templates, and
 * languages that are not analysed. Comments are left out, and so is the text of literals unless code may use it.
 */

import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { SourceFile } from '#generate/model.ts'
import { LANGUAGES } from '#generate/pages/calls/code-languages.ts'
import { NOT_CODE } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Limit on the characters of all files that are read. */
const MAX_ALL = 100_000_000
/** A name that occurs more often is too common to tell. */
const MAX_TIMES = 400
/** Multiplier of the index of a file; the rest is the line. */
const LINES = 2 ** 24
const STYLES = /^(?:css|less|postcss|sass|scss|stylus)$/
/** Brackets around the code of templates; everything else is text. */
const ERB = [['<%', '%>']] as const
const JINJA = [
  ['{{', '}}'],
  ['{%', '%}'],
] as const
const CODE_OF_TEMPLATES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  blade: [['{{', '}}'], ['{!!', '!!}'], ['@', '\n'], ...ERB],
  ejs: ERB,
  erb: ERB,
  html: JINJA,
  jinja: JINJA,
  jsp: [
    ['<%', '%>'],
    ['${', '}'],
  ],
  twig: JINJA,
}
/** A literal that is a name, such as an argument of `getattr`, or a qualified one; a path names files. */
const NAMES = /^["'`]+[\w.:\\#@!?=-]+$/
/** Code within a literal, with the word before it: `visit_{plan}`, `$plan`. */
const INTERPOLATED = /\w{0,60}[#$%]?\{[^{}]{1,200}\}|\$\w{1,100}/g
/** `__all__ = ["plan"]` */
const EXPORTS = /^__all__ {0,4}\+?= {0,4}[[(]/gm
const MAX_EXPORTS = 4_000
/** Shorter parts occur in too many names. */
const MIN_PART = 4
const MAX_PART = 100

/** Where code names something. */
export interface NamedLine {
  readonly file: string
  readonly line: number
}

interface Index {
  /** Numbers of files and lines by name, one for each time that it occurs. */
  readonly lines: ReadonlyMap<string, number[]>
  readonly paths: readonly string[]
  /** Beginnings and ends from which code puts names together: `visit_` of `f"visit_{kind}"`, `dict` of `dict##T`. */
  readonly parts: ReadonlySet<string>
  /** Languages with files whose text is unknown, such as generated ones. */
  readonly unread: ReadonlySet<string>
  readonly isWhole: boolean
}

const known = new WeakMap<Writing, Index>()

/** A name without the signs before and after it, by which its lines are kept. */
export const bareName = (name: string): string => name.replace(/^[$@#:*&.]{1,9}|[!?=]{1,3}$/g, '')

/** The line of each occurrence of a name; `undefined` if they are too many, or some may be unknown. */
export function linesNaming(writing: Writing, name: string, language: string): readonly NamedLine[] | undefined {
  const { lines, paths, parts, unread, isWhole } = known.get(writing) ?? readAll(writing)
  const own = lines.get(name) ?? []
  if (!/^\w+$/.test(name) || !isWhole || own.length > MAX_TIMES || unread.has(familyOf(language))) return undefined
  if (parts.size > 0 && hasPart(name, parts)) return undefined
  return own.map((one) => ({ file: paths[Math.floor(one / LINES)] ?? '', line: one % LINES }))
}

/** Whether a name begins or ends with a part. */
function hasPart(name: string, parts: ReadonlySet<string>): boolean {
  for (let length = MIN_PART; length < Math.min(name.length, MAX_PART); length++)
    if (parts.has(name.slice(0, length)) || parts.has(name.slice(-length))) return true
  return false
}

/** Languages that use each other's names. */
function familyOf(language: string): string {
  if (/^(?:jsx|tsx|typescript|vue|svelte|astro)$/.test(language)) return 'javascript'
  return /^(?:cpp|cuda|objective-c|objective-cpp)$/.test(language) ? 'c' : language
}

function readAll(writing: Writing): Index {
  const { files, skipped } = writing.inventory
  const names = new Set([...writing.repo.components.values()].map(({ name }) => bareName(name)))
  const lines = new Map([...names].map((name): [string, number[]] => [name, []]))
  const parts = new Set<string>()
  const unread = new Set<string>()
  const paths: string[] = []
  let left = MAX_ALL
  for (const file of files) {
    const { path, text, language, vendored, role } = file
    if (language === null || vendored || role === 'manifest' || NOT_CODE.test(language) || STYLES.test(language))
      continue
    left -= text?.length ?? 0
    if (text === null || left < 0) {
      unread.add(familyOf(language))
      continue
    }
    paths.push(path)
    const base = (paths.length - 1) * LINES
    eachWord(codeOf(file, text), text, (word, line, isPart) => {
      if (isPart && word.length >= MIN_PART) parts.add(word)
      const own = lines.get(word)
      if (own !== undefined && own.length <= MAX_TIMES) own.push(base + line)
    })
  }
  const isUnread = skipped.some(({ reason }) => reason !== 'symlink' && reason !== 'submodule' && reason !== 'excluded')
  const index = { lines, paths, parts, unread, isWhole: !isUnread }
  known.set(writing, index)
  return index
}

/** The code of a file: as long as its text, with spaces in place of all else. */
function codeOf({ path, language }: SourceFile, text: string): string {
  const brackets = CODE_OF_TEMPLATES[path.endsWith('.blade.php') ? 'blade' : (language ?? '')]
  if (brackets !== undefined) return bracketed(text, brackets)
  const rules = Object.hasOwn(LANGUAGES, language ?? '') ? LANGUAGES[language ?? ''] : undefined
  const masked = rules === undefined ? undefined : MaskedCode.of(text, rules)
  if (masked === undefined) return text
  const exported = language === 'python' ? exportLists(text) : []
  const kept: [from: number, to: number][] = []
  let list = 0
  for (const [from] of masked.literals) {
    while ((exported[list]?.[1] ?? Infinity) <= from) list++
    if ((exported[list]?.[0] ?? Infinity) <= from) continue
    const to = masked.code.indexOf('"', from + 1)
    const literal = text.slice(from, to)
    if (NAMES.test(literal)) kept.push([from, to])
    else if (/[{$]/.test(literal))
      for (const { index, 0: code } of literal.matchAll(INTERPOLATED))
        kept.push([from + index, from + index + code.length])
  }
  return withKept(masked.code, text, kept)
}

/** The ranges of the lists of exports, in order. */
function exportLists(text: string): [from: number, to: number][] {
  return [...text.matchAll(EXPORTS)].flatMap(({ index, 0: head }): [number, number][] => {
    const length = text.slice(index + head.length, index + head.length + MAX_EXPORTS).search(/[\])]/)
    return length < 0 ? [] : [[index, index + head.length + length + 1]]
  })
}

function bracketed(text: string, brackets: readonly (readonly [string, string])[]): string {
  const kept: [number, number][] = []
  for (const [open, close] of brackets)
    for (let start = text.indexOf(open); start >= 0; ) {
      const end = text.indexOf(close, start + open.length)
      if (end < 0) break
      kept.push([start + open.length, end])
      start = text.indexOf(open, end + close.length)
    }
  return withKept(text.replace(/[^\n]/g, ' '), text, kept)
}

/** A masked text with these ranges of the text in it. */
function withKept(masked: string, text: string, kept: [from: number, to: number][]): string {
  const parts: string[] = []
  let at = 0
  for (const [from, to] of kept.sort(([a], [b]) => a - b)) {
    if (from < at || to < from) continue
    parts.push(masked.slice(at, from), text.slice(from, to))
    at = to
  }
  parts.push(masked.slice(at))
  return parts.join('')
}

/** Calls `found` with each word of the code, in order, and its line in the text, which is as long. A part of a name is followed by code in a literal, or pasted by a macro. */
function eachWord(code: string, text: string, found: (word: string, line: number, isPart: boolean) => void): void {
  let [line, start] = [1, -1]
  for (let at = 0; at <= code.length; at++) {
    const sign = at < code.length ? code.charCodeAt(at) : 10
    if (isWordCode(sign)) {
      if (start < 0) start = at
      continue
    }
    if (start >= 0) {
      const word = code.slice(start, at)
      const isPasted =
        /^\s{0,2}##/.test(code.slice(at, at + 4)) || /##\s{0,2}$/.test(code.slice(Math.max(0, start - 4), start))
      found(word, line, isPasted || (word.endsWith('_') && '"\'`{$#%'.includes(code[at] ?? ' ')))
      start = -1
    }
    if (text.charCodeAt(at) === 10) line++
  }
}

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 127
