/**
 * Writes the sections on the environment variables that the code reads: where, with which default, and which files set them.
 */

import type { RootContent } from 'mdast'
import { type Component, compareText, type Inventory, type Module, type Read } from '#generate/model.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { few, withSpaces } from '#generate/pages/words.ts'
import { toEntry, toFile, type Writing, within } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, list, paragraph, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { defaultsOf } from './defaults.ts'
import { type EnvironmentSetting, environmentSettings, isDotenvExample } from './environment-files.ts'
import { environmentWords, type VariableWords } from './environment-words.ts'
import { readsByFile } from './own-reads.ts'
import { OF_SYSTEMS, rankedBy } from './rank-variables.ts'
import { wordsInCode } from './words-in-code.ts'

const MAX_ROWS = 200
const MAX_OVERVIEW_ROWS = 16
/** Limit on the collapsed rows of the whole repository. */
const MAX_FOLDED_ROWS = 400
const MAX_NAMED = 16
const MAX_PLACES = 3
/** Matches paths of developer tools. */
const ASIDE =
  /^(?:\.github|\.?ci|build-aux|contrib|deps|dev|docs?|hack|scripts?|third_party|tools?)\/|(?:^|\/)(?:bench(?:mark)?s?|evaluation|perf-[\w-]*)\//
/** Matches folders that start and configure the program. */
const RUN_FROM = /^(?:bin|sbin|exe|config|docker|etc)\//
/** Folders whose files set variables to try something. */
const IN_SAMPLES = /(?:^|\/)(?:examples?|fixtures?|samples?|tests?)\//
/** A variable and the places that read it. */
export type Row = readonly [name: string, places: readonly Read[]]
/** Settings by variable name. */
export type Settings = ReadonlyMap<string, readonly EnvironmentSetting[]>

const settingsKnown = new WeakMap<Inventory, Settings>()

/** The section of a module; empty if its code reads no variable. */
export function environmentSection(writing: Writing, module: Module): RootContent[] {
  const words = writing.texts.environment
  const reads = readsByFile(writing)
  // Tests set and restore the variables that they read.
  const all = byName(
    module.files.flatMap((path) => (isCode(writing.repo.files.get(path)) ? (reads.get(path) ?? []) : [])),
  )
  const settings = settingsOf(writing.inventory)
  const said = saidOf(writing, all)
  const defaults = defaultsOf(writing, all, said)
  // Of a variable of the system, the name alone says nothing of this program.
  const rows = all.filter(
    ([name]) =>
      !OF_SYSTEMS.has(name) || said.has(name) || settings.has(name) || defaults.get(name)?.some(isValue) === true,
  )
  if (rows.length === 0) return []
  const shown = rows.slice(0, MAX_ROWS)
  const hasSettings = rows.some(([name]) => settings.has(name))
  const hasDefaults = [...defaults.values()].some(({ length }) => length > 0)
  const hasWords = shown.some(([name]) => said.has(name))
  const readers = new Map(shown.map(([name, places]) => [name, readersOf(writing, places)]))
  const hasReaders = [...readers.values()].some((names) => names.length > 0)
  const cells = shown.map(([name, places]): Inline[][] => [
    [code(name)],
    ...(hasDefaults ? [defaults.get(name) ?? []] : []),
    ...(hasWords ? [said.get(name)?.sentence ?? []] : []),
    placesOf(writing, module, places),
    ...(hasReaders ? [readers.get(name) ?? []] : []),
    ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
  ])
  const heads = [
    words.heads.variable,
    ...(hasDefaults ? [words.heads.default] : []),
    ...(hasWords ? [words.heads.purpose] : []),
    words.heads.readAt,
    ...(hasReaders ? [words.heads.by] : []),
    ...(hasSettings ? [words.heads.setIn] : []),
  ]
  const more = rows
    .slice(MAX_ROWS)
    .map(([name, places]): Inline[] => [code(name), ' ', ...placesOf(writing, module, places)])
  return [
    heading(2, words.title),
    table(heads, cells),
    ...(more.length === 0 ? [] : fold(words.moreVariables(more.length), [list(more)])),
  ]
}

/**
 * The variables that the program reads. Those of scripts and tools are left out unless the repository contains nothing else.
 */
export function environmentSummary(writing: Writing): RootContent[] {
  const { texts, repo } = writing
  const words = texts.environment
  const settings = settingsOf(writing.inventory)
  const all = [...readsByFile(writing).values()].flat()
  const run = filesRun(writing)
  const isOwn = ({ file }: Read): boolean =>
    run.has(file) ||
    (repo.files.get(file)?.role === 'code' &&
      !ASIDE.test(file) &&
      (repo.leaves.get(file)?.isBeside !== true || RUN_FROM.test(file)))
  // If there are only tools, they are the program.
  const isOfTools = ![...repo.leaves.keys()].some((path) => isMain(path, repo))
  const rows = byName(all.filter((read) => isOwn(read) || (isOfTools && isCode(repo.files.get(read.file)))))
  const names = new Set(rows.map(([name]) => name))
  const elsewhere = new Set(writing.analysis.reads.map(({ name }) => name))
  const unread = [...settings]
    .filter(([name, places]) => !names.has(name) && places.some(({ file }) => isDotenvExample(file)))
    .filter(([name]) => !elsewhere.has(name))
    .sort(([a], [b]) => compareText(a, b))
  if (rows.length === 0) return []
  const said = saidOf(writing, rows)
  const defaults = defaultsOf(writing, rows, said)
  // A name alone explains nothing; the page of its module has the line.
  const told = rows.filter(
    ([name]) => said.has(name) || settings.has(name) || defaults.get(name)?.some(isValue) === true,
  )
  if (told.length === 0) return []
  const ranked = rankedBy(told, settings, said)
  const end = ranked.length === MAX_OVERVIEW_ROWS + 1 ? ranked.length : MAX_OVERVIEW_ROWS
  const others = ranked.slice(end)
  return [
    heading(2, words.title),
    summaryTable(writing, settings, said, defaults, ranked.slice(0, end)),
    ...(others.length === 0
      ? []
      : fold(words.moreVariables(others.length), [
          summaryTable(writing, settings, said, defaults, others.slice(0, MAX_FOLDED_ROWS)),
          ...named(writing, others.slice(MAX_FOLDED_ROWS)),
        ])),
    ...titled(writing, words.unread, unread),
  ]
}

