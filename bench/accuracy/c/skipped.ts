/**
 * What stands in lines that `#if` leaves out in every unit that reads a file: their names are used, and what they mean is
 * not known. Whose use it is, is known for lines within a definition; elsewhere it is read off the text: a name before
 * `(` at the top, or after `struct`, `union`, `enum` or `#define`. Includes there may mean any file of that name.
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
  for (const [file, counts] of skips) {
    const isSkipped = (line: number): boolean => (counts[line] ?? 0) >= (readers.get(file) ?? 1)
    const text = readFileSync(file, 'utf8').split('\n')
    const skipped = text.map((line, index) => (isSkipped(index + 1) ? line : ''))
    for (const line of skipped) {
      const named = /^\s*#\s*include\s*["<]([^">]+)[">]/.exec(line)?.[1]
      if (named !== undefined) yield* importsOf(file, named, readers.keys())
    }
    yield* usesIn(file, skipped, extents.get(file) ?? [])
  }
}

function* importsOf(file: string, named: string, files: Iterable<string>): Iterable<string> {
  const plain = named.replace(/^(\.\.?\/)+/, '')
  for (const other of files) if (other.endsWith(`/${plain}`)) yield `import\t${file}\t${other}\tallowed`
}

function* usesIn(file: string, lines: readonly string[], extents: readonly Extent[]): Iterable<string> {
  let depth = 0
  let holder = ''
  let pending: string[] = []
  for (const [index, raw] of lines.entries()) {
    if (raw === '') continue
    const line = raw.replace(/"(\\.|[^"\\])*"|\/\/.*|\/\*.*?\*\//g, ' ')
    const around = extents
      .filter((one) => one.first <= index + 1 && index + 1 <= one.last)
      .sort((a, b) => a.last - a.first - (b.last - b.first))[0]
    const defined = /^\s*#\s*define\s+(\w+)/.exec(line)?.[1]
    const fixed = defined ?? around?.name
    if (fixed !== undefined) {
      for (const [name] of line.matchAll(/[A-Za-z_]\w*/g)) yield `unknown\t${file}\t${fixed}\t${name}`
      continue
    }
    for (const [token, name] of line.matchAll(/([A-Za-z_]\w*)|[{}();]/g)) {
      if (name !== undefined) pending.push(name)
      else if (token === '(' && depth === 0 && holder === '') holder = pending.at(-1) ?? ''
      else if (token === '{') {
        const type = pending.findLastIndex((one) => ['struct', 'union', 'enum', 'class'].includes(one))
        if (depth === 0 && holder === '' && type >= 0) holder = pending[type + 1] ?? ''
        depth++
      } else if (token === '}') depth = Math.max(0, depth - 1)
      if (depth > 0 || (token !== ';' && token !== '}')) continue
      for (const one of pending) yield `unknown\t${file}\t${holder}\t${one}`
      pending = []
      holder = ''
    }
  }
}
