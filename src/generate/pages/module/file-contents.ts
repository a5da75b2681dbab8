/** Says what a file holds, for its row in the table of a module's files: what it is for, or its main definitions. */

import { comparableName } from '#generate/pages/comparable-name.ts'
import { isHeader } from '#generate/pages/public-api/leading.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { filePurpose, mainOf } from './file-purpose.ts'
import { sentenceOn } from './main-definitions.ts'
import { linksTo, namedIn } from './names-in-files.ts'
import { shareIn, stemOf } from './subjects.ts'

/** Share of a file's lines above which its main definitions stand for the others. */
const MOST = 0.6

/**
 * The purpose of the file, otherwise the sentence of its main or most important definition, with the names of the others unless
 * they are a small part: `Plan: the orbits. Also: Burn, Orbit`. Empty if there is none.
 */
export function fileContents(writing: Writing, path: string): Inline[] {
  const words = filePurpose(writing, path)
  const main = mainOf(writing, path)
  // Functions that a header declares are components of their implementation, so the first of its own is a type they use.
  if (isHeader(nameOf(path)) || (words.length > 0 && textOf(words) !== textOf(main.words))) return words
  const named = namedIn(writing, [path])
  const own = named.find(({ name }) => comparableName(name) === stemOf(path))
  const of = words.length > 0 ? main.of : [...(own === undefined ? [] : [own]), ...named].slice(0, 1)
  const said = words.length > 0 ? words : of.flatMap((one) => sentenceOn(writing, one))
  const others = named.filter((one) => !of.includes(one))
  if (said.length === 0 || others.length === 0 || (words.length > 0 && shareIn(writing, path, of) > MOST)) return said
  return [
    ...said,
    '.!?…'.includes(textOf(said).at(-1) ?? '') ? ' ' : '. ',
    ...writing.texts.overview.also(linksTo(writing, others)),
  ]
}

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words)).trimEnd()
