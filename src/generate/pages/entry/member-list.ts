/** Writes members without an entry of their own as a list. `member-line.ts` writes the text of a line. */

import type { BlockContent, List } from 'mdast'
import type { Component } from '#generate/model.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { codeBlock, type Inline, list, paragraph } from '#markdown/build.ts'
import type { Detail } from './entry.ts'
import { detailBlocks, isDocumented } from './entry-details.ts'
import { fieldWords } from './field-words.ts'
import { isFunction, listedInside, memberLine, overloadsBelow } from './member-line.ts'
import { hasOwnWords, isLong } from './members-to-list.ts'
import { isTrivial } from './own-words.ts'
import { placeMembers } from './place-members.ts'

/** Limit on the comment of a value in a list, in characters; longer ones get a heading. */
export const MAX_VALUE_DOC = 800
/** Limit on the comment of an internal definition, in characters. */
const MAX_INTERNAL_DOC = 2_000
/** Limit on the depth of the nested lists of functions. */
const MAX_DEPTH = 2

/** One line per member, the target of links to it; the functions of a type are a list below its line. */
export function memberList(
  writing: Writing,
  draft: Draft,
  members: readonly Component[],
  detail: Detail,
  depth = 0,
): List {
  const lines = list(members.map((member) => memberItem(writing, member, detail)))
  for (const [index, member] of members.entries()) {
    const line = lines.children[index]
    placeMembers(writing, draft, member, line ?? null)
    const inside = depth === MAX_DEPTH ? [] : listedInside(writing, member, detail)
    if (inside.length > 0) line?.children.push(memberList(writing, draft, inside, detail, depth + 1))
  }
  return lines
}

/** The whole doc comment: one sentence in the line, anything longer below it. */
function memberItem(writing: Writing, whole: Component, detail: Detail): Inline[] | BlockContent[] {
  const words = fieldWords(writing.repo, whole)
  const { details: parts, ...rest } = whole
  const below = overloadsBelow(whole)
  const member: Component = {
    ...rest,
    doc: hasOwnWords(writing.repo, whole) ? words : null,
    ...(parts === undefined || isTrivial(whole) ? {} : { details: parts }),
  }
  const isValue = !isFunction(member) && !TYPES.has(member.kind)
  const inLine = below.length === 0 ? member : { ...member, overloads: [] }
  const language = writing.repo.files.get(member.file)?.language ?? null
  const details = [
    ...(below.length === 0 ? [] : [codeBlock(language, below.join('\n'))]),
    ...(isDocumented(member) ? (detailBlocks(writing, member) as BlockContent[]) : []),
  ]
  if (!isLong(member.doc) && details.length === 0) return memberLine(writing, inLine, detail)
  const max = isValue ? MAX_VALUE_DOC : MAX_INTERNAL_DOC
  return [
    paragraph(...memberLine(writing, isLong(member.doc) ? { ...inLine, doc: null } : inLine, detail)),
    ...(isLong(member.doc) ? docBlocks(writing, member.doc ?? '', member.file, max, member.id) : []),
    ...details,
  ]
}
