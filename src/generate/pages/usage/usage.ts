/** Where a component is used: one quiet line that opens the places by file, each with its line of code. */

import type { RootContent } from 'mdast'
import { type Component, compareText, type Declaration } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isExample, isMain, isTestEnd, placesOf, type Survey } from '#generate/pages/survey.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { titleOf, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { overloadCalls } from './overload-calls.ts'
import { isPasted } from './pasted-names.ts'
import { lineText, MAX_CHARS, type Told, tellingFirst } from './telling-lines.ts'
import { isTestOf, testFiles } from './test-files.ts'
import { unknownCalls } from './unknown-calls.ts'
import { type UseLine, type Uses, usesOf } from './use-lines.ts'

/** Of all places in code, and of the files of tests and of examples; of the first of those more than one line. */
const MAX_PLACES = 10
const MAX_FILES = 3
const MAX_LINES_OF_FIRST = 2
/** Of more files than that the names, and the first lines. */
const MAX_NAMED_FILES = 20
/** What names a type in a signature. */
const MAX_NAMED = 8
/** Lines of one signature. */
const MAX_SIGNATURE = 40
/** One more is told of as well: to say that it is there takes as much room. */
const SPARE = 1
/** Beside the first line of one user. */
const MAX_OTHER_LINES = 3
/** More calls of unknown receivers than so many times what was found say little by their number. */
const MANY = 20

