/** Names the definitions of a file that nothing describes: one line of links, in place of entries. */

import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { optionsOf } from '#generate/pages/commands/command-line.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { few } from '#generate/pages/words.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { heading, paragraph } from '#markdown/build.ts'
import { aliasOf } from './alias-of.ts'
import type { EntryDepth } from './entry.ts'
import { placeMembers } from './entry-members.ts'
import { boundMethod, docSource } from './inherited-doc.ts'
import { nameWithMembers } from './name-with-members.ts'
import { isDescribed, isDescribedInside } from './own-words.ts'

const MAX_LISTED = 1_000

/** Whether nothing tells what a definition is for: no text of its own, of its members or of documents. An example alone does not. */
export function isUndescribed(writing: Writing, component: Component): boolean {
  return !hasText(writing, component) && !isDescribedInside(writing.repo, component)
}

function hasText(writing: Writing, component: Component): boolean {
  const { repo } = writing
  const target = boundMethod(repo, component) ?? aliasOf(repo, component)
  return (
    isDescribed(repo, component) ||
    docSource(repo, component) !== undefined ||
    (target !== undefined && isDescribed(repo, target)) ||
    readmeDescription(writing, component) !== null ||
    optionsOf(writing, component).length > 0
  )
}

/** Each name once, with those of its public members; links to a definition lead to the heading. */
export function writeUndescribed(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  depth: EntryDepth,
): void {
  if (components.length === 0) return
  const { texts } = writing
  const title = heading(depth, texts.file.alsoDefined)
  for (const one of components) placeMembers(writing, draft, one, title)
  const byTitle = new Map<string, Component[]>()
  for (const one of components) push(byTitle, titleOf(one), one)
  const names = [...byTitle].map(([name, same]) => nameWithMembers(writing, same, name))
  append(draft.blocks, [title, paragraph(...few(names, MAX_LISTED, texts))])
}
