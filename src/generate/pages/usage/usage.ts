/** Where a component is used: one quiet line that opens the places by file, each with its line of code. */

import type { RootContent } from 'mdast'
import { type Component, compareText } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isExample, isMain, isTestEnd, placesOf, type Survey } from '#generate/pages/survey.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { few } from '#generate/pages/words.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { overloadCalls } from './overload-calls.ts'
import { isPasted } from './pasted-names.ts'
import { selfCalls } from './self-calls.ts'
import { isTestOf, testFiles } from './test-files.ts'
import { unknownCalls } from './unknown-calls.ts'
import { type UseLine, type Uses, usesOf } from './use-lines.ts'

/** Of all places in code, and of the files of tests and of examples; of the first of those more than one line. */
const MAX_PLACES = 10
const MAX_FILES = 3
const MAX_LINES_OF_FIRST = 2
/** Of more files than that the names. */
const MAX_NAMED_FILES = 20
/** One more is told of as well: to say that it is there takes as much room. */
const SPARE = 1
/** Beside the first line of one user. */
const MAX_OTHER_LINES = 3
/** More calls of unknown receivers than so many times what was found say little by their number. */
const MANY = 20
/** Of a line of code. */
const MAX_CHARS = 100

/** Files that are neither code nor the component's own, with what in them uses it. */
interface Referrers {
  path: string
  users: string[]
}

/** @param max - Most places that are told of; with 0 only how many there are. */
export function usageSection(writing: Writing, component: Component, max: number): RootContent[] {
  const { texts } = writing
  // What is in a namespace has uses of its own.
  const words = component.kind === 'namespace' ? '' : usageWords(writing, component)
  if (words === '') return []
  if (max === 0) return [paragraph(capital(words))]
  const uses = usesOf(writing, component)
  const places = usingPlaces(writing, component)
  const shown = firstOf(places, Math.min(max, MAX_PLACES))
  const blocks = placeBlocks(writing, uses, shown)
  if (shown.length < places.length) blocks.push(paragraph(texts.more(places.length - shown.length)))
  const { tests, examples } = referrersOf(writing, component)
  for (const [title, files] of [
    [texts.entry.examples, examples],
    [texts.entry.tests, tests],
  ] as const) {
    if (files.length === 0) continue
    const isAlone = blocks.length === 0 && (tests.length === 0 || examples.length === 0)
    if (!isAlone) blocks.push(paragraph(title))
    const told = firstOf(files, MAX_FILES)
    for (const [index, file] of told.entries())
      blocks.push(...fileBlocks(writing, uses, file, index === 0 && places.length === 0 ? MAX_LINES_OF_FIRST : 1))
    const others = files.slice(told.length).map(({ path }) => writing.sources.file(path))
    if (others.length > 0) blocks.push(paragraph(...few(others, MAX_NAMED_FILES, texts)))
  }
  return blocks.length === 0 ? [paragraph(capital(words))] : fold(capital(words), blocks, 'usage')
}

function firstOf<T>(all: readonly T[], max: number): readonly T[] {
  return all.length <= max + SPARE ? all : all.slice(0, max)
}

/** Where code uses a component: that of the repository's own subject first, then tools and benchmarks. */
function usingPlaces(writing: Writing, component: Component): string[] {
  const { survey } = writing
  const uses = usesOf(writing, component)
  const isOwn = (user: string): boolean => isMain(survey.components.get(user)?.file ?? user, survey)
  const places = placesOf(component, survey).filter((user) => uses.has(user))
  return [...places.filter(isOwn), ...places.filter((user) => !isOwn(user))]
}

/** Lines of code that use a component; a user of which no line is known counts as one. */
export function countPlaces(writing: Writing, component: Component): number {
  const uses = usesOf(writing, component)
  return usingPlaces(writing, component).reduce((sum, user) => sum + Math.max(1, uses.lines(user).length), 0)
}

