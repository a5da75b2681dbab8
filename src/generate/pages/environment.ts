/** The environment variables that the code reads: where, with which default, and what sets them. */

import type { RootContent } from 'mdast'
import { type Component, compareText, type Inventory, type Module } from '#generate/model.ts'
import { code, heading, type Inline, join, list, paragraph, refLink, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { refTo } from './draft.ts'
import { type EnvironmentSetting, environmentSettings } from './environment-files.ts'
import { type EnvironmentRead, environmentReads } from './environment-reads.ts'
import { ownersOf } from './owners.ts'
import { isCode } from './survey.ts'
import { few } from './words.ts'
import { toEntry, toFile, type Writing, within } from './writing.ts'

const MAX_ROWS = 200
const MAX_OVERVIEW_ROWS = 16
const MAX_NAMED = 16
const MAX_PLACES = 3
/** Files that read one variable, of the whole repository. */
const MAX_FILES = 12
/** What only who works on the project runs. */
const ASIDE =
  /^(?:\.github|\.?ci|build-aux|contrib|deps|dev|hack|scripts?|third_party|tools?)\/|(?:^|\/)(?:bench(?:mark)?s?|evaluation|perf-[\w-]*)\//

interface Environment {
  /** By file, in order of lines. */
  reads: Map<string, EnvironmentRead[]>
  /** By name. */
  settings: Map<string, EnvironmentSetting[]>
}

const known = new WeakMap<Inventory, Environment>()

/** The section of a module, or nothing when its code reads no variable. */
export function environmentSection(writing: Writing, module: Module): RootContent[] {
  const words = writing.texts.environment
  const { reads, settings } = environmentOf(writing.inventory)
  const rows = byName(module.files.flatMap((path) => reads.get(path) ?? []))
  if (rows.length === 0) return []
  const hasSettings = rows.some(([name]) => settings.has(name))
  const hasDefaults = rows.some(([, places]) => places.some((read) => read.default !== null))
  const owners = new Map(
    module.files.flatMap((path) => {
      const lines = reads.get(path)?.map(({ line }) => line)
      return lines === undefined ? [] : [[path, ownersOf(writing.survey, path, lines)] as const]
    }),
  )
  const readers = new Map(rows.slice(0, MAX_ROWS).map(([name, places]) => [name, readersOf(writing, places, owners)]))
  const hasReaders = [...readers.values()].some((names) => names.length > 0)
  const cells = rows
    .slice(0, MAX_ROWS)
    .map(([name, places]): Inline[][] => [
      [code(name)],
      ...(hasDefaults ? [defaultOf(writing, places)] : []),
      placesOf(writing, module, places),
      ...(hasReaders ? [readers.get(name) ?? []] : []),
      ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
    ])
  const more = rows
    .slice(MAX_ROWS)
    .map(([name, places]): Inline[] => [code(name), ' ', ...placesOf(writing, module, places)])
  return [
    heading(2, words.title),
    paragraph(words.ofModule),
    table(
      [
        words.heads.variable,
        ...(hasDefaults ? [words.heads.default] : []),
        words.heads.readAt,
        ...(hasReaders ? [words.heads.by] : []),
        ...(hasSettings ? [words.heads.setIn] : []),
      ],
      cells,
    ),
    ...(more.length === 0 ? [] : fold(words.moreVariables(more.length), [list(more)])),
  ]
}

/** The variables of the whole repository that its users may set; those read most first where they are too many. */
export function environmentSummary(writing: Writing): RootContent[] {
  const { texts } = writing
  const words = texts.environment
  const { reads, settings } = environmentOf(writing.inventory)
  const all = [...reads].filter(([path]) => writing.survey.leaves.has(path)).flatMap(([, list]) => list)
  const rows = byName(all.filter((read) => !ASIDE.test(read.file)))
  const names = new Set(rows.map(([name]) => name))
  const aside = byName(all.filter((read) => !names.has(read.name)))
  const unread = [...settings]
    .filter(([name]) => !names.has(name) && !aside.some(([other]) => other === name))
    .sort(([a], [b]) => compareText(a, b))
  if (rows.length === 0) return []
  const hasSettings = rows.some(([name]) => settings.has(name))
  const chosen = new Set(
    [...rows]
      .sort((a, b) => weight(b, settings) - weight(a, settings) || compareText(a[0], b[0]))
      .slice(0, MAX_OVERVIEW_ROWS),
  )
  const hasDefaults = [...chosen].some(([, places]) => places.some((read) => read.default !== null))
  const cells = rows
    .filter((row) => chosen.has(row))
    .map(([name, places]): Inline[][] => [
      [code(name)],
      ...(hasDefaults ? [defaultOf(writing, places)] : []),
      few(
        [...new Set(places.map(({ file }) => file))].map((path) => toFile(path)),
        MAX_FILES,
        texts,
      ),
      ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
    ])
  const listed = (title: string, list: [string, { file: string; line: number }[]][]): RootContent[] => {
    const items = list.map(([name, places]): Inline[] => {
      const [first] = places
      return first === undefined ? [] : writing.sources.place(first.file, first.line, first.line, code(name))
    })
    if (items.length === 0) return []
    if (items.length <= MAX_NAMED) return [paragraph(title + texts.colon, ...join(items, texts.comma), texts.stop)]
    return fold(title + texts.colon + words.variables(items.length), [paragraph(...join(items, texts.comma))])
  }
  return [
    heading(2, words.title),
    paragraph(words.ofAll),
    table(
      [
        words.heads.variable,
        ...(hasDefaults ? [words.heads.default] : []),
        words.heads.readIn,
        ...(hasSettings ? [words.heads.setIn] : []),
      ],
      cells,
    ),
    ...moreOf(
      writing,
      rows.filter((row) => !chosen.has(row)),
    ),
    ...listed(words.onlyTools, aside),
    ...listed(words.unread, unread),
  ]
}

/** How many more there are, and on which pages. */
function moreOf({ survey, texts }: Writing, rows: readonly [string, EnvironmentRead[]][]): RootContent[] {
  const counts = new Map<Module, number>()
  for (const [, places] of rows)
    for (const module of new Set(places.flatMap(({ file }) => survey.leaves.get(file) ?? [])))
      counts.set(module, (counts.get(module) ?? 0) + 1)
  const pages = [...counts]
    .sort((a, b) => b[1] - a[1] || compareText(a[0].id, b[0].id))
    .map(([module, number]): Inline[] => [refLink(refTo.module(module.id), module.title), ` (${texts.count(number)})`])
  return rows.length === 0 ? [] : [paragraph(...texts.environment.andMoreOn(rows.length, few(pages, 12, texts)))]
}

function environmentOf(inventory: Inventory): Environment {
  const found = known.get(inventory)
  if (found !== undefined) return found
  const reads = new Map<string, EnvironmentRead[]>()
  const settings = new Map<string, EnvironmentSetting[]>()
  for (const file of inventory.files) {
    if (!isCode(file) || file.vendored || file.generated) continue
    const list = environmentReads(file)
    if (list.length > 0) reads.set(file.path, list)
    for (const setting of environmentSettings(file))
      settings.set(setting.name, [...(settings.get(setting.name) ?? []), setting])
  }
  const environment = { reads, settings }
  known.set(inventory, environment)
  return environment
}

function byName(reads: readonly EnvironmentRead[]): [string, EnvironmentRead[]][] {
  const rows = new Map<string, EnvironmentRead[]>()
  for (const read of reads) {
    const row = rows.get(read.name)
    if (row === undefined) rows.set(read.name, [read])
    else row.push(read)
  }
  return [...rows].sort(([a], [b]) => compareText(a, b))
}

/** Those that somebody sets are what a user is expected to know. */
function weight([name, places]: [string, EnvironmentRead[]], settings: Environment['settings']): number {
  return new Set(places.map(({ file }) => file)).size + (settings.has(name) ? 10 : 0)
}

/** Each default that is written out. */
function defaultOf({ texts }: Writing, places: readonly EnvironmentRead[]): Inline[] {
  const values = [...new Set(places.flatMap((read) => read.default ?? []))]
  return few(
    values.map((value): Inline[] => (value === '' ? [texts.environment.empty] : [code(value)])),
    MAX_PLACES,
    texts,
  )
}

/** `a.c, line 3, line 7, b.c, line 1`, each a link. */
function placesOf({ sources, texts }: Writing, module: Module, places: readonly EnvironmentRead[]): Inline[] {
  const labels = places.map(({ file, line, written }, index): Inline[] => {
    const isSame = index > 0 && places[index - 1]?.file === file
    const place = isSame ? texts.span(line, line) : texts.place(within(module.path, file), line, line)
    return sources.mention(file, line, written, place)
  })
  return few(labels, MAX_PLACES, texts)
}

function readersOf({ texts }: Writing, places: readonly EnvironmentRead[], at: Owners): Inline[] {
  const readers = new Map<string, Component>()
  for (const { file, line, name } of places) {
    const reader = at.get(file)?.get(line)
    if (reader !== undefined && reader.name !== name) readers.set(reader.id, reader)
  }
  return few([...readers.values()].map(toEntry), MAX_PLACES, texts)
}

/** By file and line. */
type Owners = ReadonlyMap<string, ReadonlyMap<number, Component>>

function settersOf({ sources, texts }: Writing, settings: readonly EnvironmentSetting[]): Inline[] {
  return join(
    settings.slice(0, MAX_PLACES).map(({ name, file, line }) => sources.mention(file, line, name, code(file))),
    texts.comma,
  )
}
