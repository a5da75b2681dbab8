/** The keys of a configuration that a module's code reads: where they are defined, and where and by what each is read. */

import type { RootContent } from 'mdast'
import { type Component, compareText, type Module } from '#generate/model.ts'
import { code, heading, type Inline, list, paragraph, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { configurationOf, type KeyPlace } from './configuration-reads.ts'
import { ownersOf } from './owners.ts'
import { few } from './words.ts'
import { toEntry, type Writing, within } from './writing.ts'

const MAX_ROWS = 100
const MAX_PLACES = 4

/** The section of a module, or nothing when its code reads no key. */
export function configurationSection(writing: Writing, module: Module): RootContent[] {
  const { survey, sources, texts } = writing
  const words = texts.configuration
  const { reads, definitions } = configurationOf(writing.inventory)
  const rows = new Map<string, KeyPlace[]>()
  const owners = new Map<string, ReadonlyMap<number, Component>>()
  for (const path of module.files) {
    const places = reads.get(path) ?? []
    const lines = places.map(({ line }) => line)
    if (lines.length > 0) owners.set(path, ownersOf(survey, path, lines))
    for (const place of places) rows.set(place.key, [...(rows.get(place.key) ?? []), place])
  }
  if (rows.size === 0) return []
  const sorted = [...rows].sort(([a], [b]) => compareText(a, b))
  /** `a.py, line 3, line 7, b.py, line 1`, each a link. */
  const linked = (places: readonly KeyPlace[]): Inline[] =>
    few(
      places.map(({ key, file, line }, index) => {
        const isSame = index > 0 && places[index - 1]?.file === file
        const label = isSame ? texts.span(line, line) : texts.place(within(module.path, file), line, line)
        return sources.mention(file, line, key, label)
      }),
      MAX_PLACES,
      texts,
    )
  const readers = (places: readonly KeyPlace[]): Inline[] => {
    const found = new Map(
      places.flatMap(({ file, line }) => {
        const owner = owners.get(file)?.get(line)
        return owner === undefined ? [] : [[owner.id, owner] as const]
      }),
    )
    return few([...found.values()].map(toEntry), MAX_PLACES, texts)
  }
  const cells = sorted
    .slice(0, MAX_ROWS)
    .map(([key, places]): Inline[][] => [
      [code(key)],
      linked(definitions.get(key) ?? []),
      linked(places),
      readers(places),
    ])
  const more = sorted.slice(MAX_ROWS).map(([key, places]): Inline[] => [code(key), ' ', ...linked(places)])
  return [
    heading(2, words.title),
    paragraph(words.ofModule),
    table([words.key, words.definedIn, texts.environment.heads.readAt, texts.environment.heads.by], cells),
    ...(more.length === 0 ? [] : fold(words.moreKeys(more.length), [list(more)])),
  ]
}
