/**
 * Writes the sections on the environment variables that users may set: their purpose, their defaults, and where they are read.
 */

import type { RootContent } from 'mdast'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { compareText, type Inventory, type Module, type Read } from '#generate/model.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { few } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { code, heading, type Inline, paragraph, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { defaultsOf } from './defaults.ts'
import { type EnvironmentSetting, environmentSettings, isInSamples } from './environment-files.ts'
import { environmentWords, type VariableWords } from './environment-words.ts'
import { readsByFile } from './own-reads.ts'
import { rankedBy } from './rank-variables.ts'

const MAX_ROWS = 200
const MAX_OVERVIEW_ROWS = 16
/** Limit on the collapsed rows of the whole repository. */
const MAX_FOLDED_ROWS = 400
const MAX_PLACES = 3
/** Up to this many described variables are omitted if at least `MIN_READ` times as many are read. */
const MAX_ODD = 2
const MIN_READ = 5
/** Matches paths of developer tools. */
const BESIDE_CODE =
  /^(?:\.github|\.?ci|build-aux|contrib|deps|dev|docs?|hack|misc|scripts?|third_party|tools?|website|www)\/|(?:^|\/)(?:bench(?:mark)?s?|evaluation|(?:oss-)?fuzz(?:ing|ers?)?|perf-[\w-]*)\//
/** Matches folders that start and configure the program. */
const RUN_FROM = /^(?:bin|sbin|exe|config|docker|etc)\//
/** A variable and the places that read it. */
export type Row = readonly [name: string, places: readonly Read[]]
/** Settings by variable name. */
export type Settings = ReadonlyMap<string, readonly EnvironmentSetting[]>

/** The section of a module: variables with more information than a default. Empty if its code reads none. */
export function environmentSection(writing: Writing, module: Module): RootContent[] {
  const { texts } = writing
  const words = texts.environment
  const { rows, settings, said } = variablesOf(writing)
  const files = new Set(module.files)
  const here = rows.flatMap(([name, places]): Row[] => {
    const own = places.filter(({ file }) => files.has(file))
    return own.length === 0 ? [] : [[name, own]]
  })
  const shown = here.slice(0, MAX_ROWS)
  if (shown.length === 0) return []
  const hasSettings = shown.some(([name]) => settings.has(name))
  const defaults = defaultsOf(shown, said)
  const hasDefaults = shown.some(([name]) => defaults.has(name))
  const cells = shown.map(([name, places]): Inline[][] => [
    [code(name)],
    ...(hasDefaults ? [defaults.get(name) ?? []] : []),
    said.get(name)?.sentence ?? [],
    placesOf(writing, module, places),
    ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
  ])
  const heads = [
    words.heads.variable,
    ...(hasDefaults ? [words.heads.default] : []),
    words.heads.purpose,
    words.heads.readAt,
    ...(hasSettings ? [words.heads.setIn] : []),
  ]
  return [
    heading(2, words.title),
    table(heads, cells),
    ...(here.length > shown.length ? [paragraph(texts.more(here.length - shown.length))] : []),
  ]
}

/** The section of the overview: the described variables, the less important ones collapsed. */
export function environmentSummary(writing: Writing): RootContent[] {
  const words = writing.texts.environment
  const { rows, settings, said } = variablesOf(writing)
  if (rows.length === 0) return []
  const ranked = rankedBy(rows, settings, said)
  const end = ranked.length === MAX_OVERVIEW_ROWS + 1 ? ranked.length : MAX_OVERVIEW_ROWS
  const others = ranked.slice(end)
  const more = others.length - MAX_FOLDED_ROWS
  return [
    heading(2, words.title),
    summaryTable(writing, ranked.slice(0, end)),
    ...(others.length === 0
      ? []
      : fold(words.moreVariables(others.length), [
          summaryTable(writing, others.slice(0, MAX_FOLDED_ROWS)),
          ...(more > 0 ? [paragraph(writing.texts.more(more))] : []),
        ])),
  ]
}

