/** Writes a collapsed section on where a component is used: places by file, each with its line of code. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { type Component, compareText } from '#generate/model.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { callsByName } from './calls-by-name.ts'
import { shownCode } from './shown-code.ts'
import { type Told, tellingFirst } from './telling-lines.ts'
import { isTestOf } from './test-files.ts'
import { type Referrers, referrersOf } from './tests-and-examples.ts'
import { usageWords, usingPlaces } from './usage-words.ts'
import { type UseLine, type Uses, usesOf } from './use-lines.ts'

/** Limits on the places in code, on the test files and example files, and on the lines of the first of these. */
const MAX_PLACES = 10
const MAX_FILES = 3
const MAX_LINES_OF_FIRST = 2
/** Limit on the files that are only named. */
const MAX_NAMED_FILES = 20
/** Limit on the test files or example files that are searched for lines to show. */
const MAX_READ_FILES = 20
/** A definition used in so many places is in all tests, and a line of one shows nothing about it. */
const MANY_PLACES = 40
/** Limit on the lines among which one is chosen. */
const MAX_MENTIONS = 50
/** One place beyond a limit is shown, because saying that there is one more takes as much room. */
const SPARE = 1
/** Limit on the further lines of one user. */
const MAX_OTHER_LINES = 3
/** @param max - Limit on the places; 0 for their number only. */
export function usageSection(writing: Writing, component: Component, max: number): RootContent[] {
  const { texts } = writing
  // The members of a namespace have their own uses.
  const words = component.kind === 'namespace' ? '' : usageWords(writing, component)
  if (words === '') return []
  if (max === 0) return [paragraph(capital(words))]
  const uses = usesOf(writing, component)
  // A use in a signature is the least informative.
  const isHead = (user: string): number =>
    uses.lines(user).every(({ line }) => line === writing.repo.components.get(user)?.startLine) ? 1 : 0
  const places = usingPlaces(writing, component).sort((a, b) => isHead(a) - isHead(b))
  const shown = firstOf(places, Math.min(max, MAX_PLACES))
  const fileOf = (user: string): string => writing.repo.components.get(user)?.file ?? user
  const files = new Set(shown.map(fileOf))
  const rest = places.slice(shown.length)
  const beside = rest.filter((user) => files.has(fileOf(user)))
  const elsewhere = rest.filter((user) => !files.has(fileOf(user)))
  const blocks = placeBlocks(writing, uses.lines, shown, beside)
  if (elsewhere.length > 0) blocks.push(otherPlaces(writing, uses.lines, elsewhere))
  const { tests, examples } = referrersOf(writing, component)
  for (const [title, files] of [
    [texts.entry.examples, examples],
    [texts.entry.tests, tests],
  ] as const) {
    const isEverywhere = files === tests && places.length >= MANY_PLACES
    const told = isEverywhere ? files.filter(({ path }) => isTestOf(path, component)) : files
    const max = places.length === 0 ? MAX_LINES_OF_FIRST : 1
    const shown = shownFiles(writing, component, uses, told, max)
    if (shown.length === 0) continue
    const isAlone = blocks.length === 0 && (tests.length === 0 || examples.length === 0)
    if (!isAlone) blocks.push(paragraph(title))
    for (const file of shown) append(blocks, file.blocks)
  }
  append(blocks, byNameBlocks(writing, component))
  return blocks.length === 0 ? [paragraph(capital(words))] : fold(capital(words), blocks, 'usage')
}

function firstOf<T>(all: readonly T[], max: number): readonly T[] {
  return all.length <= max + SPARE ? all : all.slice(0, max)
}

