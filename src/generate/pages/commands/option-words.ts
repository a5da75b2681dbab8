/** Finds the description of an option without help text: in the usage text of the program, and in documents. */

import { memoizedByText } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { CommandOption, SourceFile } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { folderOf, README } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { Fences } from '#markdown/fences.ts'
import { helpRows, type UsageRow, usageIn } from './usage-text.ts'

const MAX_CHARS = 300_000
/** Limit on the headings in documents; more of them are about something else. */
const MAX_HEADINGS = 3
const HISTORY = /(?:^|\/)(?:change|history|news|release|migrat|upgrad)/i

/** Text from the usage text of its file, or a sentence of a document; empty if there is none. */
export function optionWords(writing: Writing, option: CommandOption): Inline[] {
  const { options } = usageIn(writing.repo.files.get(option.file))
  const said = option.names.flatMap((name) => options.get(name) ?? [])[0] ?? helpRowOf(writing, option)?.text
  return said !== undefined ? [said] : option.isArgument ? [] : documented(writing, option)
}

/** The row of the help text in a file next to the one that reads the option. */
export function helpRowOf(writing: Writing, { file, names }: CommandOption): UsageRow | undefined {
  const rows = rowsIn(writing, folderOf(file))
  return names.flatMap((name) => rows.get(bare(name)) ?? [])[0]
}

/** Rows by name without dashes, since packages that accept one dash also accept two. */
const rowsIn = memoizedByText(({ repo }: Writing, folder): ReadonlyMap<string, UsageRow> => {
  const found = new Map<string, UsageRow>()
  for (const file of repo.files.values()) {
    if (folderOf(file.path) !== folder || !isMain(file.path, repo)) continue
    for (const row of helpRows(file))
      for (const name of row.names) if (!found.has(bare(name))) found.set(bare(name), row)
  }
  return found
})

export const bare = (name: string): string => name.replace(/^-+/, '')

type Mentions = ReadonlyMap<string, readonly { heading: string; line: string }[]>
const known = new WeakMap<Writing, Mentions>()

/** The line of a document that names the option, with the heading above: `pep 585 rewrites: Unless it is passed.`. */
function documented(writing: Writing, { names }: CommandOption): Inline[] {
  const mentions = known.get(writing) ?? mentionsIn(writing.inventory.files)
  known.set(writing, mentions)
  const all = names.flatMap((name) => mentions.get(name) ?? [])
  const [first] = all
  const headings = [...new Set(all.map(({ heading }) => heading))]
  if (first === undefined || headings.length > MAX_HEADINGS) return []
  const sentence = docSentence(first.line)
  if (sentence === null) return []
  return first.heading === '' ? sentence : [headings.join(writing.texts.comma), writing.texts.colon, ...sentence]
}

/** The lines of prose that contain an option as inline code. */
function mentionsIn(files: readonly SourceFile[]): Mentions {
  const found = new Map<string, { heading: string; line: string }[]>()
  for (const file of files) {
    const { path, text } = file
    if (!README.test(path) || !isDocument(file) || HISTORY.test(path)) continue
    const fences = new Fences()
    let heading = ''
    for (const line of text?.slice(0, MAX_CHARS).split('\n') ?? []) {
      if (fences.isCode(line.trimStart())) continue
      if (/^#{1,6} /.test(line)) heading = line.replace(/^#+ |[`*]/g, '').trim()
      else if (line.length < 400)
        for (const [, name = ''] of line.matchAll(/`(--?[A-Za-z][\w-]{0,60})(?=[` =])/g)) {
          push(found, name, { heading, line: line.replace(/^\s*(?:[-*+]|\d+\.)\s+/, '').trim() })
        }
    }
  }
  return found
}
