/** Reads lines of source code, to quote them. */

import { memoized } from '#base/memoize.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { Lines } from '#generate/formats/lines.ts'
import type { SourceFile } from '#generate/model.ts'
import type { RepoIndex } from './repo-index.ts'

/** The offset of each line of a file, which takes less memory than its lines as strings. */
const startsOfLines = memoized(({ text }: SourceFile) => new Lines(text ?? '').starts)

/** Lines of a file, from 1, both ends included; empty for files without text. */
export function codeLines(
  { files }: Pick<RepoIndex, 'files'>,
  path: string,
  from: number,
  to: number,
): readonly string[] {
  const file = files.get(path)
  if (file?.text == null) return []
  const { text } = file
  const starts = startsOfLines(file)
  const lines: string[] = []
  for (let line = Math.max(0, from - 1); line < Math.min(to, starts.length); line++)
    lines.push(text.slice(starts[line], (starts[line + 1] ?? text.length + 1) - 1))
  return lines
}

/** The code between two offsets; '' for a file without text. */
export const codeBetween = ({ files }: Pick<RepoIndex, 'files'>, path: string, start: number, end: number): string =>
  files.get(path)?.text?.slice(start, end) ?? ''

/** Lines of code without the indentation that they share. */
export function linesOfBlock(repo: Pick<RepoIndex, 'files'>, path: string, from: number, to: number): string {
  return withoutMargin(codeLines(repo, path, from, to))
    .map((line) => line.trimEnd())
    .join('\n')
}

/** The offset of a position; `undefined` in a file without text, or if only parts of it are code, as in a notebook. */
export function offsetOf(
  { files }: Pick<RepoIndex, 'files'>,
  path: string,
  { line, column }: { line: number; column: number },
): number | undefined {
  const file = files.get(path)
  if (file?.text == null || file.language === 'notebook') return undefined
  const start = startsOfLines(file)[line - 1]
  return start === undefined ? undefined : start + column - 1
}
