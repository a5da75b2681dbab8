/** Marks files that could be parsed only in part, so that some definitions and uses are missing. */

import type { RootContent } from 'mdast'
import { memoized } from '#base/memoize.ts'
import type { Analysis } from '#generate/model.ts'
import { quoted } from '#generate/pages/quoted.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { paragraph } from '#markdown/build.ts'

const failedFiles = memoized((reports: Analysis['reports']) => new Set(reports.flatMap((report) => report.failed)))

function isPartlyParsed({ analysis: { reports } }: Writing, path: string): boolean {
  return failedFiles(reports).has(path)
}

/** The note below the entries of such a file. */
export function parsingNote(writing: Writing, path: string): RootContent[] {
  return isPartlyParsed(writing, path) ? [paragraph(...writing.texts.module.unparsed([quoted(nameOf(path))]))] : []
}