/** Files that are listed without code, with links to their first lines. */
function otherPlaces(
  writing: Writing,
  linesOf: (user: string) => readonly UseLine[],
  users: readonly string[],
): RootContent {
  const { sources, repo, texts } = writing
  const files = new Map<string, UseLine[]>()
  for (const user of users) {
    const path = repo.components.get(user)?.file ?? user
    for (const line of linesOf(user)) push(files, path, line)
  }
  const items = [...files].map(([path, uses]): Inline[] => {
    const lines = [...new Map(uses.map((use) => [use.line, use])).values()].sort((a, b) => a.line - b.line)
    return [...sources.file(path), ...moreLines(writing, path, lines)]
  })
  return paragraph(...few(items, MAX_NAMED_FILES, texts))
}

/** The lines that may call it by a name in a string. */
function byNameBlocks({ sources, repo, texts }: Writing, component: Component): RootContent[] {
  const byName = callsByName(repo, component)
  const linked = few(
    byName.map(({ file, line }) => sources.place(file, line, line, texts.place(file, line, line))),
    MAX_OTHER_LINES,
    texts,
  )
  return byName.length > 0 ? [paragraph(...texts.entry.callsByName(linked))] : []
}

/** Whether the user is deprecated. */
function isOldUse({ components }: RepoIndex, user: string): boolean {
  for (let at = components.get(user); at !== undefined; at = components.get(at.parent ?? ''))
    if (isDeprecated(at)) return true
  return false
}

/**
 * Places by file, main code first, in order of lines, each with its first line of code.
 *
 * @param beside - Further places in the same files, for the last item.
 */
function placeBlocks(
  writing: Writing,
  linesOf: (user: string) => readonly UseLine[],
  places: readonly string[],
  beside: readonly string[],
): RootContent[] {
  const { repo, texts } = writing
  const besideIn = (path: string): Inline[][] => {
    const users = beside.filter((user) => (repo.components.get(user)?.file ?? user) === path)
    const names = users.map((user): Inline[] => {
      const component = repo.components.get(user)
      return [
        ...(component === undefined ? toFile(path) : toEntry(component)),
        ...moreLines(writing, path, linesOf(user)),
      ]
    })
    return names.length === 0 ? [] : [few(names, MAX_NAMED_FILES, texts)]
  }
  const files = new Map<string, { user: string; lines: readonly UseLine[] }[]>()
  for (const user of places) {
    const path = repo.components.get(user)?.file ?? user
    const row = { user, lines: linesOf(user) }
    const rows = files.get(path)
    if (rows === undefined) files.set(path, [row])
    else rows.push(row)
  }
  const first = ({ user, lines }: { user: string; lines: readonly UseLine[] }): number =>
    lines[0]?.line ?? repo.components.get(user)?.startLine ?? 0
  const isOwn = (path: string): number => (isMain(path, repo) ? 0 : 1)
  const isOld = ([, rows]: [string, readonly { user: string }[]]): number =>
    rows.every(({ user }) => isOldUse(repo, user)) ? 1 : 0
  return [...files]
    .sort((a, b) => isOwn(a[0]) - isOwn(b[0]) || isOld(a) - isOld(b) || compareText(a[0], b[0]))
    .flatMap(([path, rows]): RootContent[] => [
      paragraph(...toFile(path)),
      list([
        ...rows
          .sort((a, b) => first(a) - first(b))
          .map(({ user, lines }): Inline[] => {
            const name = repo.components.get(user)
            const of = name === undefined ? [] : toEntry(name)
            // A use in the body is more informative than one in the signature, and a call more than passing it on.
            const inBody = lines.filter(({ line }) => line !== name?.startLine)
            const calls = inBody.filter(({ isCall }) => isCall)
            const own = calls.length > 0 ? calls : inBody.length > 0 ? inBody : lines
            // Of a call on many lines none shows anything alone.
            const at = own.slice(0, MAX_MENTIONS).find((use) => shownCode(repo, path, use) !== '') ?? own[0]
            const others = lines.filter((line) => line !== at)
            if (at === undefined) return of.length > 0 ? of : toFile(path)
            return [
              ...lineOf(writing, path, at),
              ...(of.length > 0 ? [' · ', ...of] : []),
              ...moreLines(writing, path, others),
            ]
          }),
        ...besideIn(path),
      ]),
    ])
}

