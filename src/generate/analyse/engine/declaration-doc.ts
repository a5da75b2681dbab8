/** Chooses the doc comment of a declaration from the comments above and after it, which may describe a group of declarations. */

import { packDoc } from '#generate/analyse/doc-comment.ts'
import { isBanner } from './comment-headings.ts'
import { isAboutSeveral, isHeading, isOnlyTitle, resolveGroupTitle } from './declaration-groups.ts'
import { isMarkedApart } from './doc-lines.ts'
import { D, type DeclKind } from './facts.ts'
import { type DeclarationGroup, type FactsDraft, FUNCTIONS } from './facts-draft.ts'
import { trailingWords } from './plain-lines.ts'
import type { MatchRecord } from './records.ts'

/** Kinds that often fit on one line, with a trailing comment. */
const DATA: ReadonlySet<DeclKind> = new Set<DeclKind>(['field', 'constant', 'variable', 'macro'])

/** The comments above a declaration, which begin at `from`; the declaration begins at `head`. */
interface Above {
  readonly comments: readonly string[]
  readonly from: number
  readonly head: number
}

/** The declaration's own doc, without that of a group, and its trailing comment, which may be part of it. */
interface OwnDoc {
  readonly own: string | null
  readonly trailing: string | null
}

/** The doc of a declaration, and the group that the next declaration may continue. */
interface GroupedDoc {
  readonly doc: string | null
  readonly group: DeclarationGroup | undefined
}

/** The declaration's own doc, with that of the group that it continues. */
export function docOf(draft: FactsDraft, record: MatchRecord, index: number, above: Above): string | null {
  const ownDoc = ownDocOf(draft, record, index, above.comments)
  const key = `${draft.decls.at(index, D.parent)} ${draft.kindOf(index)}`
  const end = Math.max(record.end, record.outer?.end ?? 0)
  const { doc, group } =
    continueGroup(draft, index, above, ownDoc, { key, end }) ??
    startGroup(draft, record, index, above, ownDoc, { key, end })
  draft.group = group
  return doc
}

/**
 * The comment before a declaration, else the one after it. For data a trailing comment takes precedence over a plain
 * comment above, which may be a heading for several declarations.
 */
function ownDocOf(draft: FactsDraft, record: MatchRecord, index: number, comments: readonly string[]): OwnDoc {
  const trailing = trailingDoc(draft, record, index)
  const before = docAbove(draft, index, comments)
  const isPlain = draft.rules.isMarkedDoc?.(comments) === false
  const kind = draft.kindOf(index)
  if (isPlain && DATA.has(kind)) return { own: trailing ?? before, trailing }
  // A trailing remark continues the plain comment above a prototype.
  const isPrototype = kind === 'function' && record.body === undefined
  if (isPlain && isPrototype && before !== null && trailing !== null)
    return { own: `${before}\n\n${trailing}`, trailing }
  const isRemark = FUNCTIONS.has(kind) && ON_ARGUMENTS.test(trailing ?? '')
  return { own: before ?? (isRemark ? null : trailing), trailing }
}

/** The doc comment above, unless it begins with the call of another function, from which it was separated. */
function docAbove(draft: FactsDraft, index: number, comments: readonly string[]): string | null {
  const above = isBanner(comments) ? null : draft.comments.docOf(comments)
  const [, subject] = CALL.exec(above ?? '') ?? []
  return subject === undefined || subject === draft.strings.all[draft.decls.at(index, D.name)] ? above : null
}

/** `has_shape(types, err)` in a line of its own, or before a colon. */
const CALL = /^(\w{1,80})\([^()\n]{0,80}\)(?:\n| {0,3}:(?!:))/
/** A remark on the arguments of a function that does not say what it does: `accepts NULL`. */
const ON_ARGUMENTS = /^(?:accepts?|can(?:not)?|could|may|must|needs?|only|requires?|should|will)\b/

/** `undefined` if the declaration does not belong to the group before it. */
function continueGroup(
  draft: FactsDraft,
  index: number,
  { comments, from, head }: Above,
  { own }: OwnDoc,
  { key, end }: Pick<DeclarationGroup, 'key' | 'end'>,
): GroupedDoc | undefined {
  const previous = draft.group
  if (previous === undefined || previous.key !== key) return undefined
  const continued = { ...previous, end }
  if (comments.length === 0 && draft.comments.isDirectly(previous.end, head)) {
    const { title } = continued
    const group = title === null ? continued : resolveGroupTitle(draft, continued, title, index)
    const isBoth = own !== null && group.doc !== null && !DATA.has(draft.kindOf(index))
    return { doc: isBoth ? `${group.doc}\n\n${own}` : (own ?? group.doc), group }
  }
  // A remark on one declaration of a group does not end the group.
  const isRemark =
    previous.doc !== null &&
    STARTS_IN_LOWER_CASE.test(comments[0] ?? '') &&
    draft.comments.isDirectly(previous.end, from)
  return isRemark ? { doc: own, group: continued } : undefined
}

