/** The table of modules: what each holds, and where to start. Every module has a row. */

import type { RootContent } from 'mdast'
import type { Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isIntroduction } from '#generate/pages/overview/introduce.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { isCode, isTest } from '#generate/pages/repo-index.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { hasDefinitions } from '#generate/pages/tops.ts'
import { testSubjects } from '#generate/pages/usage/test-subjects.ts'
import { few, languageName, NOT_CODE } from '#generate/pages/words.ts'
import { byWeight, toFile, type Writing, within } from '#generate/pages/writing.ts'
import { type Inline, paragraph, plainText, refLink, strong, table } from '#markdown/build.ts'
import { holdingsOf } from './holdings.ts'
import { mainNames, withHeads } from './main-names.ts'
import { isBareCommand, isOnlyNames } from './names-of-files.ts'
import { ownWords } from './own-words.ts'
import { statedStart } from './start-with.ts'
import { isToolSettings } from './tool-settings.ts'

/** Minimum number of words of a description that may repeat the introduction. */
const MIN_WORDS = 5
/** Limit on the parts or files that are named in the row of a module without a description. */
const MAX_PARTS = 4
/** Limit on the languages of a module of files without definitions. */
const MAX_LANGUAGES = 3

/** Folders such as `.devcontainer`, which set up tools. */
const HIDDEN = /(?:^|\/)\.[^/]/

/**
 * A table of modules with their descriptions, otherwise with what they hold, and the definition to start with. Hidden folders are
 * left to the sidebar.
 */
export function moduleTable(writing: Writing, all: readonly Module[]): RootContent[] {
  const modules = all.filter(({ path }) => !HIDDEN.test(path))
  if (modules.length === 0) return []
  const { heads } = writing.texts.module
  const isOverview = all === writing.root.children
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
  const told = withoutRepeats(
    rows,
    modules,
    (module) => withoutWords(writing, module),
    (module) => partsOf(writing, module),
  )
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
export function withoutWords(writing: Writing, module: Module): Inline[] {
  const { children, files } = module
  if (children.length > 0) return partsOf(writing, module)
  const tested = files.every((path) => isTest(path, writing.repo)) ? testedBy(writing, files) : []
  if (tested.length > 0) return tested
  // A few scripts among many documents are not what a folder holds.
  if (files.length > MAX_PARTS && codeOf(writing, files).length * 2 < files.length)
    return [countsByLanguage(writing, files)]
  const names = mainNames(writing, files)
  return names.length > 0 ? names : partsOf(writing, module)
}

const codeOf = ({ repo }: Writing, files: readonly string[]): string[] =>
  files.filter((path) => !NOT_CODE.test(repo.files.get(path)?.language ?? ''))

/** `Tests map.rs, set.rs and 3 more`: the files that tests are about, those of most tests first. */
function testedBy(writing: Writing, files: readonly string[]): Inline[] {
  const { repo, texts } = writing
  const counts = new Map<string, number>()
  const subjects = files.flatMap((path) => testSubjects(writing, path)).filter((one) => isCode(repo.files.get(one)))
  for (const to of subjects) counts.set(to, (counts.get(to) ?? 0) + 1)
  if (counts.size === 0) return []
  const targets = byWeight(counts).map((to) => toFile(to))
  const [first = '', ...rest] = texts.module.fileAlsoUses(few(targets, MAX_PARTS, texts), true, true)
  return typeof first === 'string' ? [first.trimStart(), ...rest] : [first, ...rest]
}

/** The parts of a module, or its files with what their comments say; those without come later, empty ones last. */
function partsOf(writing: Writing, { children, path: folder, files }: Module): Inline[] {
  const { repo, texts } = writing
  const written = codeOf(writing, files)
  const wordsOf = (path: string): Inline[] => {
    const words = isToolSettings(path) ? [] : ownWords(writing, path)
    return isIntroduction(writing, plainText(paragraph(...words))) ? [] : words
  }
  const said = new Map(written.map((path) => [path, wordsOf(path)]))
  const saidOf = (path: string): Inline[] => said.get(path) ?? []
  // A few of many files do not describe the whole.
  const isSaid = written.filter((path) => saidOf(path).length > 0).length * 2 >= written.length
  const rank = (path: string): number => (isSaid && saidOf(path).length > 0 ? 0 : hasDefinitions(repo, path) ? 1 : 2)
  const labelOf = (path: string): Inline[] => {
    const words = isSaid ? saidOf(path) : []
    return [...toFile(path, within(folder, path)), ...(words.length === 0 ? [] : [' (', ...words, ')'])]
  }
  const parts =
    children.length > 0
      ? children.map(({ id, title }): Inline[] => [refLink(refTo.module(id), title)])
      : (written.length > 0 ? written : files).toSorted((a, b) => rank(a) - rank(b)).map(labelOf)
  return few(parts, MAX_PARTS, texts)
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

/**
 * Two rows with the same text would say nothing of either: they get their names instead. These, and rows without words, get the
 * last words, which may be equal.
 */
export function withoutRepeats<T>(
  rows: readonly Inline[][][],
  of: readonly T[],
  names: (one: T) => Inline[],
  last: (one: T) => Inline[],
): Inline[][][] {
  const at = (words: (one: T) => Inline[]) => (index: number) => {
    const one = of[index]
    return one === undefined ? [] : words(one)
  }
  return replaced(replaced(rows, at(names), false), at(last), true)
}

function replaced(rows: readonly Inline[][][], instead: (at: number) => Inline[], areEmptyToo: boolean): Inline[][][] {
  const textOf = (holds: readonly Inline[]): string => plainText(paragraph(...holds))
  const counts = new Map<string, number>()
  for (const [, holds = []] of rows) counts.set(textOf(holds), (counts.get(textOf(holds)) ?? 0) + 1)
  return rows.map(([name = [], holds = [], ...others], at) => {
    const isMeant = holds.length === 0 ? areEmptyToo : (counts.get(textOf(holds)) ?? 0) > 1
    return [name, isMeant ? instead(at) : holds, ...others]
  })
}
