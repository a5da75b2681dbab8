/**
 * What clang says nothing of: lines that `#if` leaves out in every unit that reads a file, conditions of `#if`, explicit
 * instantiations of templates. Their names are used, and what they mean is not known. Whose use it is, is known for lines
 * within a definition; elsewhere it is read off the text: a name before `(` at the top, or after `struct`, `union`,
 * `enum` or `#define`. Includes in what is left out may mean any file of that name.
 */

import { readFileSync } from 'node:fs'

interface Extent {
  first: number
  last: number
  name: string
}

/** @returns Lines `unknown` and `import` for `printed.ts`. */
export function* unknownInSkipped(lines: readonly string[]): Iterable<string> {
  const readers = new Map<string, number>()
  const skips = new Map<string, number[]>()
  const extents = new Map<string, Extent[]>()
  for (const line of lines) {
    const [what, first = '', second = '', third = '', fourth = ''] = line.split('\t')
    if (what === 'included') readers.set(second, (readers.get(second) ?? 0) + 1)
    else if (what === 'skipped') {
      const counts = skips.get(second) ?? []
      skips.set(second, counts)
      for (let at = Number(third); at <= Number(fourth); at++) counts[at] = (counts[at] ?? 0) + 1
    } else if (what === 'extent') {
      const known = extents.get(first) ?? []
      extents.set(first, known)
      known.push({ first: Number(second), last: Number(third), name: fourth })
    }
  }
  for (const file of readers.keys()) {
    const counts = skips.get(file) ?? []
    const text = withoutComments(readFileSync(file, 'utf8')).split('\n')
    const isSkipped = (line: number): boolean => (counts[line] ?? 0) >= (readers.get(file) ?? 1)
    const skipped = text.map((line, index) => (isSkipped(index + 1) ? line : undefined))
    for (const line of skipped) {
      const named = /^\s*#\s*include\s*["<]([^">]+)[">]/.exec(line ?? '')?.[1]
      if (named !== undefined) yield* importsOf(file, named, readers.keys())
    }
    const around = extentsByLine(extents.get(file) ?? [], text.length)
    yield* usesIn(file, skipped, around)
    yield* usesBeside(file, text, around)
  }
}

/** Comments keep only their line breaks: a bracket or semicolon in one opens and ends nothing. */
function withoutComments(text: string): string {
  return text.replaceAll(/"(?:\\.|[^"\\\n])*"|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g, (found) =>
    found.startsWith('"') ? found : found.replaceAll(/[^\n]+/g, ' '),
  )
}

function* importsOf(file: string, named: string, files: Iterable<string>): Iterable<string> {
  const plain = named.replace(/^(\.\.?\/)+/, '')
  for (const other of files) if (other.endsWith(`/${plain}`)) yield `import\t${file}\t${other}\tallowed`
}

/** The smallest extent around each line, by its index. */
function extentsByLine(extents: readonly Extent[], count: number): (Extent | undefined)[] {
  const inner = new Array<Extent | undefined>(count)
  for (const one of [...extents].sort((a, b) => b.last - b.first - (a.last - a.first))) {
    inner.fill(one, one.first - 1, one.last)
  }
  return inner
}

const NAME = /[A-Za-z_]\w*/g

/** Conditions of the preprocessor and explicit instantiations, which may go on over some lines. */
function* usesBeside(
  file: string,
  lines: readonly string[],
  around: readonly (Extent | undefined)[],
): Iterable<string> {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const isCondition = /^\s*#\s*(?:if|ifdef|ifndef|elif)\b/.test(line)
    if (!isCondition && !/^\s*(?:extern\s+)?template\s+[^<\s]/.test(line)) continue
    const end = isCondition ? /[^\\]$/ : /;/
    let last = at
    while (last < at + 10 && !end.test(lines[last] ?? ';')) last++
    const words =
      lines
        .slice(at, last + 1)
        .join(' ')
        .match(NAME) ?? []
    for (const name of words) yield `unknown\t${file}\t${around[at]?.name ?? ''}\t${name}`
  }
}

/** Uses in lines that are left out; those that are read are `undefined`. */
function* usesIn(
  file: string,
  lines: readonly (string | undefined)[],
  around: readonly (Extent | undefined)[],
): Iterable<string> {
  let scopes: string[] = []
  let holder = ''
  let pending: string[] = []
  // A directive that goes on after a backslash, with the macro that it defines.
  let continued: { macro: string | undefined } | undefined
  for (const [index, raw] of lines.entries()) {
    if (raw === undefined) {
      continued = undefined
      scopes = []
      pending = []
      holder = ''
      continue
    }
    const line = raw.replace(/"(\\.|[^"\\])*"/g, ' ')
    const outer = around[index]?.name ?? ''
    if (continued !== undefined || /^\s*#/.test(line)) {
      const macro = continued === undefined ? /^\s*#\s*define\s+(\w+)/.exec(line)?.[1] : continued.macro
      if (macro !== undefined) for (const [name] of line.matchAll(NAME)) yield `unknown\t${file}\t${macro}\t${name}`
      continued = /\\\s*$/.test(line) ? { macro } : undefined
      continue
    }
    for (const [token, name] of line.matchAll(/(~?[A-Za-z_]\w*(?:\s*::\s*~?[A-Za-z_]\w*)*)|[{}();=]/g)) {
      if (name !== undefined) pending.push(name.replaceAll(/\s*::\s*/g, '.'))
      else if (token === '(' && holder === '') holder = nameBefore(pending, raw)
      // What is initialized at the top, or is a field.
      else if ((token === '=' || token === ';') && holder === '') holder = pending.at(-1) ?? ''
      else if (token === '{') {
        const type = pending.findLastIndex((one) => /^(?:struct|union|enum|class|namespace)$/.test(one))
        scopes.push(type >= 0 && holder === '' ? (pending[type + 1] ?? '') : holder)
      }
      if (token !== ';' && token !== '}' && token !== '{') continue
      const path = [outer, ...scopes, token === '{' ? '' : holder].filter((part) => part !== '').join('.')
      for (const one of pending) for (const part of one.split('.')) yield `unknown\t${file}\t${path}\t${part}`
      if (token === '}') scopes.pop()
      pending = []
      holder = ''
    }
  }
}

/** What is declared where a bracket opens: the word before it, or a macro with its arguments, as `TEST(suite, name)`. */
function nameBefore(pending: readonly string[], line: string): string {
  const macro = /^\s*([A-Z_][A-Z0-9_]+\((?:[^()"]|"[^"]*")*\))\s*\{/.exec(line)?.[1]
  return macro?.replaceAll(/\s+/g, '') ?? pending.at(-1) ?? ''
}