/** `uses found in 19 places · 18 test files · 2 calls of this or another overload · 3 more calls of this name …`; '' for what nothing uses. */
export function usageWords(writing: Writing, component: Component): string {
  const { texts } = writing
  const { entry } = texts
  const places = countPlaces(writing, component)
  const { tests, examples } = referrersOf(writing, component)
  const overloaded = overloadCalls(writing.survey, component)
  const unknown = unknownCalls(writing.survey, component)
  const found = places + tests.length + examples.length
  const itself = selfCalls(writing.survey, component).length
  const more = [
    ...(itself > 0 ? [entry.callsItself(itself)] : []),
    ...(isPasted(writing.survey, component) ? [entry.pastedNames] : []),
    ...(overloaded > 0 ? [entry.overloadCalls(overloaded)] : []),
    ...(unknown > MANY * Math.max(1, found) ? [entry.manyCalls] : unknown > 0 ? [entry.unknownCalls(unknown)] : []),
  ]
  const used = places > 0 ? [entry.usedIn(places)] : []
  const shown = examples.length > 0 ? [entry.exampleFiles(examples.length)] : []
  const tested = tests.length > 0 ? [texts.testFiles(tests.length)] : []
  if (places > 0) return [...used, ...shown, ...tested, ...more].join(' · ')
  const [first, ...rest] = [...shown, ...tested]
  if (first === undefined) return overloaded > 0 || more[0] === entry.pastedNames ? more.join(' · ') : ''
  return [entry.referencedIn([first, ...rest].join(' · ')), ...more].join(' · ')
}

const known = new WeakMap<Survey, Map<string, { tests: Referrers[]; examples: Referrers[] }>>()

function referrersOf(writing: Writing, component: Component): { tests: Referrers[]; examples: Referrers[] } {
  const all = known.get(writing.survey) ?? new Map<string, { tests: Referrers[]; examples: Referrers[] }>()
  known.set(writing.survey, all)
  const found = all.get(component.id) ?? findReferrers(writing, component)
  all.set(component.id, found)
  return found
}

/** Those of the component's name or of its file's first, then those with most uses. */
function findReferrers(writing: Writing, component: Component): { tests: Referrers[]; examples: Referrers[] } {
  const { survey } = writing
  const uses = usesOf(writing, component)
  const files = new Map<string, { path: string; users: string[]; weight: number; isTest: boolean }>()
  for (const [end, weight] of survey.users.get(component.id) ?? []) {
    const path = survey.components.get(end)?.file ?? end
    const isTest = isTestEnd(end, survey)
    // A test may stand in the file of what it tests.
    const isOther = path !== component.file || survey.inTests.has(end)
    // What takes the place of a method does not use it.
    const isHeir =
      survey.heirs.get(component.id)?.get(end) === 'overrides' && survey.places.get(component.id)?.has(end) !== true
    if (isHeir || !isOther || !(isTest || isExample(path, survey)) || !uses.has(end)) continue
    const key = `${isTest} ${path}`
    const file = files.get(key)
    if (file === undefined) files.set(key, { path, users: [end], weight, isTest })
    else {
      file.users.push(end)
      file.weight += weight
    }
  }
  const rank = (path: string): number => (isTestOf(path, component) ? 0 : 1)
  const sorted = [...files.values()]
    .map((file) => ({ ...file, rank: rank(file.path) }))
    .sort((a, b) => a.rank - b.rank || b.weight - a.weight || compareText(a.path, b.path))
  const all = testFiles(writing)
  const tests = sorted.filter(({ isTest }) => isTest)
  const holding = tests.filter(({ path, users }) => all.has(path) || users.some((user) => survey.inTests.has(user)))
  return {
    // What only helps tests is told of where no test uses it.
    tests: holding.length > 0 ? holding : tests,
    examples: sorted.filter(({ isTest }) => !isTest),
  }
}

/** Used by what is not to be used any more. */
function isOldUse({ components }: Survey, user: string): boolean {
  for (let at = components.get(user); at !== undefined; at = components.get(at.parent ?? ''))
    if (isDeprecated(at)) return true
  return false
}

