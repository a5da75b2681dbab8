/** Says what a file holds, for its row in the table of a module's files: what it is for, or its main definitions. */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isHeader } from '#generate/pages/public-api/leading.ts'
import { isCodeEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { filePurpose, mainOf } from './file-purpose.ts'
import { sentenceOn } from './main-definitions.ts'
import { linksTo, MAX_NAMES, namedIn } from './names-in-files.ts'
import { shareIn, stemOf } from './subjects.ts'

/** Share of a file's lines below which the definitions that a row names do not stand for the file. */
const PART = 0.06
/** Minimum number of files that use a definition which stands for others, and how many times as many as use the next. */
const [MIN_USERS, TIMES] = [3, 2]

/**
 * The purpose of the file, otherwise the sentence of its main or most important definition, with the names of the
 * others: `Plan: the orbits. Also: Burn, Orbit`. Only names if none of many stands for the others. Empty if there
 * is none.
 */
export function fileContents(writing: Writing, path: string): Inline[] {
  const words = filePurpose(writing, path)
  const main = mainOf(writing, path)
  // Functions that a header declares are components of their implementation, so the first of its own is a type they use.
  if (isHeader(nameOf(path)) || (words.length > 0 && textOf(words) !== textOf(main.words))) return words
  const named = namedIn(writing, [path])
  // Of two names, the one that begins with that of the file.
  const isOwn = ({ name }: Component): boolean =>
    comparableName(name) === stemOf(path) || (named.length === 2 && comparableName(name).startsWith(stemOf(path)))
  const own = named.find(isOwn)
  const of = words.length > 0 ? main.of : [...(own === undefined ? [] : [own]), ...named].slice(0, 1)
  const said = words.length > 0 ? words : of.flatMap((one) => sentenceOn(writing, one))
  const others = named.filter((one) => !of.includes(one))
  const isIncidental = words.length === 0 && own === undefined && of.some((one) => !standsFor(writing, one, others))
  if (said.length > 0 && isIncidental) return others.length === 0 ? [] : linksTo(writing, named)
  if (said.length === 0 || others.length === 0) return said
  return [
    ...said,
    '.!?…'.includes(textOf(said).at(-1) ?? '') ? ' ' : '. ',
    ...writing.texts.overview.also(linksTo(writing, others)),
  ]
}

/** Whether the row of a file may begin with a definition: it names all others, or many more files use it than any other. */
function standsFor(writing: Writing, one: Component, others: readonly Component[]): boolean {
  const next = others.reduce((most, other) => Math.max(most, usersOf(writing.repo, other)), 0)
  const isMostUsed = usersOf(writing.repo, one) >= Math.max(MIN_USERS, TIMES * next)
  return (
    (others.length > 0 && isMostUsed) ||
    (others.length <= MAX_NAMES && shareIn(writing, one.file, [one, ...others]) >= PART)
  )
}

/** The number of other files whose code uses a definition. */
function usersOf(repo: RepoIndex, { id, file }: Component): number {
  const ends = [...(repo.users.get(id)?.keys() ?? [])].filter((end) => isCodeEnd(end, repo))
  const files = new Set(ends.map((end) => repo.components.get(end)?.file ?? end))
  return files.size - Number(files.has(file))
}

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words)).trimEnd()
