/** Writes the section on the configuration keys that a module reads: their definitions, and the places that read them. */

import type { RootContent } from 'mdast'
import { push } from '#base/multimap.ts'
import { compareText, type Module, type Read } from '#generate/model.ts'
import { isCode } from '#generate/pages/repo-index.ts'
import { few, withSpaces } from '#generate/pages/words.ts'
import { type Writing, within } from '#generate/pages/writing.ts'
import { code, heading, type Inline, list, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { documentedKeys, type KeyPlace } from './documented-keys.ts'

const MAX_ROWS = 100
const MAX_PLACES = 4
const MAX_DEFINITIONS = 20

/** Definitions in code have a value, those in documents do not. */
type Definition = KeyPlace & { readonly value?: string | null }

interface Configuration {
  /** Reads by file, in order of lines. */
  readonly reads: ReadonlyMap<string, readonly Read[]>
  /** Definitions by key, code before documents. */
  readonly definitions: ReadonlyMap<string, readonly Definition[]>
}

const known = new WeakMap<readonly Read[], Configuration>()

/** The section of a module; empty if its code reads no key. */
export function configurationSection(writing: Writing, module: Module): RootContent[] {
  const { sources, texts } = writing
  const words = texts.configuration
  const { reads, definitions } = configurationOf(writing)
  const rows = new Map<string, Read[]>()
  for (const path of module.files) for (const read of reads.get(path) ?? []) push(rows, read.name, read)
  if (rows.size === 0) return []
  const sorted = [...rows].sort(([a], [b]) => compareText(a, b))
  /** Links such as `a.py, line 3, line 7, b.py, line 1`. */
  const linked = (places: readonly (KeyPlace & { written?: string })[]): Inline[] =>
    few(
      places.map(({ name, written = name, file, line }, index) => {
        const isSame = index > 0 && places[index - 1]?.file === file
        const label = isSame ? texts.span(line, line) : texts.place(within(module.path, file), line, line)
        return sources.mention(file, line, written, label)
      }),
      MAX_PLACES,
      texts,
    )
  const { heads } = texts.environment
  const hasDefinitions = sorted.some(([key]) => definitions.has(key))
  /** Default values of reads, and values of definitions. */
  const defaults = new Map(
    sorted.map(([key, places]) => {
      const given = [...places.map((read) => read.default), ...(definitions.get(key) ?? []).map(({ value }) => value)]
      const values = [...new Set(given.flatMap((one) => (one == null || one === '' ? [] : one)))]
      return [
        key,
        few(
          values.map((one) => [code(withSpaces(one))]),
          MAX_PLACES,
          texts,
        ),
      ]
    }),
  )
  // A key alone explains nothing.
  const told = sorted.filter(([key]) => definitions.has(key) || (defaults.get(key)?.length ?? 0) > 0)
  if (told.length === 0) return []
  const hasDefaults = told.some(([key]) => (defaults.get(key)?.length ?? 0) > 0)
  const cells = told
    .slice(0, MAX_ROWS)
    .map(([key, places]): Inline[][] => [
      [code(key)],
      ...(hasDefaults ? [defaults.get(key) ?? []] : []),
      ...(hasDefinitions ? [linked(definitions.get(key) ?? [])] : []),
      linked(places),
    ])
  const more = told.slice(MAX_ROWS).map(([key, places]): Inline[] => [code(key), ' ', ...linked(places)])
  return [
    heading(2, words.title),
    table(
      [words.key, ...(hasDefaults ? [heads.default] : []), ...(hasDefinitions ? [words.definedIn] : []), heads.readAt],
      cells,
    ),
    ...(more.length === 0 ? [] : fold(words.moreKeys(more.length), [list(more)])),
  ]
}

/**
 * The reads of all code except tests and examples. Keys that could be any word only count if the repository defines or
 * documents them.
 */
function configurationOf({ analysis, inventory, repo }: Writing): Configuration {
  const found = known.get(analysis.reads)
  if (found !== undefined) return found
  const isOwn = ({ file }: KeyPlace): boolean => isCode(repo.files.get(file))
  const all = analysis.reads.filter((read) => read.kind === 'configuration' && isOwn(read))
  const wanted = new Set(all.map(({ name }) => name))
  const definitions = new Map<string, Definition[]>()
  const places: Definition[] =
    wanted.size === 0 ? [] : [...analysis.keyDefinitions.filter(isOwn), ...documentedKeys(inventory.files, wanted)]
  for (const place of places) {
    const others = definitions.get(place.name)
    if (others === undefined) definitions.set(place.name, [place])
    else if (others.length < MAX_DEFINITIONS) others.push(place)
  }
  const reads = new Map<string, Read[]>()
  for (const read of all) {
    if (read.isLoose === true && !definitions.has(read.name)) continue
    push(reads, read.file, read)
  }
  const configuration = { reads, definitions }
  known.set(analysis.reads, configuration)
  return configuration
}