export type Said = ReadonlyMap<string, VariableWords>

/** That nothing is the default says nothing of a variable. */
const isValue = (shown: Inline): boolean => typeof shown !== 'string'

const describedKnown = new WeakMap<Inventory, Said>()

/** Descriptions from documents, otherwise from comments near the code that reads the variable. */
function saidOf({ analysis, inventory, repo }: Writing, rows: readonly Row[]): Said {
  const described =
    describedKnown.get(inventory) ?? environmentWords(inventory.files, new Set(analysis.reads.map(({ name }) => name)))
  describedKnown.set(inventory, described)
  const said = new Map<string, VariableWords>()
  for (const [name, places] of rows) {
    const words = described.get(name)
    const sentence = words === undefined ? wordsInCode(repo, name, places) : null
    if (words !== undefined) said.set(name, words)
    else if (sentence !== null) said.set(name, { sentence, order: described.size + said.size })
  }
  return said
}

function summaryTable(
  writing: Writing,
  settings: Settings,
  said: Said,
  defaults: ReadonlyMap<string, Inline[]>,
  rows: readonly Row[],
): RootContent {
  const { texts } = writing
  const { heads } = texts.environment
  const hasSettings = rows.some(([name]) => settings.has(name))
  const hasDefaults = rows.some(([name]) => (defaults.get(name)?.length ?? 0) > 0)
  const hasWords = rows.some(([name]) => said.has(name))
  const cells = rows.map(([name, places]): Inline[][] => [
    [code(name)],
    ...(hasDefaults ? [defaults.get(name) ?? []] : []),
    ...(hasWords ? [said.get(name)?.sentence ?? []] : []),
    few(
      [...new Set(places.map(({ file }) => file))].map((path) => toFile(path)),
      MAX_PLACES,
      texts,
    ),
    ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
  ])
  return table(
    [
      heads.variable,
      ...(hasDefaults ? [heads.default] : []),
      ...(hasWords ? [heads.purpose] : []),
      heads.readIn,
      ...(hasSettings ? [heads.setIn] : []),
    ],
    cells,
  )
}

/** Files that the repository's images run. */
function filesRun({ analysis, repo }: Writing): ReadonlySet<string> {
  const stages = new Set(analysis.artifacts.nodes.flatMap(({ kind, id }) => (kind === 'stage' ? [id] : [])))
  const runs = analysis.artifacts.edges.filter(({ from, kind }) => kind === 'runs' && stages.has(from))
  return new Set(runs.map(({ to }) => repo.components.get(to)?.file ?? to))
}

type Places = readonly (readonly [name: string, places: readonly { file: string; line: number }[]])[]

/** Names of variables, each with a link to the first place. */
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

function settingsOf(inventory: Inventory): Settings {
  const found = settingsKnown.get(inventory)
  if (found !== undefined) return found
  const settings = new Map<string, EnvironmentSetting[]>()
  for (const file of inventory.files) {
    if (!isCode(file) || file.vendored || file.generated || IN_SAMPLES.test(file.path)) continue
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

/** The distinct literal defaults. */
export function defaultOf({ texts }: Writing, places: readonly Pick<Read, 'default'>[]): Inline[] {
  const values = [...new Set(places.flatMap((read) => read.default ?? []))]
  return few(
    values.map((value): Inline[] => (value === '' ? [texts.environment.empty] : [code(withSpaces(value))])),
    MAX_PLACES,
    texts,
  )
}

/** Links such as `a.c, line 3, line 7, b.c, line 1`. */
function placesOf({ sources, texts }: Writing, module: Module, places: readonly Read[]): Inline[] {
  const labels = places.map(({ file, line, written }, index): Inline[] => {
    const isSame = index > 0 && places[index - 1]?.file === file
    const place = isSame ? texts.span(line, line) : texts.place(within(module.path, file), line, line)
    return sources.mention(file, line, written, place)
  })
  return few(labels, MAX_PLACES, texts)
}

export function readersOf({ texts, repo }: Writing, places: readonly Read[]): Inline[] {
  const readers = new Map<string, Component>()
  for (const { reader, name } of places) {
    const component = repo.components.get(reader ?? '')
    // The name `default` says nothing.
    if (component !== undefined && component.name !== name && component.name !== 'default')
      readers.set(component.id, component)
  }
  return few([...readers.values()].map(toEntry), MAX_PLACES, texts)
}

function settersOf({ sources, texts }: Writing, settings: readonly EnvironmentSetting[]): Inline[] {
  return few(
    settings.map(({ name, file, line }) => sources.mention(file, line, name, code(file))),
    MAX_PLACES,
    texts,
  )
}
