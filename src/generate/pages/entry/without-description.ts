/** Lists the definitions of a file without an entry: public ones with their signature, the others by name in one line. */

import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { optionsOf } from '#generate/pages/commands/command-line.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { describedIn } from '#generate/pages/readme/readme-descriptions.ts'
import { few } from '#generate/pages/words.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { heading, list, paragraph } from '#markdown/build.ts'
import { aliasOf } from './alias-of.ts'
import type { Detail, EntryDepth } from './entry.ts'
import { boundMethod, docSource } from './inherited-doc.ts'
import { hasSignatureRow, memberLine } from './member-line.ts'
import { nameWithMembers } from './name-with-members.ts'
import { isDescribed, isDescribedInside } from './own-words.ts'
import { placeMembers } from './place-members.ts'

const MAX_LISTED = 1_000

/** Whether nothing describes a definition: no text of its own, of its members or in documents. An example alone does not count. */
export function isUndescribed(writing: Writing, component: Component): boolean {
  return !hasText(writing, component) && !isDescribedInside(writing.repo, component)
}

function hasText(writing: Writing, component: Component): boolean {
  const { repo } = writing
  const found = describedIn(writing, component)
  const target = boundMethod(repo, component) ?? aliasOf(repo, component)
  return (
    isDescribed(repo, component) ||
    docSource(repo, component) !== undefined ||
    (target !== undefined && isDescribed(repo, target)) ||
    // A single sentence that only repeats the name does not count.
    (found !== undefined && (found.words !== null || /[.!?]\s/.test(found.paragraph ?? ''))) ||
    optionsOf(writing, component).length > 0
  )
}

/** A row for each with words or a signature, then each other name once, with the names of its public members. */
export function writeUndescribed(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  depth: EntryDepth,
  detail: Detail,
  words = writing.texts.file.alsoDefined,
): void {
  if (components.length === 0) return
  const { repo, texts } = writing
  const title = heading(depth, words)
  for (const one of components) placeMembers(writing, draft, one, title)
  const rows = components.filter((one) => isDescribed(repo, one) || hasSignatureRow(writing, one)).slice(0, MAX_LISTED)
  const shown = new Set(rows)
  const byTitle = new Map<string, Component[]>()
  for (const one of components) if (!shown.has(one)) push(byTitle, titleOf(one), one)
  const all = [...byTitle]
  // In a longer list, only the first names are links; all names that users can use are listed.
  const names = [
    ...all.slice(0, MAX_LISTED).map(([name, same]) => nameWithMembers(writing, same, name)),
    ...all
      .slice(MAX_LISTED)
      .filter(([, same]) => same.some((one) => isPublic(one, repo)))
      .map(([name, same]) => nameWithMembers(writing, same, name, false)),
  ]
  append(draft.blocks, [
    title,
    ...(rows.length === 0
      ? []
      : [list(rows.map((one) => memberLine(writing, isDescribed(repo, one) ? one : { ...one, doc: null }, detail)))]),
    ...(names.length === 0 ? [] : [paragraph(...few(names, names.length, texts, byTitle.size - names.length))]),
  ])
}