/** `async def read(`, `pub fn read(`: a definition on its first line. */
const DEFINES = /^(?:[\w@]{1,20} ){0,4}(?:def|fn|fun|func|function) ([\w$]{1,100})[(<[]/

/** Files that are neither code nor the component's own, with what in them uses it. */
interface Referrers {
  path: string
  users: string[]
  /** Only inherits from the component. */
  isHeir: boolean
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
  const using = places.filter(
    (user) => linesOfUser(writing, component, user).used.length > 0 || uses.lines(user).length === 0,
  )
  const shown = firstOf(using, Math.min(max, MAX_PLACES))
  const lines = (user: string): readonly UseLine[] => linesOfUser(writing, component, user).used
  const blocks = placeBlocks(writing, lines, shown)
  if (shown.length < using.length)
    blocks.push(paragraph(...otherFiles(writing, lines, byFile(writing, using.slice(shown.length)))))
  blocks.push(...signatureBlocks(writing, component, places))
  const { tests, examples } = referrersOf(writing, component)
  for (const [title, files] of [
    [texts.entry.examples, examples],
    [texts.entry.tests, tests],
  ] as const) {
    if (files.length === 0) continue
    const isAlone = blocks.length === 0 && (tests.length === 0 || examples.length === 0)
    if (!isAlone) blocks.push(paragraph(title))
    const telling = files.filter(({ isHeir }) => !isHeir)
    const told = firstOf(telling, MAX_FILES)
    for (const [index, file] of told.entries())
      blocks.push(...fileBlocks(writing, uses, file, index === 0 && places.length === 0 ? MAX_LINES_OF_FIRST : 1))
    const others = files.filter((file) => !told.includes(file)).map(({ path, users }) => [path, users] as const)
    if (others.length > 0) blocks.push(paragraph(...otherFiles(writing, (user) => uses.lines(user), others)))
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

/** Lines of a user that use a component, and in how many of its signatures a type is only named. */
function linesOfUser(
  writing: Writing,
  component: Component,
  user: string,
): { used: readonly UseLine[]; signatures: number } {
  const lines = usesOf(writing, component).lines(user)
  const heads = TYPES.has(component.kind) ? signaturesOf(writing.survey, user) : []
  const holder = writing.survey.components.get(user)
  const isBody = holder?.kind === 'function' || holder?.kind === 'method'
  const headOf = (line: number): { to: number } | undefined => heads.find(({ from, to }) => line >= from && line <= to)
  const isNamed = ({ line, name }: UseLine): boolean => {
    const last = headOf(line)?.to
    const text = lineText(writing.survey, holder?.file ?? user, line)
    // Defined once more, for other versions of the language or on another system.
    if (last === undefined) return TYPES.has(component.kind) && isBody && DEFINES.exec(text)?.[1] === holder.name
    // A decorator above runs, and a body may stand on the line of its signature.
    if (/^(?:@|#\[)/.test(text)) return false
    const open = isBody && line === last ? text.indexOf('{') : -1
    return open < 0 || name === null || text.slice(0, open).includes(name)
  }
  const named = lines.filter(isNamed)
  return {
    used: lines.filter((use) => !named.includes(use)),
    signatures: new Set(named.map(({ line }) => headOf(line) ?? line)).size,
  }
}

/** The lines of the signatures of a component, one for each place that declares it. */
function signaturesOf(survey: Survey, id: string): { from: number; to: number }[] {
  const component = survey.components.get(id)
  // A value is used.
  if (component === undefined || component.kind === 'constant') return []
  const { file, declarations = [component] } = component
  return declarations
    .filter((one) => one.file === file)
    .map((one) => ({ from: one.startLine, to: endOfSignature(survey, component, one) }))
}

function endOfSignature(survey: Survey, { file, signature, kind }: Component, place: Declaration): number {
  const { startLine, endLine } = place
  const head = kind === 'field' ? signature.replace(/ = .*/s, '') : signature
  let left = head.replace(/\s+/g, '').length
  const lines = codeLines(survey, file, startLine, Math.min(endLine, startLine + MAX_SIGNATURE))
  // Of Ruby pages write more than the code: `def self.x` for what is in `class << self`.
  const isRuby = survey.files.get(file)?.language === 'ruby'
  let depth = 0
  const end = lines.findIndex((line) => {
    left -= line.replace(/\s+/g, '').length
    for (const sign of line) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
    return isRuby ? depth <= 0 : left <= 0
  })
  return end < 0 ? endLine : startLine + end
}

/** What has a type in its signature: several members of one type as that type, those of one name together. */
function signatureBlocks(writing: Writing, component: Component, places: readonly string[]): RootContent[] {
  const { survey, texts } = writing
  const naming = places.filter((user) => linesOfUser(writing, component, user).signatures > 0)
  const counts = new Map<string, string[]>()
  for (const user of naming) {
    const owner = survey.components.get(user)?.parent ?? user
    counts.set(owner, [...(counts.get(owner) ?? []), user])
  }
  // Each of twenty commands may have its own `Args::delimiter`.
  const alike = new Map<string, { one: Component; count: number }>()
  for (const [owner, users] of counts) {
    const [only] = users
    const one = survey.components.get(users.length === 1 && only !== undefined ? only : owner)
    if (one === undefined) continue
    const known = alike.get(titleOf(one))
    if (known === undefined) alike.set(titleOf(one), { one, count: users.length })
    else known.count += users.length
  }
  const rows = [...alike.values()].map(({ one, count }): Inline[] => [
    ...toEntry(one),
    ...(count > 1 ? [` (${count})`] : []),
  ])
  return rows.length === 0 ? [] : [paragraph(...texts.entry.inSignatures(few(rows, MAX_NAMED, texts)))]
}

/** Files that are not shown with their code: each with its first lines. */
function otherFiles(
  writing: Writing,
  linesOf: (user: string) => readonly UseLine[],
  files: readonly (readonly [path: string, users: readonly string[]])[],
): Inline[] {
  const { sources, texts } = writing
  const items = files.map(([path, users]): Inline[] => {
    const lines = [...new Map(users.flatMap(linesOf).map((use) => [use.line, use])).values()]
    return [
      ...sources.file(path),
      ...moreLines(
        writing,
        path,
        lines.sort((a, b) => a.line - b.line),
      ),
    ]
  })
  return few(items, MAX_NAMED_FILES, texts)
}

function byFile({ survey }: Writing, users: readonly string[]): [path: string, users: string[]][] {
  const files = new Map<string, string[]>()
  for (const user of users) {
    const path = survey.components.get(user)?.file ?? user
    files.set(path, [...(files.get(path) ?? []), user])
  }
  return [...files]
}

/** `uses found in 19 places · 18 test files · 2 calls of this or another overload · 3 more calls of this name …`; '' for what nothing uses. */
export function usageWords(writing: Writing, component: Component): string {
  const { texts } = writing
  const { entry } = texts
  const users = usingPlaces(writing, component).map((user) => linesOfUser(writing, component, user))
  const named = users.reduce((sum, lines) => sum + lines.signatures, 0)
  // A user of which no line is known counts as one.
  const places = users.reduce((sum, lines) => sum + (lines.used.length || (lines.signatures > 0 ? 0 : 1)), 0)
  const { tests, examples } = referrersOf(writing, component)
  const overloaded = overloadCalls(writing.survey, component)
  const unknown = unknownCalls(writing.survey, component)
  const found = places + named + tests.length + examples.length
  const more = [
    ...(isPasted(writing.survey, component) ? [entry.pastedNames] : []),
    ...(overloaded > 0 ? [entry.overloadCalls(overloaded)] : []),
    ...(unknown > MANY * Math.max(1, found) ? [entry.manyCalls] : unknown > 0 ? [entry.unknownCalls(unknown)] : []),
  ]
  const used = [...(places > 0 ? [entry.usedIn(places)] : []), ...(named > 0 ? [entry.namedIn(named)] : [])]
  const shown = examples.length > 0 ? [entry.exampleFiles(examples.length)] : []
  const tested = tests.length > 0 ? [texts.testFiles(tests.length)] : []
  if (used.length > 0) return [...used, ...shown, ...tested, ...more].join(' · ')
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

/** Those of the component's name or of its file's first, then those with most uses; last what only inherits or helps tests. */
function findReferrers(writing: Writing, component: Component): { tests: Referrers[]; examples: Referrers[] } {
  const { survey } = writing
  const uses = usesOf(writing, component)
  const files = new Map<string, { path: string; users: string[]; weight: number; isTest: boolean; isHeir: boolean }>()
  for (const [end, weight] of survey.users.get(component.id) ?? []) {
    const path = survey.components.get(end)?.file ?? end
    const isTest = isTestEnd(end, survey)
    // A test may stand in the file of what it tests.
    const isOther = path !== component.file || survey.inTests.has(end)
    // What takes the place of a method does not use it.
    const how =
      survey.places.get(component.id)?.has(end) === true ? undefined : survey.heirs.get(component.id)?.get(end)
    if (how === 'overrides' || !isOther || !(isTest || isExample(path, survey)) || !uses.has(end)) continue
    const key = `${isTest} ${path}`
    const file = files.get(key)
    const isHeir = how !== undefined && !isTestOf(path, component)
    if (file === undefined) files.set(key, { path, users: [end], weight, isTest, isHeir })
    else {
      file.users.push(end)
      file.weight += weight
      file.isHeir &&= isHeir
    }
  }
  const holding = testFiles(writing)
  const isHelper = ({ path, users, isTest }: { path: string; users: string[]; isTest: boolean }): boolean =>
    isTest && !holding.has(path) && !users.some((user) => survey.inTests.has(user))
  const sorted = [...files.values()]
    .map((file) => ({
      ...file,
      rank: isTestOf(file.path, component) ? 0 : file.isHeir ? 3 : isHelper(file) ? 2 : 1,
    }))
    .sort((a, b) => a.rank - b.rank || b.weight - a.weight || compareText(a.path, b.path))
  const tests = sorted.filter(({ isTest }) => isTest)
  return { tests, examples: sorted.filter(({ isTest }) => !isTest) }
}

/** Used by what is not to be used any more. */
function isOldUse({ components }: Survey, user: string): boolean {
  for (let at = components.get(user); at !== undefined; at = components.get(at.parent ?? ''))
    if (isDeprecated(at)) return true
  return false
}

/** By file, the repository's own subject first, in order of lines: each place with its first line of code. */
function placeBlocks(
  writing: Writing,
  linesOf: (user: string) => readonly UseLine[],
  places: readonly string[],
): RootContent[] {
  const { survey } = writing
  const files = new Map<string, { user: string; lines: readonly UseLine[] }[]>()
  for (const user of places) {
    const path = survey.components.get(user)?.file ?? user
    const row = { user, lines: linesOf(user) }
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
  const byLine = new Map(
    users.flatMap((user) => uses.lines(user).map((use): [number, Told] => [use.line, { ...use, user }])),
  )
  const lines = [...byLine.values()].sort((a, b) => a.line - b.line)
  const shown = [...firstOf(tellingFirst(writing.survey, path, lines), max)].sort((a, b) => a.line - b.line)
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
  const text = lineText(survey, path, line)
  return text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS - 1)}…`
}
