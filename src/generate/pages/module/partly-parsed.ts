/** Marks files that could be parsed only in part, so that some definitions and uses are missing. */

import type { RootContent } from 'mdast'
import type { Analysis } from '#generate/model.ts'
import { capital } from '#generate/pages/texts/say.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, paragraph } from '#markdown/build.ts'

const known = new WeakMap<Analysis['reports'], ReadonlySet<string>>()

function isPartlyParsed({ analysis: { reports } }: Writing, path: string): boolean {
  const failed = known.get(reports) ?? new Set(reports.flatMap((report) => report.failed))
  known.set(reports, failed)
  return failed.has(path)
}

/** The description of a file in a table, with a note if it was parsed only in part. */
export function withParsing(writing: Writing, path: string, words: Inline[]): Inline[] {
  return words.length > 0 && isPartlyParsed(writing, path) ? [...words, ' · ', writing.texts.module.unparsed] : words
}

/** The note at the top of the section or page of such a file. */
export function parsingNote(writing: Writing, path: string): RootContent[] {
  const { texts } = writing
  return isPartlyParsed(writing, path) ? [paragraph(capital(texts.module.unparsed) + texts.stop)] : []
}