/** ` (lines 40, 52 and 3 more)`: further uses by the same user. */
function moreLines(writing: Writing, path: string, lines: readonly UseLine[]): Inline[] {
  if (lines.length === 0) return []
  const shown = firstOf(lines, MAX_OTHER_LINES).map((line) => toLine(writing, path, line))
  return writing.texts.atLines(shown, lines.length - shown.length)
}

/** The first tests or examples with lines of code that show a use; failing that, one with the numbers of its lines. */
function shownFiles(
  writing: Writing,
  component: Component,
  uses: Uses,
  files: readonly Referrers[],
  max: number,
): { path: string; blocks: RootContent[] }[] {
  const shown: { path: string; blocks: RootContent[] }[] = []
  let plain: { path: string; blocks: RootContent[] } | undefined
  for (const file of files.slice(0, MAX_READ_FILES)) {
    const { head, items } = fileBlocks(writing, component, uses, file, shown.length === 0 ? max : 1)
    if (items.length > 0) shown.push({ path: file.path, blocks: [head, list(items)] })
    else if (plain === undefined && uses.lines(file.users[0] ?? '').length > 0)
      plain = { path: file.path, blocks: [head] }
    if (shown.length === MAX_FILES) break
  }
  return shown.length === 0 && plain !== undefined ? [plain] : shown
}

/** A test or example, and the code of its most informative lines; the numbers of others follow its name. */
function fileBlocks(
  writing: Writing,
  component: Component,
  uses: Uses,
  { path, users }: Referrers,
  max: number,
): { head: RootContent; items: Inline[][] } {
  const { sources, repo } = writing
  const byLine = new Map(
    users.flatMap((user) => uses.lines(user).map((use): [number, Told] => [use.line, { ...use, user }])),
  )
  const lines = [...byLine.values()].sort((a, b) => a.line - b.line)
  const telling = firstOf(tellingFirst(repo, path, lines), max)
  // A type is often only mentioned, as an expected error; the type of a field or of a result shows nothing.
  const mention =
    telling.length > 0 || !TYPES.has(component.kind)
      ? undefined
      : lines
          .slice(0, MAX_MENTIONS)
          .find(
            (use) =>
              use.line !== repo.components.get(use.user)?.startLine && isInBody(shownCode(repo, path, use), use.name),
          )
  const shown = mention === undefined ? [...telling].sort((a, b) => a.line - b.line) : [mention]
  const more = moreLines(
    writing,
    path,
    lines.filter((use) => !shown.includes(use)),
  )
  return { head: paragraph(...sources.file(path), ...more), items: shown.map((use) => lineOf(writing, path, use)) }
}

/** Matches heads of functions, which only declare something as the type of a parameter or of the result. */
const FUNCTION_HEAD = /\b(?:async def|def|fn|fun|func|function)\b[^{}=]{0,300}/g

/** Whether a line does something with what it names, rather than naming it in the head of a function. */
function isInBody(text: string, name: string | null): boolean {
  const body = text.replace(FUNCTION_HEAD, '')
  return /[({]/.test(text) && (name === null || body.includes(name))
}

/** The number of a line, linked. */
export function toLine({ sources }: Writing, path: string, { line, name }: Pick<UseLine, 'line' | 'name'>): Inline[] {
  return name === null ? sources.place(path, line, line, String(line)) : sources.mention(path, line, name, String(line))
}

/** `40`, linked, and the code of the line. */
function lineOf(writing: Writing, path: string, use: UseLine): Inline[] {
  const text = shownCode(writing.repo, path, use)
  const written: Inline[] = text === '' ? [] : [' ', { ...code(text), data: { isQuoted: true } }]
  return [...toLine(writing, path, use), ...written]
}
