/** The table of modules: what each is for, and where to start. */

import type { RootContent } from 'mdast'
import type { Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join, paragraph, plainText, refLink, strong, table } from '#markdown/build.ts'
import { modulePurpose } from './module-purpose.ts'
import { statedStart } from './start-with.ts'

/** Folders such as `.devcontainer`, which set up tools. */
const HIDDEN = /(?:^|\/)\.[^/]/

/**
 * Modules with a sentence; if there are none, those with a place to start. Hidden folders and modules of one stray file without a
 * sentence are left to the sidebar.
 */
export function moduleTable(writing: Writing, all: readonly Module[]): RootContent[] {
  const modules = all.filter(({ path }) => !HIDDEN.test(path))
  const { heads } = writing.texts.module
  const rows = withoutSharedWords(
    modules.map((module) => ({
      module,
      words: modulePurpose(writing, module),
      start: statedStart(writing, module),
    })),
  )
  const described = rows.filter(({ words }) => words.length > 0)
  const isTold = described.length > 0
  const started = (isTold ? described : rows).filter(({ start }) => start !== null)
  const told = isTold ? described : started
  const hasStarts = started.length > 0 && started.length * 2 >= told.length
  const others = rows.filter((row) => !told.includes(row))
  const cells = told.map(({ module, words, start }): Inline[][] => [
    [refLink(refTo.module(module.id), strong(module.title))],
    ...(isTold ? [words] : []),
    ...(hasStarts ? [start === null ? [] : toUsersEntry(writing, start)] : []),
  ])
  const columns = heads.filter((_, at) => at === 0 || (at === 1 ? isTold : hasStarts))
  const named = others
    .filter(({ module: { isBeside, children, files } }) => isBeside !== true || children.length > 0 || files.length > 1)
    .map(({ module }): Inline[] => [refLink(refTo.module(module.id), module.title)])
  return [...(cells.length === 0 ? [] : [table(columns, cells)]), ...alsoHere(writing, named, cells.length > 0)]
}

/** Rows without the sentences that several of them share, which would distinguish none. */
export function withoutSharedWords<Row extends { words: Inline[] }>(rows: readonly Row[]): Row[] {
  const textOf = ({ words }: Row): string => plainText(paragraph(...words))
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(textOf(row), (counts.get(textOf(row)) ?? 0) + 1)
  return rows.map((row) => (counts.get(textOf(row)) === 1 ? row : { ...row, words: [] }))
}

/** One line of links. @param isBelow - Whether it continues a table. */
export function alsoHere({ texts }: Writing, links: Inline[][], isBelow: boolean): RootContent[] {
  if (links.length === 0) return []
  const line = join(links, texts.comma)
  return [paragraph(...(isBelow ? texts.module.alsoHere(line) : line))]
}
