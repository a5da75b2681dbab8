/** What an index says of a repository's Rust, as the lines that `printed.ts` reads. */

import { push } from '#base/multimap.ts'
import { type Item, itemAt } from './items.ts'
import { type Modules, modulesOf } from './modules.ts'
import { type Names, namesOf, type Place, readSource, type Source } from './names.ts'
import type { Roots } from './project.ts'
import type { Document } from './scip.ts'

/** Words that mean the same everywhere. */
const KEYWORDS = new Set(
  `as async await box break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while`.split(
    /\s+/,
  ),
)

/**
 * @param documents - Their paths are absolute.
 * @param read - The text of a file, a character for each byte.
 */
export function usesIn(documents: readonly Document[], roots: Roots, read: (path: string) => string): string[] {
  const sources = documents.map((document) => readSource(document, read(document.path)))
  const names = namesOf(sources)
  const others = othersOf(sources, names)
  const modules = modulesOf(sources, roots)
  return sources.flatMap((source) => [
    `judged\t${source.path}`,
    ...definitionsIn(source, names),
    ...overridesIn(source, names).map(({ from, to }) => lineOf('override', source, from, to.path, to.name, 'required')),
    ...knownIn(source, names, others, modules),
    ...cratesIn(source, modules),
    ...unknownIn(source, names),
  ])
}

const lineOf = (what: string, source: Source, ...fields: (string | number)[]): string =>
  [what, source.path, ...fields].join('\t')

function definitionsIn(source: Source, names: Names): string[] {
  return source.items
    .filter((item) => item.name !== undefined && !item.isLocal && isKnown(source, item))
    .map((item) => lineOf('define', source, source.lineOf(item.name?.at ?? 0), names.nameOf(source, item)))
}

/** The index knows it: it is not left out by a condition, nor made by a macro. */
const isKnown = (source: Source, item: Item): boolean =>
  source.occurrences.get(item.name?.at ?? -1)?.isDefinition === true

/** From what an `impl` of a trait defines to what the trait declares. */
function overridesIn(source: Source, names: Names): { from: string; to: Place }[] {
  return source.items.flatMap((item) => {
    const symbol = source.occurrences.get(item.around?.trait?.at ?? -1)?.symbol
    if (item.keyword !== 'fn' || item.around?.keyword !== 'impl' || symbol === undefined) return []
    return names.placesOf(`${symbol}${item.name?.text}().`).map((to) => ({ from: names.nameOf(source, item), to }))
  })
}

/**
 * What a use may be said to mean besides what the index says: what a trait declares, for what an `impl` of it defines; and
 * what the conditions of this machine leave out, for what has the same name.
 */
function othersOf(sources: readonly Source[], names: Names): (place: Place) => readonly Place[] {
  const declared = new Map<string, Place[]>()
  const leftOut = new Map<string, Place[]>()
  for (const source of sources) {
    for (const { from, to } of overridesIn(source, names)) push(declared, `${source.path}#${from}`, to)
    for (const item of source.items) {
      if (item.name === undefined || item.isLocal || isKnown(source, item)) continue
      const name = names.nameOf(source, item)
      push(leftOut, name, { path: source.path, name, line: source.lineOf(item.name.at) })
    }
  }
  return (place) => [...(declared.get(`${place.path}#${place.name}`) ?? []), ...(leftOut.get(place.name) ?? [])]
}

function knownIn(source: Source, names: Names, others: (place: Place) => readonly Place[], modules: Modules): string[] {
  const lines: string[] = []
  for (const [at, { symbol, isDefinition }] of source.occurrences) {
    if (isDefinition) continue
    const item = itemAt(source.items, at)
    const isImport = item?.keyword === 'use'
    const places = names.placesOf(symbol)
    const isOnly = places.length === 1
    const from = isImport ? '' : names.holderOf(source, at)
    const add = (to: Place, isRequired: boolean): void => {
      const isPath = source.leading.has(at) || symbol.endsWith('/')
      const isUse = isRequired && !isImport && !isPath
      lines.push(lineOf('use', source, from, to.path, to.name, to.line, isUse ? 'required' : 'allowed', 'references'))
      lines.push(
        lineOf('import', source, to.path, isRequired && isImport && !symbol.endsWith('/') ? 'required' : 'allowed'),
      )
    }
    // `mod x;` and any name of a module lead to its file too.
    const file = modules.fileOf(symbol)
    if (file !== undefined) lines.push(lineOf('import', source, file, item?.name?.at === at ? 'required' : 'allowed'))
    for (const place of places) {
      add(place, isOnly)
      for (const other of others(place)) add(other, false)
    }
  }
  return lines
}

/** A crate's name leads to its first file; the index has no symbol for it. */
function cratesIn(source: Source, modules: Modules): string[] {
  return [...source.words.values()].flatMap((word) => {
    const root = modules.crateOf(word)
    return root === undefined ? [] : [lineOf('import', source, root, 'allowed')]
  })
}

/** Words that may name something, and of which the index says nothing: in macros, or from what is not there. */
function unknownIn(source: Source, names: Names): string[] {
  const lines: string[] = []
  for (const [at, word] of source.words) {
    if (source.occurrences.has(at) || KEYWORDS.has(word)) continue
    lines.push(lineOf('unknown', source, names.holderOf(source, at), word))
  }
  return lines
}
