/** Lists files or modules that no sentence describes, with the names of what they define. */

import type { RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { refTo } from '#generate/pages/draft.ts'
import { leading } from '#generate/pages/public-api/leading.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated, isDiscouraged, isError, isMinor } from '#generate/pages/public-api/traits.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { code, type Inline, join, list, paragraph, refLink } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { isUsed } from './subjects.ts'

const MAX_NAMES = 4
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

/** The most important definitions that users or other files use, errors last; empty if the link already has their only name. */
function namesIn(writing: Writing, { files, name }: ListedLink): Inline[] {
  const { repo, texts } = writing
  const found = new Map<string, Component>()
  const all = leading(writing, files)
  for (const one of [...all.filter((one) => !isError(repo, one)), ...all.filter((one) => isError(repo, one))]) {
    const isUsual = !isMinor(one) && !isDeprecated(one) && !isDiscouraged(one)
    if (isUsual && !found.has(one.name) && (offerOf(writing, one) > 0 || isUsed(repo, one))) found.set(one.name, one)
  }
  const own = comparableName(nameOf(name).replace(/\.\w+$/, ''))
  if ([...found.keys()].every((each) => comparableName(each) === own)) return []
  const links = [...found].map(([each, { id }]): Inline[] => [refLink(refTo.component(id), code(each))])
  return few(links, MAX_NAMES, texts)
}
