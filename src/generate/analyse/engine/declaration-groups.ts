/**
 * Decides whether the comment above several declarations describes all of them, the first one or none. A section title
 * describes none of them.
 */

import { D, NONE } from './facts.ts'
import type { DeclarationGroup, FactsDraft } from './facts-draft.ts'

/**
 * Called at the group's next declaration, `index`: decides whether the title describes the first, which it does if
 * one of its words is only in that one's name. Otherwise the title is removed from the first declaration: at the second,
 * or, if the title is a sentence, at the third.
 */
export function resolveGroupTitle(
  draft: FactsDraft,
  group: DeclarationGroup,
  title: NonNullable<DeclarationGroup['title']>,
  index: number,
): DeclarationGroup {
  const { words, first, own, trailing, isSentence } = title
  const [firstName, secondName] = [first, index].map((at) => draft.strings.all[draft.decls.at(at, D.name)] ?? '')
  const isFirst = isOfFirst(words, firstName ?? '', secondName ?? '')
  if (isSentence && !isFirst) return { ...group, title: { ...title, isSentence: false } }
  const isAlone = draft.strings.all[draft.decls.at(first, D.doc)] === own
  if (!isFirst && isAlone) draft.decls.set(first, D.doc, trailing === null ? NONE : draft.strings.add(trailing))
  return { ...group, doc: null, title: null }
}

/** Whether a comment above several declarations describes the first: one of its words is only in that one's name. */
export const isOfFirst = (words: readonly string[], first: string, second: string): boolean =>
  words.some((word) => holds(first, word) && !holds(second, word))

/** `These functions …`, `The following are not complete …` */
export const isAboutSeveral = (doc: string): boolean => /^(?:these|(?:all )?the following)\b/i.test(doc)

/** `Comparing`, `JSON Object`: words that can only be a title, also above a single function. */
export const isOnlyTitle = (words: readonly string[]): boolean =>
  words.length === 1 || words.every((word) => /^\p{Lu}/u.test(word))

/** `None of the above.`, `Used by streams.` */
const HEADING = /^(?:none of the \w{1,40}|used (?:only )?by (?:[\w-]{1,40} ){0,3}\w{1,40}s)\.?$/i
/** `Handle types.`: several, without a verb. */
const PLURAL = /^(?!.*\b(?:of|does|has)\b)(?:[\w-]{1,40} ){0,4}\w{1,40}[^\Wius]s\.?$/i

/** Whether a comment, also one with a full stop, is the title of several declarations. A type is never several. */
export const isHeading = (words: string, isType: boolean): boolean =>
  HEADING.test(words) || (isType && PLURAL.test(words))

/** Whether a name contains a word, ignoring case. */
const holds = (name: string, word: string): boolean =>
  word.length > 2 && name.toLowerCase().includes(word.toLowerCase())
