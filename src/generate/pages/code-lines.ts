/** The few lines of source code that pages show as they are written: the only way from a page to the text of code. */

import type { SourceFile } from '#generate/model.ts'
import type { RepoIndex } from './repo-index.ts'

const known = new WeakMap<SourceFile, readonly string[]>()

/** Lines of a file, from 1, both ends included; empty where there is no text. */
export function codeLines(
  { files }: Pick<RepoIndex, 'files'>,
  path: string,
  from: number,
  to: number,
): readonly string[] {
  const file = files.get(path)
  if (file?.text == null) return []
  const lines = known.get(file) ?? file.text.split('\n')
  known.set(file, lines)
  return lines.slice(from - 1, to)
}

/** Whether a line holds a word that is no part of a longer one. */
export function lineNames(repo: RepoIndex, path: string, line: number, word: string): boolean {
  const [text = ''] = codeLines(repo, path, line, line)
  return wordAt(text, word) >= 0
}

/** Where a word first stands in a text, that is no part of a longer one; -1 where none does. */
export function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + (word.length || 1)))
    if (!WORD.test(text[at - 1] ?? '') && !WORD.test(text[at + word.length] ?? '')) return at
  return -1
}

const WORD = /[\p{L}\p{N}_$]/u
