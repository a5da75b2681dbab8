/** Finds the description of an option without help text in the usage text of the program. */

import { memoizedByText } from '#base/memoize.ts'
import type { CommandOption } from '#generate/model.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { helpRows, type UsageRow, usageIn } from './usage-text.ts'

/** Text from the usage text of its file, or of one next to it; empty if there is none. */
export function optionWords(writing: Writing, option: CommandOption): Inline[] {
  const { options } = usageIn(writing.repo.files.get(option.file))
  const said = option.names.flatMap((name) => options.get(name) ?? [])[0] ?? helpRowOf(writing, option)?.text
  return said === undefined ? [] : [said]
}

/** The row of the help text in a file next to the one that reads the option. */
export function helpRowOf(writing: Writing, { file, names }: CommandOption): UsageRow | undefined {
  const rows = rowsIn(writing, folderOf(file))
  return names.flatMap((name) => rows.get(bare(name)) ?? [])[0]
}

/** Rows by name without dashes, since packages that accept one dash also accept two. */
const rowsIn = memoizedByText(({ repo }: Writing, folder): ReadonlyMap<string, UsageRow> => {
  const found = new Map<string, UsageRow>()
  for (const file of repo.folders.get(folder) ?? []) {
    if (!isMain(file.path, repo)) continue
    for (const row of helpRows(file))
      for (const name of row.names) if (!found.has(bare(name))) found.set(bare(name), row)
  }
  return found
})

export const bare = (name: string): string => name.replace(/^-+/, '')
