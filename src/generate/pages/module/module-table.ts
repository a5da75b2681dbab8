/** Writes the table of modules with their purposes and where to start. */

import type { RootContent } from 'mdast'
import { type Module, modulesOf } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { separateModules } from '#generate/pages/page-order.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, paragraph, plainText, refLink, strong, table } from '#markdown/build.ts'
import { type ListedLink, linkList } from './link-list.ts'
import { modulePurpose } from './module-purpose.ts'
import { statedStart } from './start-with.ts'

/**
 * Modules with a sentence; if there are none, those with a place to start. If those are a small part of the code that is neither
 * tests nor tools, there are only links.
 */
export function moduleTable(writing: Writing, all: readonly Module[]): RootContent[] {
  const { own, aside } = separateModules(all, writing.inventory)
  const { heads } = writing.texts.module
  const rows = withoutSharedWords(
    own.map((module) => ({
      module,
      words: modulePurpose(writing, module),
      start: statedStart(writing, module),
    })),
  )
  const described = rows.filter(({ words }) => words.length > 0)
  const hasDescriptions = described.length > 0
  const started = (hasDescriptions ? described : rows).filter(({ start }) => start !== null)
  const main = rows.filter(({ module }) => module.isBeside !== true)
  const shown = ofMost(writing, hasDescriptions ? described : started, main.length > 0 ? main : rows, ({ module }) =>
    modulesOf(module).flatMap(({ files }) => files),
  )
  const hasStarts = started.length > 0 && started.length * 2 >= shown.length
  const others = [...rows.filter((row) => !shown.includes(row)).map(({ module }) => module), ...aside]
  const cells = shown.map(({ module, words, start }): Inline[][] => [
    [refLink(refTo.module(module.id), strong(module.title))],
    ...(hasDescriptions ? [words] : []),
    ...(hasStarts ? [start === null ? [] : toUsersEntry(writing, start)] : []),
  ])
  const columns = heads.filter((_, at) => at === 0 || (at === 1 ? hasDescriptions : hasStarts))
  const named = others
    .filter(({ isBeside, children, files }) => isBeside !== true || children.length > 0 || files.length > 1)
    .map(toListed)
  return [...(cells.length === 0 ? [] : [table(columns, cells)]), ...linkList(writing, named, cells.length > 0)]
}

/** A module as an item of a list; the definitions of what is beside the main code are not named. */
export const toListed = (module: Module): ListedLink => ({
  link: [refLink(refTo.module(module.id), module.title)],
  files: module.isBeside === true ? [] : modulesOf(module).flatMap(({ files }) => files),
  name: module.title,
})

/** The described rows, or none if the main ones among them are less than a third of all main rows and of their lines. */
export function ofMost<Row>(
  { repo }: Writing,
  shown: readonly Row[],
  main: readonly Row[],
  filesOf: (row: Row) => readonly string[],
): readonly Row[] {
  const part = main.filter((row) => shown.includes(row))
  const linesOf = (rows: readonly Row[]): number =>
    rows.flatMap(filesOf).reduce((sum, path) => sum + (repo.files.get(path)?.lines ?? 0), 0)
  return part.length * 3 >= main.length || linesOf(part) * 3 >= linesOf(main) ? shown : []
}

/** Rows without sentences that occur more than once, because these do not distinguish modules. */
export function withoutSharedWords<Row extends { words: Inline[] }>(rows: readonly Row[]): Row[] {
  const textOf = ({ words }: Row): string => plainText(paragraph(...words))
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(textOf(row), (counts.get(textOf(row)) ?? 0) + 1)
  return rows.map((row) => (counts.get(textOf(row)) === 1 ? row : { ...row, words: [] }))
}
