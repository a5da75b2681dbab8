/** The environment variables that the code reads: where, with which default, and what sets them. */

import type { RootContent } from 'mdast'
import { type Component, compareText, type Inventory, type Module, type Read } from '#generate/model.ts'
import { code, heading, type Inline, join, list, paragraph, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { type EnvironmentSetting, environmentSettings } from './environment-files.ts'
import { isCode } from './survey.ts'
import { few } from './words.ts'
import { toEntry, toFile, type Writing, within } from './writing.ts'

const MAX_ROWS = 200
const MAX_OVERVIEW_ROWS = 16
/** Rows behind a fold, of the whole repository. */
const MAX_FOLDED_ROWS = 400
const MAX_NAMED = 16
const MAX_PLACES = 3
/** Files that read one variable, of the whole repository. */
const MAX_FILES = 12
/** What only who works on the project runs. */
const ASIDE =
  /^(?:\.github|\.?ci|build-aux|contrib|deps|dev|hack|scripts?|third_party|tools?)\/|(?:^|\/)(?:bench(?:mark)?s?|evaluation|perf-[\w-]*)\//

/** A variable and the places that read it. */
type Row = readonly [name: string, places: readonly Read[]]
/** By name. */
type Settings = ReadonlyMap<string, readonly EnvironmentSetting[]>

const settingsKnown = new WeakMap<Inventory, Settings>()
const readsKnown = new WeakMap<readonly Read[], ReadonlyMap<string, readonly Read[]>>()

/** The section of a module, or nothing when its code reads no variable. */
export function environmentSection(writing: Writing, module: Module): RootContent[] {
  const words = writing.texts.environment
  const reads = readsByFile(writing.analysis.reads)
  const rows = byName(module.files.flatMap((path) => reads.get(path) ?? []))
  if (rows.length === 0) return []
  const settings = settingsOf(writing.inventory)
  const shown = rows.slice(0, MAX_ROWS)
  const hasSettings = rows.some(([name]) => settings.has(name))
  const hasDefaults = rows.some(([, places]) => places.some((read) => read.default !== null))
  const readers = new Map(shown.map(([name, places]) => [name, readersOf(writing, places)]))
  const hasReaders = [...readers.values()].some((names) => names.length > 0)
  const cells = shown.map(([name, places]): Inline[][] => [
    [code(name)],
    ...(hasDefaults ? [defaultOf(writing, places)] : []),
    placesOf(writing, module, places),
    ...(hasReaders ? [readers.get(name) ?? []] : []),
    ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
  ])
  const heads = [
    words.heads.variable,
    ...(hasDefaults ? [words.heads.default] : []),
    words.heads.readAt,
    ...(hasReaders ? [words.heads.by] : []),
    ...(hasSettings ? [words.heads.setIn] : []),
  ]
  const more = rows
    .slice(MAX_ROWS)
    .map(([name, places]): Inline[] => [code(name), ' ', ...placesOf(writing, module, places)])
  return [
    heading(2, words.title),
    paragraph(words.ofModule),
    table(heads, cells),
    ...(more.length === 0 ? [] : fold(words.moreVariables(more.length), [list(more)])),
  ]
}

/** Every variable of the repository: those that the program reads, then those of tests, scripts and tools. */
export function environmentSummary(writing: Writing): RootContent[] {
  const { texts, survey } = writing
  const words = texts.environment
  const settings = settingsOf(writing.inventory)
  const all = [...readsByFile(writing.analysis.reads).values()].flat()
  const isOwn = ({ file }: Read): boolean => isCode(survey.files.get(file)) && !ASIDE.test(file)
  const rows = byName(all.filter(isOwn))
  const names = new Set(rows.map(([name]) => name))
  const aside = byName(all.filter((read) => !names.has(read.name)))
  const unread = [...settings]
    .filter(([name]) => !names.has(name) && !aside.some(([other]) => other === name))
    .sort(([a], [b]) => compareText(a, b))
  if (rows.length + aside.length === 0) return []
  const heaviest = [...rows].sort((a, b) => weight(b, settings) - weight(a, settings) || compareText(a[0], b[0]))
  const chosen = new Set(heaviest.slice(0, MAX_OVERVIEW_ROWS))
  const others = rows.filter((row) => !chosen.has(row))
  return [
    heading(2, words.title),
    ...(rows.length === 0
      ? []
      : [
          paragraph(words.ofAll),
          summaryTable(
            writing,
            settings,
            rows.filter((row) => chosen.has(row)),
          ),
        ]),
    ...(others.length === 0
      ? []
      : fold(words.moreVariables(others.length), [
          summaryTable(writing, settings, others.slice(0, MAX_FOLDED_ROWS)),
          ...named(writing, others.slice(MAX_FOLDED_ROWS)),
        ])),
    ...titled(writing, words.onlyTools, aside),
    ...titled(writing, words.unread, unread),
  ]
}

function summaryTable(writing: Writing, settings: Settings, rows: readonly Row[]): RootContent {
  const { texts } = writing
  const { heads } = texts.environment
  const hasSettings = rows.some(([name]) => settings.has(name))
  const hasDefaults = rows.some(([, places]) => places.some((read) => read.default !== null))
  const cells = rows.map(([name, places]): Inline[][] => [
    [code(name)],
    ...(hasDefaults ? [defaultOf(writing, places)] : []),
    few(
      [...new Set(places.map(({ file }) => file))].map((path) => toFile(path)),
      MAX_FILES,
      texts,
    ),
    ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
  ])
  return table(
    [heads.variable, ...(hasDefaults ? [heads.default] : []), heads.readIn, ...(hasSettings ? [heads.setIn] : [])],
    cells,
  )
}

type Places = readonly (readonly [name: string, places: readonly { file: string; line: number }[]])[]

/** Variables by name alone, each with a link to the first place. */
function linksTo({ sources }: Writing, rows: Places): Inline[][] {
  return rows.map(([name, [first]]): Inline[] =>
    first === undefined ? [] : sources.place(first.file, first.line, first.line, code(name)),
  )
}

function named(writing: Writing, rows: Places): RootContent[] {
  return rows.length === 0 ? [] : [paragraph(...join(linksTo(writing, rows), writing.texts.comma))]
}

function titled(writing: Writing, title: string, rows: Places): RootContent[] {
  const { texts } = writing
  if (rows.length === 0) return []
  if (rows.length <= MAX_NAMED)
    return [paragraph(title + texts.colon, ...join(linksTo(writing, rows), texts.comma), texts.stop)]
  return fold(title + texts.colon + texts.environment.variables(rows.length), named(writing, rows))
}

/** Of variables, in the order of the reads. */
function readsByFile(reads: readonly Read[]): ReadonlyMap<string, readonly Read[]> {
  const found = readsKnown.get(reads)
  if (found !== undefined) return found
  const files = new Map<string, Read[]>()
  for (const read of reads) {
    if (read.kind !== 'environment') continue
    const known = files.get(read.file)
    if (known === undefined) files.set(read.file, [read])
    else known.push(read)
  }
  readsKnown.set(reads, files)
  return files
}

function settingsOf(inventory: Inventory): Settings {
  const found = settingsKnown.get(inventory)
  if (found !== undefined) return found
  const settings = new Map<string, EnvironmentSetting[]>()
  for (const file of inventory.files) {
    if (!isCode(file) || file.vendored || file.generated) continue
    for (const setting of environmentSettings(file)) {
      const known = settings.get(setting.name)
      if (known === undefined) settings.set(setting.name, [setting])
      else known.push(setting)
    }
  }
  settingsKnown.set(inventory, settings)
  return settings
}

function byName(reads: readonly Read[]): Row[] {
  const rows = new Map<string, Read[]>()
  for (const read of reads) {
    const row = rows.get(read.name)
    if (row === undefined) rows.set(read.name, [read])
    else row.push(read)
  }
  return [...rows].sort(([a], [b]) => compareText(a, b))
}

/** Those that somebody sets are what a user is expected to know. */
function weight([name, places]: Row, settings: Settings): number {
  return new Set(places.map(({ file }) => file)).size + (settings.has(name) ? 10 : 0)
}

/** Each default that is written out. */
export function defaultOf({ texts }: Writing, places: readonly Pick<Read, 'default'>[]): Inline[] {
  const values = [...new Set(places.flatMap((read) => read.default ?? []))]
  return few(
    values.map((value): Inline[] => (value === '' ? [texts.environment.empty] : [code(value)])),
    MAX_PLACES,
    texts,
  )
}

/** `a.c, line 3, line 7, b.c, line 1`, each a link. */
function placesOf({ sources, texts }: Writing, module: Module, places: readonly Read[]): Inline[] {
  const labels = places.map(({ file, line, written }, index): Inline[] => {
    const isSame = index > 0 && places[index - 1]?.file === file
    const place = isSame ? texts.span(line, line) : texts.place(within(module.path, file), line, line)
    return sources.mention(file, line, written, place)
  })
  return few(labels, MAX_PLACES, texts)
}

export function readersOf({ texts, survey }: Writing, places: readonly Read[]): Inline[] {
  const readers = new Map<string, Component>()
  for (const { reader, name } of places) {
    const component = survey.components.get(reader ?? '')
    if (component !== undefined && component.name !== name) readers.set(component.id, component)
  }
  return few([...readers.values()].map(toEntry), MAX_PLACES, texts)
}

function settersOf({ sources, texts }: Writing, settings: readonly EnvironmentSetting[]): Inline[] {
  return join(
    settings.slice(0, MAX_PLACES).map(({ name, file, line }) => sources.mention(file, line, name, code(file))),
    texts.comma,
  )
}