/** A comment that starts in lower case, so it is not the heading of another group. */
const STARTS_IN_LOWER_CASE = /^\/[/*][/*\s]{0,9}\p{Ll}/u

/** The doc of a declaration that may be the first of a group. */
function startGroup(
  draft: FactsDraft,
  record: MatchRecord,
  index: number,
  { comments }: Above,
  { own, trailing }: OwnDoc,
  { key, end }: Pick<DeclarationGroup, 'key' | 'end'>,
): GroupedDoc {
  if (own === null || own === trailing) return { doc: own, group: undefined }
  const kind = draft.kindOf(index)
  if ((draft.rules.isGroupDoc ?? isAboutSeveral)(own)) {
    if (DATA.has(kind)) return { doc: trailing, group: draft.group }
    return { doc: own, group: { key, doc: own, end, title: null } }
  }
  const isTitle = isSection(draft, record, index, comments)
  const words = isTitle || isPlainAboveConstant(draft, index, comments) ? wordsOf(own) : []
  const title = { words, first: index, own, trailing, isSentence: !isTitle }
  return {
    doc: isTitle && isOnlyTitle(words) && FUNCTIONS.has(kind) ? trailing : own,
    group: words.length > 0 ? { key, doc: null, end, title } : undefined,
  }
}

/** Maximum number of words in a title; a longer comment describes a single declaration. */
const MAX_SECTION_WORDS = 8

/** Whether a plain comment above data or a prototype may be the title of several, such as `// internal context`. */
function isSection(draft: FactsDraft, record: MatchRecord, index: number, comments: readonly string[]): boolean {
  const [only = '', ...others] = comments
  const kind = draft.kindOf(index)
  if (only === '' || others.length > 0 || (draft.rules.isMarkedDoc?.(comments) ?? isMarkedApart(only))) return false
  const words = only.replace(/^(?:\/[/*]{1,20}|#{1,20})|(?<!\*)\*{1,20}\/$/g, '').trim()
  if ((kind === 'type' || DATA.has(kind)) && isHeading(words, kind === 'type')) return true
  if (!DATA.has(kind) && (kind !== 'function' || record.body !== undefined)) return false
  const name = draft.strings.all[draft.decls.at(index, D.name)] ?? ''
  return !/[.!?:;=\n]/.test(words) && words.split(/\s+/).length <= MAX_SECTION_WORDS && !wordsOf(words).includes(name)
}

/** Whether a plain comment is above a constant or macro: a sentence there may be about all constants of a group. */
function isPlainAboveConstant(draft: FactsDraft, index: number, comments: readonly string[]): boolean {
  const kind = draft.kindOf(index)
  return (
    (kind === 'constant' || kind === 'macro') && !(draft.rules.isMarkedDoc?.(comments) ?? comments.some(isMarkedApart))
  )
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}_$]+/u).filter((word) => word !== '')

/** The trailing comment, unless it follows a long body and only names what ended: `} // namespace detail`. */
function trailingDoc(draft: FactsDraft, record: MatchRecord, index: number): string | null {
  const hasLongBody = record.body !== undefined && draft.lineAt(record.body.start) < draft.lineAt(record.body.end - 1)
  const { hasTrailingDocs = false } = draft.rules
  if (hasTrailingDocs === false || hasLongBody) return null
  const after = draft.comments.after(remarkedEnd(draft, record))
  if (hasTrailingDocs === true) return draft.comments.docOf(after)
  const words = DATA.has(draft.kindOf(index)) && after.length > 0 ? trailingWords(after) : ''
  return words === '' ? null : packDoc({ text: words, details: {} })
}

/** A trailing comment belongs to the last line of a statement, not to declarations on the lines above. */
function remarkedEnd(draft: FactsDraft, record: MatchRecord): number {
  const end = Math.max(record.end, record.outer?.end ?? 0)
  return isOneOfSeveral(draft, record) && draft.lineAt(record.end) < draft.lineAt(end) ? record.end : end
}

/** Whether a declaration shares its statement with others, like `b` in `int a, b, c`. */
export function isOneOfSeveral({ text, comments }: FactsDraft, { start, end, type }: MatchRecord): boolean {
  if (type === undefined || type.end > start) return false
  return /^\s*,/.test(text.slice(end, end + 40)) || comments.flat(Math.max(type.end, start - 200), start).endsWith(',')
}
