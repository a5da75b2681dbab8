/**
 * Which names the import statements of a file bind, and to what: read from its bare code, so that no comment counts. For
 * languages in which an import binds a name; what C includes or Ruby requires binds none.
 */

import type { SourceFile } from '#generate/model.ts'
import { BLANK, bareCode, stringAt } from './bare-code.ts'

/** What a name stands for, by one import. */
export interface Imported {
  /** The parts of the module's or package's path: `['a', 'b']` of `from a.b import c`, `['@x', 'y']` of `'@x/y'`. */
  readonly path: readonly string[]
  /** What is taken from it; `null` when the name stands for the module itself. */
  readonly name: string | null
  /** The statement itself says that it stays within the repository: `./a`, `from . import b`, `crate::c`. */
  readonly isOwn: boolean
}

export type ImportedNames = ReadonlyMap<string, readonly Imported[]>

type Found = { as: string } & Imported
/** @param bare - Bare code with spaces in place of what is blank. */
type Reader = (bare: string, stringAt: (at: number) => { value: string; end: number } | null) => Iterable<Found>

/** Most names of one statement that are read. */
const MAX_NAMES = 200
const NONE: ImportedNames = new Map()
const known = new WeakMap<SourceFile, ImportedNames>()

/** Empty for a file of another language, or one without text. */
export function importedNames(file: SourceFile): ImportedNames {
  const found = known.get(file)
  if (found !== undefined) return found
  const reader = READERS.get(file.language ?? '')
  const bare = reader === undefined ? null : bareCode(file)
  const names = new Map<string, Imported[]>()
  if (reader !== undefined && bare !== null) {
    for (const { as, ...imported } of reader(bare.replaceAll(BLANK, ' '), (at) =>
      stringAt(file.text ?? '', bare, at),
    )) {
      const same = names.get(as)
      if (same === undefined) names.set(as, [imported])
      else same.push(imported)
    }
  }
  const all = names.size === 0 ? NONE : names
  known.set(file, all)
  return all
}

const PYTHON =
  /(?<![^\n])[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(?:\(([^()]*)\)|((?:[^\n\\;]|\\\n)+))|import[ \t]+((?:[^\n\\;]|\\\n)+))/g

function* python(bare: string): Iterable<Found> {
  for (const [, from, inside, taken, modules] of bare.matchAll(PYTHON)) {
    for (const [name, as] of itemsOf(inside ?? taken ?? modules ?? '', /^([\w.]+)(?:\s+as\s+(\w+))?$/)) {
      const path = (from ?? name).split('.').filter((part) => part !== '')
      if (from !== undefined) yield { as: as ?? name, path, name, isOwn: from.startsWith('.') }
      // `import a.b` binds `a`.
      else yield { as: as ?? path[0] ?? '', path, name: null, isOwn: false }
    }
  }
}

