/** Writes the entry of a block of Go constants. */

import { append } from '#base/long-arrays.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { docSentence, type Writing, within } from '#generate/pages/writing.ts'
import { code, codeBlock, heading, type Inline, list, paragraph } from '#markdown/build.ts'
import type { Detail, EntryDepth } from './entry.ts'
import { placeMembers } from './entry-members.ts'
import type { IotaBlock } from './iota-blocks.ts'

const MAX_LINES = 60

/** Writes one line per constant, with its value and the first sentence of its comment; links to a constant lead there. */
export function writeIotaEntry(
  writing: Writing,
  draft: Draft,
  block: IotaBlock,
  detail: Detail,
  depth: EntryDepth,
): void {
  const { repo, sources, texts } = writing
  const { members, values, startLine, endLine } = block
  const [first, last] = [members[0], members.at(-1)]
  if (first === undefined || last === undefined) return
  const title = heading(depth, code(first.name), ' … ', code(last.name))
  const items = list(
    members.map((member, at): Inline[] => {
      const value = values[at] ?? null
      const sentence = detail.docChars > 0 ? docSentence(member.doc, true) : null
      return [
        ...sources.definition(member, code(member.name)),
        ...(value === null ? [] : [' = ', code(value)]),
        ...(sentence === null ? [] : [texts.colon, ...sentence]),
      ]
    }),
  )
  const { file } = first
  const label = texts.place(within(repo.leaves.get(file)?.path ?? '', file), startLine, endLine)
  const isOpen = values.includes(null) && endLine - startLine < MAX_LINES
  append(draft.blocks, [
    title,
    ...(isOpen ? [codeBlock('go', codeLines(repo, file, startLine, endLine).join('\n'))] : []),
    items,
    paragraph(...texts.entry.definedIn('constant', sources.place(file, startLine, endLine, label))),
  ])
  for (const [at, member] of members.entries()) placeMembers(writing, draft, member, items.children[at] ?? title)
}