/** By file, the repository's own subject first, in order of lines: each place with its first line of code. */
function placeBlocks(writing: Writing, uses: Uses, places: readonly string[]): RootContent[] {
  const { survey } = writing
  const files = new Map<string, { user: string; lines: readonly UseLine[] }[]>()
  for (const user of places) {
    const path = survey.components.get(user)?.file ?? user
    const row = { user, lines: uses.lines(user) }
    const rows = files.get(path)
    if (rows === undefined) files.set(path, [row])
    else rows.push(row)
  }
  const first = ({ user, lines }: { user: string; lines: readonly UseLine[] }): number =>
    lines[0]?.line ?? survey.components.get(user)?.startLine ?? 0
  const isOwn = (path: string): number => (isMain(path, survey) ? 0 : 1)
  const isOld = ([, rows]: [string, readonly { user: string }[]]): number =>
    rows.every(({ user }) => isOldUse(survey, user)) ? 1 : 0
  return [...files]
    .sort((a, b) => isOwn(a[0]) - isOwn(b[0]) || isOld(a) - isOld(b) || compareText(a[0], b[0]))
    .flatMap(([path, rows]): RootContent[] => [
      paragraph(...toFile(path)),
      list(
        rows
          .sort((a, b) => first(a) - first(b))
          .map(({ user, lines }): Inline[] => {
            const name = survey.components.get(user)
            const of = name === undefined ? [] : toEntry(name)
            const [at, ...others] = lines
            if (at === undefined) return of.length > 0 ? ['· ', ...of] : toFile(path)
            return [
              ...lineOf(writing, path, at),
              ...(of.length > 0 ? [' · ', ...of] : []),
              ...moreLines(writing, path, others),
            ]
          }),
      ),
    ])
}

/** ` (lines 40, 52 and 3 more)`: where the same user uses it again. */
function moreLines(writing: Writing, path: string, lines: readonly UseLine[]): Inline[] {
  if (lines.length === 0) return []
  const shown = firstOf(lines, MAX_OTHER_LINES).map((line) => toLine(writing, path, line))
  return writing.texts.atLines(shown, lines.length - shown.length)
}

/** A test or an example, with its first lines. */
function fileBlocks(writing: Writing, uses: Uses, { path, users }: Referrers, max: number): RootContent[] {
  const { sources, texts } = writing
  const byLine = new Map(users.flatMap((user) => uses.lines(user)).map((use) => [use.line, use]))
  const lines = [...byLine.values()].sort((a, b) => a.line - b.line)
  // A name that is only mentioned, as in a type, shows less than a call.
  const isCall = ({ line, name }: UseLine): number => {
    const [text = ''] = codeLines(writing.survey, path, line, line)
    // What is called by another name shows least: `key()` of `def f(key=hashkey)`.
    if (name === null) return 2
    return ['(', '.', '['].some((sign) => text.includes(name + sign)) ? 0 : 1
  }
  const shown = [
    ...firstOf(
      lines.toSorted((a, b) => isCall(a) - isCall(b) || a.line - b.line),
      max,
    ),
  ].sort((a, b) => a.line - b.line)
  const left = lines.length - shown.length
  const items = shown.map((use) => lineOf(writing, path, use))
  const more = left > 0 ? [' ', `(${texts.moreItems(left)})`] : []
  return [paragraph(...sources.file(path), ...more), ...(items.length > 0 ? [list(items)] : [])]
}

/** The number of a line, as a link. */
export function toLine({ sources }: Writing, path: string, { line, name }: UseLine): Inline[] {
  return name === null ? sources.place(path, line, line, String(line)) : sources.mention(path, line, name, String(line))
}

/** `40 code of the line` */
function lineOf(writing: Writing, path: string, use: UseLine): Inline[] {
  const text = textOf(writing.survey, path, use.line)
  const written: Inline[] = text === '' ? [] : [' ', { ...code(text), data: { isQuoted: true } }]
  return [...toLine(writing, path, use), ...written]
}

/** A line without its margin, cut where it is long. */
function textOf(survey: Survey, path: string, line: number): string {
  const [whole = ''] = codeLines(survey, path, line, line)
  const text = whole.slice(0, 2_000).replace(/\s+/g, ' ').trim()
  return text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS - 1)}…`
}
