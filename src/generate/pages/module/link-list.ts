/** Lists files or modules that no sentence describes, with the names of what they define. */

import type { RootContent } from 'mdast'
import { comparableName } from '#generate/pages/comparable-name.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, join, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { linksTo, namedIn } from './names-in-files.ts'

/** Maximum number of links on one line, without names. */
const MAX_ON_LINE = 12
/** Maximum number of items shown before the rest is collapsed: below a table, and without one. */
const [MAX_BELOW, MAX_ALONE] = [12, 60]

export interface ListedLink {
  link: Inline[]
  /** Its files, whose definitions are named. */
  files: readonly string[]
  /** Its name, which is not repeated. */
  name: string
}

/**
 * A line of links if they are few and define nothing worth naming, otherwise a list.
 *
 * @param isBelow - Whether it continues a table.
 */
export function linkList(writing: Writing, links: readonly ListedLink[], isBelow: boolean): RootContent[] {
  const { texts } = writing
  if (links.length === 0) return []
  const rows = links.map((one) => ({ link: one.link, names: namesIn(writing, one) }))
  if (rows.length <= MAX_ON_LINE && rows.every(({ names }) => names.length === 0)) {
    const line = join(
      rows.map(({ link }) => link),
      texts.comma,
    )
    return [paragraph(...(isBelow ? texts.module.alsoHere(line) : line))]
  }
  const items = rows.map(({ link, names }): Inline[] => (names.length === 0 ? link : [...link, texts.colon, ...names]))
  const max = isBelow ? MAX_BELOW : MAX_ALONE
  const end = items.length === max + 1 ? items.length : max
  const left = items.slice(end)
  return [
    list(items.slice(0, end)),
    ...(left.length === 0 ? [] : fold(texts.module.moreFiles(left.length), [list(left)])),
  ]
}

/** The most important definitions; empty if the link already has their only name. */
function namesIn(writing: Writing, { files, name }: ListedLink): Inline[] {
  const found = namedIn(writing, files)
  const own = comparableName(nameOf(name).replace(/\.\w+$/, ''))
  return found.every((each) => comparableName(each.name) === own) ? [] : linksTo(writing, found)
}