const SCRIPT_IMPORT = /(?<![\w$.])import\b/g
/** What may stand between `import` and the module, `from` included. Matches always, and is never gone back on. */
const SCRIPT_CLAUSE = /[\w$*{},\s]*/y
const SCRIPT_REQUIRE =
  /\b(?:import|const|let|var)\s+([\w$]+|\{[^{}]{0,2000}\})\s*=\s*(?:await\s+import|require)\s*\(\s*(?=['"])/g

function* script(bare: string, read: Parameters<Reader>[1]): Iterable<Found> {
  for (const { taken, at } of scriptImports(bare)) {
    const specifier = read(at)?.value
    if (specifier === undefined) continue
    const isOwn = /^[./#~]/.test(specifier)
    const path = specifier.split('/')
    const [clause = '', braces = ''] = /^([^{]*)\{([^}]*)/.exec(taken)?.slice(1) ?? [taken]
    for (const [name] of itemsOf(clause, /^(?:\*\s+as\s+)?([\w$]+)$/)) yield { as: name, path, name: null, isOwn }
    for (const [name, as] of itemsOf(braces, /^(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+)|\s*:\s*([\w$]+))?$/))
      yield { as: as ?? name, path, name, isOwn }
  }
}

/** What each import takes, and where the name of the module stands. Each part of the text is looked at once. */
function* scriptImports(bare: string): Iterable<{ taken: string; at: number }> {
  SCRIPT_IMPORT.lastIndex = 0
  while (SCRIPT_IMPORT.exec(bare) !== null) {
    SCRIPT_CLAUSE.lastIndex = SCRIPT_IMPORT.lastIndex
    const clause = SCRIPT_CLAUSE.exec(bare)?.[0].trimEnd() ?? ''
    const at = SCRIPT_CLAUSE.lastIndex
    SCRIPT_IMPORT.lastIndex = at
    if (!/^['"]$/.test(bare[at] ?? '') || !/(?<![\w$])from$/.test(clause.slice(-5))) continue
    const [taken = ''] = clause
      .slice(0, -'from'.length)
      .split(/(?<![\w$])import(?![\w$])/)
      .slice(-1)
    yield { taken: taken.trim().replace(/^type\s+/, ''), at }
  }
  for (const match of bare.matchAll(SCRIPT_REQUIRE)) {
    yield { taken: match[1] ?? '', at: match.index + match[0].length }
  }
}

const JVM = /^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.$]+?)(?:\.\{([^{}]*)\}|[ \t]+as[ \t]+(\w+))?[ \t]*(?:;[ \t]*)?$/gm

function* jvm(bare: string): Iterable<Found> {
  for (const [, path = '', braces, as] of bare.matchAll(JVM)) {
    if (braces === undefined) yield* qualified(path, '.', as)
    else
      for (const [name, renamed] of itemsOf(braces, /^(\w+)(?:\s*(?:=>|\bas\b)\s*(\w+))?$/))
        yield* qualified(`${path}.${name}`, '.', renamed)
  }
}

const CSHARP = /^[ \t]*(?:global[ \t]+)?using[ \t]+(\w+)[ \t]*=[ \t]*([\w.]+)[ \t]*;/gm

function* csharp(bare: string): Iterable<Found> {
  for (const [, as, path = ''] of bare.matchAll(CSHARP)) yield* qualified(path, '.', as)
}

const PHP = /^use[ \t]+(?:(?:function|const)[ \t]+)?\\?([\w\\]+?)(?:\\\{([^{}]*)\}|\s+as\s+(\w+))?\s*;/gm

function* php(bare: string): Iterable<Found> {
  for (const [, path = '', braces, as] of bare.matchAll(PHP)) {
    if (braces === undefined) yield* qualified(path, '\\', as)
    else
      for (const [name, renamed] of itemsOf(braces, /^(?:(?:function|const)\s+)?([\w\\]+)(?:\s+as\s+(\w+))?$/))
        yield* qualified(`${path}\\${name}`, '\\', renamed)
  }
}

const GO_IMPORT = /^import\b(\s*(?:\([^()]*\)|[^\n]*))/gm
const GO_SPEC = /(?:(?<![\w.])([\w.]+)[ \t]+)?"/g

function* go(bare: string, read: Parameters<Reader>[1]): Iterable<Found> {
  for (const match of bare.matchAll(GO_IMPORT)) {
    let end = -1
    for (const spec of (match[1] ?? '').matchAll(GO_SPEC)) {
      const at = match.index + 'import'.length + spec.index + spec[0].length - 1
      // The quote that ends a string.
      if (at <= end) continue
      const string = read(at)
      if (string === null) continue
      end = string.end
      const path = string.value.split('/')
      const last = path.at(/^v\d+$/.test(path.at(-1) ?? '') && path.length > 1 ? -2 : -1) ?? ''
      yield { as: spec[1] ?? last.replace(/\.v\d+$/, ''), path, name: null, isOwn: false }
    }
  }
}

const RUST = /^[ \t]*(?:pub(?:\([^()\n]*\))?[ \t]+)?use[ \t]+/gm
const MAX_RUST = 8_000
const RUST_TOKEN = /[{},]|[^{},]+/g

function* rust(bare: string): Iterable<Found> {
  let end = 0
  for (const match of bare.matchAll(RUST)) {
    const start = match.index + match[0].length
    if (end !== -1 && end < start) end = bare.indexOf(';', start)
    if (end === -1 || end - start > MAX_RUST) continue
    const tree = bare.slice(start, end)
    const before: string[] = []
    let prefix = ''
    for (const [token] of tree.matchAll(RUST_TOKEN)) {
      if (token === '{') before.push(prefix)
      else if (token === '}') before.pop()
      prefix = before.at(-1) ?? ''
      if (/^[{},]$/.test(token)) continue
      const [path = '', as] = plain(token).split(/(?<!\s)\s+as\s+(?=\w+$)/)
      if (path.endsWith('::')) prefix += path
      else yield* qualified(`${prefix}${path}`.replace(/::self$/, ''), '::', as)
    }
  }
}

/** A whole path whose last part is what is taken; nothing for all of a package. */
function* qualified(whole: string, sign: string, as: string | undefined): Iterable<Found> {
  const parts = whole.split(sign).filter((part) => part !== '')
  const name = parts.at(-1)
  if (name === undefined || !/^\w+$/.test(name) || name === '_') return
  const isOwn = sign === '::' && /^(?:crate|self|super)$/.test(parts[0] ?? '')
  yield { as: as ?? name, path: parts.slice(0, -1), name, isOwn }
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The items of a list that have a form: what is named, and what it is renamed to. */
function itemsOf(list: string, form: RegExp): [string, string | undefined][] {
  return list.split(',', MAX_NAMES).flatMap((item): [string, string | undefined][] => {
    const [, name, as, other] = form.exec(plain(item.replace(/\\\n/g, ' '))) ?? []
    return name === undefined ? [] : [[name, as ?? other]]
  })
}

const READERS = new Map<string, Reader>([
  ...['javascript', 'typescript', 'jsx', 'tsx', 'vue', 'svelte'].map((one): [string, Reader] => [one, script]),
  ...['java', 'kotlin', 'scala', 'groovy'].map((one): [string, Reader] => [one, jvm]),
  ['csharp', csharp],
  ['go', go],
  ['php', php],
  ['python', python],
  ['rust', rust],
])
