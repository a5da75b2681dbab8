/** The table of modules: what each holds, and where to start. Every module has a row. */

import type { RootContent } from 'mdast'
import type { Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isIntroduction } from '#generate/pages/overview/introduce.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { few, languageName, NOT_CODE } from '#generate/pages/words.ts'
import { byWeight, toFile, type Writing, within } from '#generate/pages/writing.ts'
import { type Inline, paragraph, plainText, refLink, strong, table } from '#markdown/build.ts'
import { holdingsOf } from './holdings.ts'
import { mainNames, withHeads } from './main-names.ts'
import { isBareCommand, isOnlyNames } from './names-of-files.ts'
import { statedStart } from './start-with.ts'

/** Minimum number of words of a description that may repeat the introduction. */
const MIN_WORDS = 5
/** Limit on the parts or files that are named in the row of a module without a description. */
const MAX_PARTS = 4
/** Limit on the languages of a module of files without definitions. */
const MAX_LANGUAGES = 3

/** A table of modules with their descriptions, otherwise with what they hold, and the definition to start with. */
export function moduleTable(writing: Writing, modules: readonly Module[]): RootContent[] {
  const { heads } = writing.texts.module
  const isOverview = modules === writing.root.children
  const rows = modules.map((module): Inline[][] => {
    const first = statedStart(writing, module)
    const start = first === null ? [] : toUsersEntry(writing, first)
    const holds = holdingsOf(writing, module)
    const text = plainText(paragraph(...holds))
    const isOfModule = module.title !== writing.subject.name && text.split(/[^\w.-]+/).includes(module.title)
    const isLong = text.split(' ').length >= MIN_WORDS
    // It may equal the definition beside it, or the introduction of the overview.
    const isRepeated =
      text === plainText(paragraph(...start)) || (isOverview && isLong && !isOfModule && isIntroduction(writing, text))
    const saysNothing = holds.length === 0 || isRepeated || isBareCommand(writing, holds)
    const instead = saysNothing ? withoutWords(writing, module) : []
    const words = instead.length > 0 ? instead : isOnlyNames(writing, holds) ? withHeads(writing, holds) : holds
    return [[refLink(refTo.module(module.id), strong(module.title))], words, start]
  })
  const told = withoutRepeats(rows, modules, (module) => withoutWords(writing, module))
  // A column of mostly empty cells helps nobody.
  const starts = told.filter(([, , start = []]) => start.length > 0).length
  const hasStarts = starts > 0 && starts * 2 >= modules.filter(({ isBeside }) => isBeside !== true).length
  return [
    table(
      heads.slice(0, hasStarts ? 3 : 2),
      told.map((row) => row.slice(0, hasStarts ? 3 : 2)),
    ),
  ]
}

/** What a module without a description holds: its parts, its main definitions, or its files. */
export function withoutWords(writing: Writing, { children, path: folder, files }: Module): Inline[] {
  const { repo, texts } = writing
  if (children.length > 0)
    return few(
      children.map(({ id, title }) => [refLink(refTo.module(id), title)]),
      MAX_PARTS,
      texts,
    )
  const written = files.filter((path) => !NOT_CODE.test(repo.files.get(path)?.language ?? ''))
  // A few scripts among many documents are not what a folder holds.
  if (files.length > MAX_PARTS && written.length * 2 < files.length) return [countsByLanguage(writing, files)]
  const names = mainNames(writing, files)
  if (names.length > 0) return names
  return few(
    (written.length > 0 ? written : files).map((path) => toFile(path, within(folder, path))),
    MAX_PARTS,
    texts,
  )
}

/** `Markdown, 38 files · Python, 3 files`: the languages of most files. */
function countsByLanguage({ repo, texts }: Writing, files: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const path of files) {
    const language = repo.files.get(path)?.language ?? ''
    counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  return byWeight(counts)
    .slice(0, MAX_LANGUAGES)
    .map((language) => {
      const name = language === '' ? capital(texts.other) : languageName(language, texts)
      return name + texts.comma + texts.files(counts.get(language) ?? 0)
    })
    .join(' · ')
}

/** Two rows with the same text would say nothing of either: they get their names instead, or nothing if these are the same, too. */
export function withoutRepeats<T>(
  rows: readonly Inline[][][],
  of: readonly T[],
  names: (one: T) => Inline[],
): Inline[][][] {
  return withoutEqual(
    withoutEqual(rows, (at) => (of[at] === undefined ? [] : names(of[at]))),
    () => [],
  )
}

function withoutEqual(rows: readonly Inline[][][], instead: (at: number) => Inline[]): Inline[][][] {
  const textOf = (holds: readonly Inline[]): string => plainText(paragraph(...holds))
  const counts = new Map<string, number>()
  for (const [, holds = []] of rows) counts.set(textOf(holds), (counts.get(textOf(holds)) ?? 0) + 1)
  return rows.map(([name = [], holds = [], ...others], at) => {
    const isRepeated = holds.length > 0 && (counts.get(textOf(holds)) ?? 0) > 1
    return [name, isRepeated ? instead(at) : holds, ...others]
  })
}
