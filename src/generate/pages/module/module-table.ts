/**
 * The table of modules: what each is for, and where to start. Those without a sentence are named in one line below; a table
 * of a few would say that they are what matters.
 */

import type { RootContent } from 'mdast'
import type { Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join, paragraph, plainText, refLink, strong, table } from '#markdown/build.ts'
import { modulePurpose } from './module-purpose.ts'
import { statedStart } from './start-with.ts'

/** There is a table if one module in so many has a sentence. */
const MIN_TOLD = 4
/** Folders such as `.devcontainer`, which set up tools. */
const HIDDEN = /(?:^|\/)\.[^/]/

/** Hidden folders and modules of one stray file without a sentence are left to the sidebar. */
export function moduleTable(writing: Writing, all: readonly Module[]): RootContent[] {
  const modules = all.filter(({ path }) => !HIDDEN.test(path))
  const { heads } = writing.texts.module
  const rows = modules.map((module) => {
    const start = statedStart(writing, module)
    return {
      module,
      words: modulePurpose(writing, module),
      start: start === null ? [] : toUsersEntry(writing, start),
    }
  })
  const own = withOwnWords(rows)
  const { told, others } = own.told.length * MIN_TOLD < rows.length ? { told: [], others: rows } : own
  const hasStarts = told.filter(({ start }) => start.length > 0).length * 2 >= told.length
  const cells = told.map(({ module, words, start }): Inline[][] => [
    [refLink(refTo.module(module.id), strong(module.title))],
    words,
    ...(hasStarts ? [start] : []),
  ])
  const named = others
    .filter(({ module: { isBeside, children, files } }) => isBeside !== true || children.length > 0 || files.length > 1)
    .map(({ module, start }): Inline[] => [
      refLink(refTo.module(module.id), module.title),
      ...(start.length > 0 ? [' (', ...start, ')'] : []),
    ])
  return [
    ...(cells.length === 0 ? [] : [table(heads.slice(0, hasStarts ? 3 : 2), cells)]),
    ...alsoHere(writing, named, cells.length > 0),
  ]
}

/** Rows with words that no other row has, and all others: the same words would say nothing of either. */
export function withOwnWords<Row extends { words: Inline[] }>(rows: readonly Row[]): { told: Row[]; others: Row[] } {
  const textOf = ({ words }: Row): string => plainText(paragraph(...words))
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(textOf(row), (counts.get(textOf(row)) ?? 0) + 1)
  const isTold = (row: Row): boolean => row.words.length > 0 && counts.get(textOf(row)) === 1
  return { told: rows.filter(isTold), others: rows.filter((row) => !isTold(row)) }
}

/** One line of links. @param isBelow - Whether it continues a table. */
export function alsoHere({ texts }: Writing, links: Inline[][], isBelow: boolean): RootContent[] {
  if (links.length === 0) return []
  const line = join(links, texts.comma)
  return [paragraph(...(isBelow ? texts.module.alsoHere(line) : line))]
}
