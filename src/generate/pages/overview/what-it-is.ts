/** Writes what the overview begins with: what the repository is. */

import type { BlockContent } from 'mdast'
import { purposeOf } from '#generate/pages/module/purpose.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { ownWords } from './introduce.ts'

const MAX_CHARS = 3_000

/** The introduction, otherwise the purpose of the first module. */
export function whatItIs(writing: Writing): BlockContent[] {
  const own = ownWords(writing)
  if (own.length > 0) return own.flatMap(({ words, path }) => docBlocks(writing, words, path, MAX_CHARS))
  const [first] = writing.root.children
  return first === undefined || first.isBeside === true ? [] : (purposeOf(writing, first)?.blocks ?? [])
}
