/** Lists the definitions of a file that have no text and that no package exports: one line each, in place of entries. */

import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { optionsOf } from '#generate/pages/commands/command-line.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { isExported } from '#generate/pages/public-api/public-names.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { exampleOfUse } from '#generate/pages/usage/example-of-use.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, list, oneLine, paragraph } from '#markdown/build.ts'
import { aliasOf } from './alias-of.ts'
import { withAsync } from './async-head.ts'
import type { EntryDepth } from './entry.ts'
import { isDocumented } from './entry-details.ts'
import { placeMembers } from './entry-members.ts'
import { relationsOf } from './inheritance.ts'
import { boundMethod, docSource } from './inherited-doc.ts'
import { assignedProperties } from './outside-bases.ts'
import { returnedShape } from './returned-shape.ts'

/** Limit on a signature, in characters. */
const MAX_SIGNATURE = 120
const MAX_LISTED = 1_000

/** Whether a definition without members has no text and no example, no package exports it, and nothing inherits from it. */
export function isUndescribed(writing: Writing, component: Component): boolean {
  if (isExported(writing, component) || writing.repo.members.has(component.id)) return false
  if (relationsOf(writing, component).length > 0 || hasText(writing, component)) return false
  return exampleOfUse(writing, component).length === 0
}

function hasText(writing: Writing, component: Component): boolean {
  const { repo } = writing
  return (
    isDocumented(component) ||
    docSource(repo, component) !== undefined ||
    boundMethod(repo, component) !== undefined ||
    aliasOf(repo, component) !== undefined ||
    readmeDescription(writing, component) !== null ||
    returnedShape(repo, component) !== undefined ||
    assignedProperties(repo, component).length > 0 ||
    optionsOf(writing, component).length > 0
  )
}

/** Links to a definition lead to its line. */
export function writeUndescribed(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  depth: EntryDepth,
): void {
  if (components.length === 0) return
  const { texts } = writing
  const title = heading(depth, texts.file.withoutDescription)
  const shown = components.slice(0, MAX_LISTED)
  const lines = list(shown.map((one) => writing.sources.definition(one, code(shortSignature(writing, one)))))
  for (const [index, one] of components.entries()) placeMembers(writing, draft, one, lines.children[index] ?? title)
  const left = components.length - shown.length
  append(draft.blocks, [title, lines, ...(left === 0 ? [] : [paragraph(texts.more(left))])])
}

function shortSignature({ repo }: Writing, component: Component): string {
  const { name, signature } = component
  const line = oneLine(withAsync(repo, component, signature === '' ? name : signature))
  return line.length > MAX_SIGNATURE ? `${line.slice(0, MAX_SIGNATURE - 1).trimEnd()}…` : line
}
