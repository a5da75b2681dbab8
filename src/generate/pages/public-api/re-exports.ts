/**
 * Describes names that a package re-exports from another package: `export { Timeout } from 'timeouts'` or `pub use
 * timeouts::Timeout;` in an entry file. `export * from` gives no names, and `require` is not read.
 */

import type { Package, SourceFile } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

const MAX_LINES = 4_000
/** Limits on the characters of an export list and of a comment. */
const MAX_LIST = 8_000
const MAX_COMMENT = 4_000

const START = /^[ \t]*export\s+(?:type\s+)?(?=[{*])/gm
const NAMESPACE = /\*\s*as\s+([\w$]+)\s*from\b/y
const FROM = /[ \t\r\n]{0,20}(?:from[ \t\r\n]{0,20})?(['"])([^'"\n]{1,200})\1/y
/** A package, possibly with a path inside it; not a file, `#imports` or an alias such as `@/`. */
const PACKAGE = /^(?:@[\w.~-]{1,100}\/)?(?:node:)?\w[\w.~/-]{0,200}$/

interface ReExport {
  /** The specifier as written. */
  origin: string
  /** The text of the doc comment, or ''. */
  comment: string
}

const known = new WeakMap<SourceFile, ReadonlyMap<string, ReExport>>()

/** `Thrown when a task takes too long. (from timeouts)`; empty if no entry file re-exports the name. */
export function describeReExport({ repo, texts }: Writing, about: Package | undefined, name: string): Inline[] {
  for (const { file: path } of about?.entries ?? []) {
    const file = repo.files.get(path)
    if (file === undefined) continue
    const read = path.endsWith('.rs') ? readPubUses : readReExports
    const all = known.get(file) ?? read(codeLines(repo, path, 1, MAX_LINES).join('\n'))
    known.set(file, all)
    const found = all.get(name)
    if (found === undefined || (path.endsWith('.rs') && !isDependency(about, found.origin))) continue
    const from = texts.entry.from([code(found.origin)])
    const words = tellingSentence(found.comment, name)
    return words === null ? from : [...words, ' (', ...from, ')']
  }
  return []
}

/** Whether a crate is one that the package depends on; other paths begin with a module of its own. */
const isDependency = (about: Package | undefined, crate: string): boolean =>
  about?.dependencies.some(({ name }) => name.replaceAll('-', '_') === crate) === true

const STAR = /^[ \t]{0,20}export\s{1,9}\*\s{1,9}from\s{1,9}['"]([^'"\n]{1,200})['"]/gm

/** The packages from outside the repository of which the file behind an import path exports everything. */
export function reExportedWhole({ repo, surfaces }: Writing, about: Package | undefined, path: string): string[] {
  const entry = about?.entries.find(({ subpath }) => `${about.name}${subpath.replace(/^\./, '')}` === path)
  const text = entry === undefined ? '' : codeLines(repo, entry.file, 1, MAX_LINES).join('\n')
  const isOwn = (name: string): boolean =>
    surfaces.some((one) => name === one.package || name.startsWith(`${one.package}/`))
  return [...text.matchAll(STAR)].flatMap(([, name = '']) => (PACKAGE.test(name) && !isOwn(name) ? [name] : []))
}

/** `pub use equivalent::Equivalent;`, `pub use clock::{Clock, Tick as Beat};` */
const PUB_USE =
  /^[ \t]{0,12}pub use (?:::)?(\w{1,60})::(?:\w{1,60}::){0,5}(?:(\w{1,60}(?: as \w{1,60})?)|\{([\w,\s]{1,600})\});/gm

/** @returns What Rust re-exports by its name, with the first part of its path, keyed by exported name. */
function readPubUses(text: string): ReadonlyMap<string, ReExport> {
  const all = new Map<string, ReExport>()
  for (const [, origin = '', only, list = ''] of text.matchAll(PUB_USE))
    for (const item of (only ?? list).split(',')) {
      const name = item.trim().split(' ').at(-1) ?? ''
      if (name !== '') all.set(name, { origin, comment: '' })
    }
  return all
}

/** @returns The re-exports from packages, keyed by exported name. */
function readReExports(text: string): ReadonlyMap<string, ReExport> {
  const all = new Map<string, ReExport>()
  for (const { index, 0: start } of text.matchAll(START)) {
    const { names, end } = readNames(text, index + start.length)
    FROM.lastIndex = end
    const origin = FROM.exec(text)?.[2]
    if (origin === undefined || !PACKAGE.test(origin)) continue
    for (const { name, at } of names) {
      const own = commentBefore(text, at)
      // A comment above a list of several names describes all of them together.
      const comment = own === '' && names.length === 1 ? commentBefore(text, index) : own
      if (!all.has(name)) all.set(name, { origin, comment })
    }
  }
  return all
}

interface ExportedNames {
  names: { name: string; at: number }[]
  /** Position after the list. */
  end: number
}

/** The names of `{ A, type B as C }` or `* as D from`. */
function readNames(text: string, start: number): ExportedNames {
  const names: ExportedNames['names'] = []
  if (text[start] !== '{') {
    NAMESPACE.lastIndex = start
    const [all = '', name] = NAMESPACE.exec(text) ?? []
    return { names: name === undefined ? [] : [{ name, at: start }], end: start + all.length }
  }
  const token = /\/[/*]|[\w$]+|[,}]/g
  token.lastIndex = start
  const limit = start + MAX_LIST
  let at = -1
  let name = ''
  for (let match = token.exec(text); match !== null && match.index < limit; match = token.exec(text)) {
    const [word] = match
    if (word === '//' || word === '/*') {
      const end = text.indexOf(word === '//' ? '\n' : '*/', match.index + 2)
      if (end < 0 || end > limit) break
      token.lastIndex = end + (word === '//' ? 0 : 2)
    } else if (word === ',' || word === '}') {
      if (at >= 0) names.push({ name, at })
      if (word === '}') return { names, end: match.index + 1 }
      at = -1
    } else {
      // Of `type A as B`, the last word is the exported name.
      if (at < 0) at = match.index
      name = word
    }
  }
  return { names: [], end: limit }
}

/** The text of the doc comment that ends directly before a position, on lines of its own, or ''. */
function commentBefore(text: string, position: number): string {
  const before = text.slice(Math.max(0, position - MAX_COMMENT), position)
  const comment = before.trimEnd()
  const open = comment.lastIndexOf('/*')
  const isDirect = before.slice(comment.length).split('\n').length <= 2
  const isDoc = comment.startsWith('/**', open) && comment.indexOf('*/', open + 3) === comment.length - 2
  const isOnOwnLine = /(?:^|\n)[ \t]*$/.test(comment.slice(0, Math.max(0, open)).slice(-200))
  if (open < 0 || !isDirect || !isDoc || !isOnOwnLine) return ''
  const lines = comment
    .slice(open + 3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trimEnd())
  const end = lines.findIndex((line) => /^\s*@/.test(line))
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .join('\n')
    .trim()
}