/** The described variables that users may set, and what is known about them. */
interface Variables {
  readonly rows: readonly Row[]
  readonly settings: Settings
  readonly said: Descriptions
  readonly defaults: ReadonlyMap<string, Inline[]>
  /** All reads of each variable, including those in manifests and tools, without tests. */
  readonly readers: ReadonlyMap<string, readonly Read[]>
}

/** Scripts and tools are left out unless the repository contains nothing else. */
const variablesOf = memoized((writing: Writing): Variables => {
  const { repo } = writing
  const settings = settingsOf(writing.inventory)
  const all = [...readsByFile(writing).values()].flat()
  const run = filesRun(writing)
  const isOwn = (file: string): boolean =>
    run.has(file) ||
    (repo.files.get(file)?.role === 'code' &&
      !BESIDE_CODE.test(file) &&
      (repo.leaves.get(file)?.isBeside !== true || RUN_FROM.test(file)))
  // If there are only tools, they are the program.
  const isOfTools = ![...repo.leaves.keys()].some((path) => isMain(path, repo))
  const ofCode = all.filter(({ file }) => isCode(repo.files.get(file)))
  const found = byName(ofCode.filter(({ file }) => isOfTools || isOwn(file)))
  const said = saidOf(writing, found)
  const told = found.filter(([name]) => said.has(name))
  // One or two of many may have a comment by chance; they are not the variables that users need.
  const rows = told.length <= MAX_ODD && told.length * MIN_READ <= found.length ? [] : told
  return { rows, settings, said, defaults: defaultsOf(found, said), readers: new Map(byName(ofCode)) }
})

export type Descriptions = ReadonlyMap<string, VariableWords>

const describedKnown = new WeakMap<Inventory, Descriptions>()

/** Descriptions from documents. */
function saidOf({ analysis, inventory }: Writing, rows: readonly Row[]): Descriptions {
  const described =
    describedKnown.get(inventory) ?? environmentWords(inventory.files, new Set(analysis.reads.map(({ name }) => name)))
  describedKnown.set(inventory, described)
  const said = new Map<string, VariableWords>()
  for (const [name] of rows) {
    const words = described.get(name)
    if (words !== undefined) said.set(name, words)
  }
  return said
}

function summaryTable(writing: Writing, rows: readonly Row[]): RootContent {
  const { settings, said, defaults, readers } = variablesOf(writing)
  const { texts } = writing
  const { heads } = texts.environment
  const hasSettings = rows.some(([name]) => settings.has(name))
  const hasDefaults = rows.some(([name]) => defaults.has(name))
  const cells = rows.map(([name, places]): Inline[][] => [
    [code(name)],
    ...(hasDefaults ? [defaults.get(name) ?? []] : []),
    said.get(name)?.sentence ?? [],
    few(
      [...new Set([...places, ...(readers.get(name) ?? [])].map(({ file }) => file))].map((path) => toFile(path)),
      MAX_PLACES,
      texts,
    ),
    ...(hasSettings ? [settersOf(writing, settings.get(name) ?? [])] : []),
  ])
  return table(
    [
      heads.variable,
      ...(hasDefaults ? [heads.default] : []),
      heads.purpose,
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

const settingsOf = memoized((inventory: Inventory): Settings => {
  const settings = new Map<string, EnvironmentSetting[]>()
  for (const file of inventory.files) {
    if (!isCode(file) || file.vendored || file.generated || isInSamples(file.path)) continue
    for (const setting of environmentSettings(file)) push(settings, setting.name, setting)
  }
  return settings
})

function byName(reads: readonly Read[]): Row[] {
  const rows = new Map<string, Read[]>()
  for (const read of reads) push(rows, read.name, read)
  return [...rows].sort(([a], [b]) => compareText(a, b))
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

function settersOf({ sources, texts }: Writing, settings: readonly EnvironmentSetting[]): Inline[] {
  return few(
    settings.map(({ name, file, line }) => sources.mention(file, line, name, code(file))),
    MAX_PLACES,
    texts,
  )
}
