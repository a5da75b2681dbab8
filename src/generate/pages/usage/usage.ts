/** Writes a collapsed section on how a component is used: lines of code that call, create or extend it. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { type Component, compareText } from '#generate/model.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isMain, isTestEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { shownCode } from './shown-code.ts'
import { tellingFirst } from './telling-lines.ts'
import { type Referrers, referrersOf } from './tests-and-examples.ts'
import { isTrivial, usedIn, usingPlaces } from './usage-words.ts'
import { type UseLine, usesOf } from './use-lines.ts'

/** Limits on the files of the code, of the examples and of the tests, and on the lines of one of them. */
const MAX_FILES = 3
const MAX_LINES = 2
const MAX_LINES_OF_TEST = 1
/** Limit on the files that are searched for lines to show. */
const MAX_READ_FILES = 20

/** Limit on the files that are only named. */
const MAX_NAMED = 8

interface Shown {
  readonly blocks: RootContent[]
  /** Whether a line or link leads to each of the uses. */
  readonly isWhole: boolean
  readonly hasLines: boolean
}

/** @param max - 0 on shortened pages, which leave it out. */
export function usageSection(writing: Writing, component: Component, max: number): RootContent[] {
  const { texts, repo } = writing
  // The members of a namespace have their own uses; those of code that is for tests only are not interesting.
  if (max === 0 || component.kind === 'namespace' || repo.inTests.has(component.id)) return []
  if (!component.exported || isOldUse(repo, component.id) || isTrivial(writing, component)) return []
  const { tests, examples } = referrersOf(writing, component)
  const inCode = shownIn(writing, component, usersByFile(writing, component), MAX_LINES)
  const groups = [
    { label: undefined, ...inCode },
    { label: texts.entry.examples, ...shownIn(writing, component, examples, MAX_LINES_OF_TEST) },
    { label: texts.entry.tests, ...shownIn(writing, component, tests, MAX_LINES_OF_TEST) },
  ].filter((group) => group.blocks.length > 0)
  const [first] = groups
  if (first === undefined) return []
  const blocks: RootContent[] = []
  for (const { label, blocks: own } of groups) {
    if (label !== undefined && groups.length > 1) blocks.push(paragraph(label))
    append(blocks, own)
  }
  const isInTests = first.label === texts.entry.tests
  const title = inCode.isWhole ? usedIn(writing, component, groups.at(-1)?.label === texts.entry.tests) : undefined
  const other = isInTests ? texts.entry.someUsesInTests : texts.entry.someUses
  // Names of files alone tell something only if they are all.
  if (title === undefined && groups.every(({ hasLines }) => !hasLines)) return []
  return fold(capital(title ?? other), blocks, 'usage')
}

/** The code that uses it by file: main code before tools, what is deprecated last. Empty if only its own file or tools do. */
function usersByFile(writing: Writing, component: Component): Referrers[] {
  const { repo } = writing
  const files = new Map<string, string[]>()
  for (const user of usingPlaces(writing, component)) push(files, repo.components.get(user)?.file ?? user, user)
  const rankOf = (path: string, users: readonly string[]): number =>
    (isLesser(repo, component, path) ? 2 : 0) + (users.every((user) => isOldUse(repo, user)) ? 1 : 0)
  const sorted = [...files]
    .map(([path, users]) => ({ path, users, rank: rankOf(path, users) }))
    .sort((a, b) => a.rank - b.rank || b.users.length - a.users.length || compareText(a.path, b.path))
  return sorted.every(({ path }) => isLesser(repo, component, path)) ? [] : sorted
}

/** Whether uses in a file of code are only named: in its own file, and in tools and benchmarks of what is not a tool. */
const isLesser = (repo: RepoIndex, { file }: Component, path: string): boolean =>
  path === file || (!isMain(path, repo) && isMain(file, repo))

/** Whether the user is deprecated. */
function isOldUse({ components }: RepoIndex, user: string): boolean {
  for (let at = components.get(user); at !== undefined; at = components.get(at.parent ?? ''))
    if (isDeprecated(at)) return true
  return false
}

/** The first files with lines that show a use, then the names of the others, except of tests. */
function shownIn(writing: Writing, component: Component, files: readonly Referrers[], maxLines: number): Shown {
  const { repo, texts } = writing
  const blocks: RootContent[] = []
  const codes = new Set<string>()
  const others: Inline[][] = []
  let [count, isWhole] = [0, files.length > 0]
  for (const [at, file] of files.entries()) {
    const isRead = at < MAX_READ_FILES && count < MAX_FILES
    const isShown = isRead && (maxLines !== MAX_LINES || !isLesser(repo, component, file.path))
    const { items, isAll } = isShown ? linesOf(writing, component, file, maxLines, codes) : { items: [], isAll: true }
    isWhole &&= isAll || items.length === 0
    if (items.length === 0) {
      if (!file.users.some((user) => isTestEnd(user, repo))) others.push(toFile(file.path))
      continue
    }
    blocks.push(paragraph(...toFile(file.path)), list(items))
    count++
  }
  if (others.length > 0) {
    const isCut = others.length > MAX_NAMED
    const names = [...join(others.slice(0, MAX_NAMED), texts.comma), ...(isCut ? [', …'] : [])]
    blocks.push(paragraph(...(count > 0 ? texts.entry.moreIn(names) : names)))
    isWhole &&= !isCut
  }
  return { blocks, isWhole, hasLines: count > 0 }
}

/**
 * The most informative lines of a file, in order.
 *
 * @param texts - The code of lines of other files, which is not repeated.
 * @returns Also whether they are all of its lines.
 */
function linesOf(
  writing: Writing,
  component: Component,
  { path, users }: Referrers,
  max: number,
  texts: Set<string>,
): { items: Inline[][]; isAll: boolean } {
  const { repo } = writing
  const uses = usesOf(writing, component)
  const byLine = new Map(users.flatMap((user) => uses.lines(user).map((use) => [use.line, { ...use, user }] as const)))
  const lines = [...byLine.values()].sort((a, b) => a.line - b.line)
  const best = tellingFirst(repo, component, path, lines)
    .map((use) => ({ ...use, text: shownCode(repo, path, use) }))
    .filter(({ text }) => !texts.has(text))
    .slice(0, max)
  for (const { text } of best) texts.add(text)
  const items = best
    .sort((a, b) => a.line - b.line)
    .map(({ line, name, user, text }) => {
      const within = repo.components.get(user)
      const isOfCode = within !== undefined && max > MAX_LINES_OF_TEST
      return [
        ...toLine(writing, path, { line, name }),
        ' ',
        { ...code(text), data: { isQuoted: true } },
        ...(isOfCode ? [' · ', ...toEntry(within)] : []),
      ]
    })
  return { items, isAll: best.length === lines.length && users.every((user) => uses.lines(user).length > 0) }
}

/** The number of a line, linked. */
export function toLine({ sources }: Writing, path: string, { line, name }: Pick<UseLine, 'line' | 'name'>): Inline[] {
  return name === null ? sources.place(path, line, line, String(line)) : sources.mention(path, line, name, String(line))
}
