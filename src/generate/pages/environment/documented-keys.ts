/** Finds the headings and reStructuredText directives that describe configuration keys. */

import type { SourceFile } from '#generate/model.ts'
import { isDocument, sectionsOf } from '#generate/pages/readme/documents.ts'

/** A line with the name of a key. */
export interface KeyPlace {
  readonly name: string
  readonly file: string
  readonly line: number
}

/** Matches a reStructuredText directive for a key. */
const DIRECTIVE = /^\.\. (?:py:)?(?:data|confval|setting|describe)::\s+([A-Z][A-Z0-9_]{2,60})\s*$/gm

/** In order of files and lines, each key once per line. */
export function documentedKeys(files: readonly SourceFile[], wanted: ReadonlySet<string>): KeyPlace[] {
  return files.filter(isDocument).flatMap((file) => documentedIn(file).filter(({ name }) => wanted.has(name)))
}

function documentedIn(file: SourceFile): KeyPlace[] {
  const { text, path } = file
  if (text === null) return []
  const places: KeyPlace[] = sectionsOf(file).flatMap(({ title, line }) =>
    title === null ? [] : [{ name: title, file: path, line }],
  )
  if (/\.rst$/i.test(path)) {
    let [line, from] = [1, 0]
    for (const { index, 1: name = '' } of text.matchAll(DIRECTIVE)) {
      for (let at = text.indexOf('\n', from); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++
      from = Math.max(from, index)
      places.push({ name, file: path, line })
    }
  }
  const seen = new Set<string>()
  return places
    .sort((a, b) => a.line - b.line)
    .filter(({ name, line }) => !seen.has(`${line} ${name}`) && seen.add(`${line} ${name}`))
}
