/** Writes a collapsed section on how a component is used: lines of code that call, create or extend it. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { type Component, compareText } from '#generate/model.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { shownCode } from './shown-code.ts'
import { tellingFirst } from './telling-lines.ts'
import { type Referrers, referrersOf } from './tests-and-examples.ts'
import { isTrivial, usageTitle, usingPlaces } from './usage-words.ts'
import { type UseLine, usesOf } from './use-lines.ts'

/** Limits on the files of the code, of the examples and of the tests, and on the lines of one of them. */
const MAX_FILES = 3
const MAX_LINES = 2
const MAX_LINES_OF_TEST = 1
/** Limit on the files that are searched for lines to show. */
const MAX_READ_FILES = 20

/** Files with lines that show a use; `left` counts those without. */
interface Shown {
  readonly blocks: RootContent[]
  readonly left: number
}

/** @param max - 0 on shortened pages, which leave it out. */
export function usageSection(writing: Writing, component: Component, max: number): RootContent[] {
  const { texts, repo } = writing
  // The members of a namespace have their own uses; those of code that is for tests only are not interesting.
  if (max === 0 || component.kind === 'namespace' || repo.inTests.has(component.id)) return []
  if (isTrivial(writing, component)) return []
  const { tests, examples } = referrersOf(writing, component)
  const inCode = shownIn(writing, component, usersByFile(writing, component), MAX_LINES)
  const inExamples = shownIn(writing, component, examples, MAX_LINES_OF_TEST)
  const inTests = shownIn(writing, component, tests, MAX_LINES_OF_TEST)
  const title = usageTitle(writing, component, {
    inCode: inCode.blocks.length > 0,
    inExamples: inExamples.blocks.length > 0,
    inTests: inTests.blocks.length > 0,
  })
  const groups = [
    { label: undefined, ...inCode },
    { label: texts.entry.examples, ...inExamples },
    { label: texts.entry.tests, ...inTests },
  ].filter((group) => group.blocks.length > 0)
  const blocks: RootContent[] = []
  for (const { label, blocks: own, left } of groups) {
    if (label !== undefined && groups.length > 1) blocks.push(paragraph(label))
    append(blocks, own)
    if (left > 0 && title.isWhole) blocks.push(paragraph(texts.module.moreFiles(left)))
  }
  return blocks.length === 0 ? [] : fold(capital(title.words), blocks, 'usage')
}

/** The code that uses it by file: that of other files first, main code before tools, what is deprecated last. */
function usersByFile(writing: Writing, component: Component): Referrers[] {
  const { repo } = writing
  const files = new Map<string, string[]>()
  for (const user of usingPlaces(writing, component)) push(files, repo.components.get(user)?.file ?? user, user)
  const rankOf = (path: string, users: readonly string[]): number =>
    (path === component.file ? 4 : 0) +
    (isMain(path, repo) ? 0 : 2) +
    (users.every((user) => isOldUse(repo, user)) ? 1 : 0)
  return [...files]
    .map(([path, users]) => ({ path, users, rank: rankOf(path, users) }))
    .sort((a, b) => a.rank - b.rank || b.users.length - a.users.length || compareText(a.path, b.path))
}

/** Whether the user is deprecated. */
function isOldUse({ components }: RepoIndex, user: string): boolean {
  for (let at = components.get(user); at !== undefined; at = components.get(at.parent ?? ''))
    if (isDeprecated(at)) return true
  return false
}

/** The first files with lines that show a use. Its own file shows one only if no other does. */
function shownIn(writing: Writing, component: Component, files: readonly Referrers[], maxLines: number): Shown {
  const blocks: RootContent[] = []
  const texts = new Set<string>()
  let count = 0
  for (const file of files.slice(0, MAX_READ_FILES)) {
    if (count === MAX_FILES || (count > 0 && file.path === component.file)) break
    const items = linesOf(writing, component, file, maxLines, texts)
    if (items.length === 0) continue
    blocks.push(paragraph(...toFile(file.path)), list(items))
    count++
  }
  return { blocks, left: files.length - count }
}

/**
 * The most informative lines of a file, in order.
 *
 * @param texts - The code of lines of other files, which is not repeated.
 */
function linesOf(
  writing: Writing,
  component: Component,
  { path, users }: Referrers,
  max: number,
  texts: Set<string>,
): Inline[][] {
  const { repo } = writing
  const uses = usesOf(writing, component)
  const byLine = new Map(users.flatMap((user) => uses.lines(user).map((use) => [use.line, { ...use, user }] as const)))
  const lines = [...byLine.values()].sort((a, b) => a.line - b.line)
  const best = tellingFirst(repo, component, path, lines)
    .map((use) => ({ ...use, text: shownCode(repo, path, use) }))
    .filter(({ text }) => !texts.has(text))
    .slice(0, max)
  for (const { text } of best) texts.add(text)
  return best
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
}

/** The number of a line, linked. */
export function toLine({ sources }: Writing, path: string, { line, name }: Pick<UseLine, 'line' | 'name'>): Inline[] {
  return name === null ? sources.place(path, line, line, String(line)) : sources.mention(path, line, name, String(line))
}
