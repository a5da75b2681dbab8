/** The third pass: signatures, docs, flags and visibility of declarations. */

import { hasStringOfLines } from '#base/end-of-quote.ts'
import { packDoc } from '#generate/analyse/doc-comment.ts'
import { attributesIn } from '#generate/attributes.ts'
import { isBanner } from './comment-headings.ts'
import { isAboutSeveral, isHeading, isOnlyTitle, resolveGroupTitle } from './declaration-groups.ts'
import { withDeprecation } from './deprecation.ts'
import { isMarkedApart } from './doc-lines.ts'
import { D, type DeclKind, Flag, NONE, VISIBILITIES, WHERE } from './facts.ts'
import { type FactsDraft, FUNCTIONS, HOLDERS, LOCALS } from './facts-draft.ts'
import { isMarkedHidden } from './hidden-marks.ts'
import { trailingWords } from './plain-lines.ts'
import type { MatchRecord, Part } from './records.ts'
import { shortSignature } from './short-signature.ts'

/** Kinds that often fit on one line, with a trailing comment. */
const DATA: ReadonlySet<DeclKind> = new Set<DeclKind>(['field', 'constant', 'variable', 'macro'])
/** Limit on the characters in which a string of several lines is looked for. */
const MAX_BROKEN = 2_000
/** Matches what marks a test: `@ParameterizedTest`, `[Fact]`, `#[tokio::test]`. */
const MARKS_TEST =
  /@(?:Parameterized|Repeated)?Test(?:Factory|Template)?\b|\[(?:\w{0,20}(?:Fact|Theory)|(?:Data)?TestMethod|(?:\w{1,40}::){0,3}(?:rs|wasm_bindgen_)?[Tt]est(?:Case\w{0,10})?|bench)\b/

export function describe(draft: FactsDraft, record: MatchRecord, index: number): void {
  const kind = draft.kindOf(index)
  addDocTypes(draft, record, index)
  if (kind === 'impl') describeBlock(draft, record, index)
  if (LOCALS.has(kind) || kind === 'impl' || kind === 'package') return
  const start = draft.decls.at(index, D.start)
  const before = partsBefore(draft, record, start)
  const head = before[0]?.start ?? start
  if (head < start) draft.decls.set(index, D.startLine, draft.lineAt(head))
  const { comments, attributes, from } = draft.comments.before(head)
  const parent = draft.decls.at(index, D.parent)
  const parentKind = parent === NONE ? undefined : draft.kindOf(parent)
  const isInFunction = parentKind !== undefined && !HOLDERS.has(parentKind)
  const name = draft.strings.all[draft.decls.at(index, D.name)] ?? ''
  const modifiers = [attributes, ...(record.modifiers ?? []).map((part) => draft.textOf(part))].join(' ').trim()
  const words = {
    kind,
    name,
    modifiers,
    header: headerOf(draft, record, start),
    hasBody: record.body !== undefined,
    bodyStart: bodyStartOf(draft, record),
    parent:
      parentKind === undefined
        ? null
        : {
            kind: parentKind,
            name: draft.strings.all[draft.decls.at(parent, D.name)] ?? '',
            isExported: (draft.decls.at(parent, D.flags) & Flag.exported) !== 0,
          },
    path: draft.path,
  }
  const { visibility, isExported, flags = 0 } = draft.rules.describe(words)
  const exported = isExported && !isInFunction ? Flag.exported : 0
  const test = MARKS_TEST.test(modifiers) ? Flag.test : 0
  draft.decls.set(index, D.flags, draft.decls.at(index, D.flags) | flags | exported | test)
  draft.decls.set(index, D.visibility, VISIBILITIES.indexOf(visibility))
  if (isInFunction) return
  if (isMarkedHidden(comments, modifiers, name))
    draft.decls.set(index, D.flags, draft.decls.at(index, D.flags) | Flag.hidden)
  const value = draft.text.slice(start, Math.min(record.end, start + MAX_BROKEN))
  const signature = shortSignature(draft.rules.signature?.(words) ?? words.header, kind, hasStringOfLines(value))
  draft.decls.set(index, D.signature, draft.strings.add(signature))
  const doc = withDeprecation(docFor(draft, record, index, { comments, from, head }), modifiers)
  if (doc !== null) draft.decls.set(index, D.doc, draft.strings.add(doc))
  const marks = attributesIn(modifiers)
  if (marks.length > 0) draft.decls.set(index, D.attributes, draft.strings.add(marks.join('\n')))
}

/** The supertypes that an `impl` or an extension states, as written, and the condition after them. */
function describeBlock(draft: FactsDraft, record: MatchRecord, index: number): void {
  // `impl !Send for A` states that it is not a supertype.
  const stated = [...(record.extends ?? []), ...(record.implements ?? [])]
    .filter(({ start }) => draft.text[start - 1] !== '!')
    .slice(0, MAX_STATED)
  if (stated.length === 0 || draft.comments.before(record.start).attributes.includes('#[cfg(test)]')) return
  const names = stated.map(({ start, end }) => draft.comments.flat(start, Math.min(end, start + MAX_STATED_NAME)))
  const header = headerOf(draft, record, record.start)
  const [, behind = ''] = header.split(WHERE)
  const bounds = [...boundsIn(header), behind].filter((one) => one !== '').join(', ')
  const shown = bounds.length > MAX_BOUNDS ? `${bounds.slice(0, bounds.lastIndexOf(', ', MAX_BOUNDS) + 1)} …` : bounds
  const condition = bounds === '' ? '' : `${WHERE}${shown}`
  draft.decls.set(index, D.signature, draft.strings.add([names.join('\n'), condition].join('')))
}

/** What the parameters of an `impl` of Rust must be: `T: Send` of `impl<T: Send, const N: usize> Run for Plan<T, N>`. */
function boundsIn(header: string): string[] {
  const open = /^(?:unsafe )?impl</.exec(header)?.[0].length ?? header.length
  const bounds: string[] = []
  for (let at = open, from = open, depth = 1; at < header.length && depth > 0; at++) {
    const sign = header[at] ?? ''
    if ('<(['.includes(sign)) depth++
    else if (')]'.includes(sign) || (sign === '>' && header[at - 1] !== '-')) depth--
    if (depth > 1 || (depth === 1 && sign !== ',')) continue
    bounds.push(header.slice(from, at).trim())
    from = at + 1
  }
  return bounds.filter((one) => /^\w{1,60}: (?!\?Sized$)/.test(one))
}

/** Limits on the supertypes of an `impl`, and on the characters of each and of their condition. */
const MAX_STATED = 50
const MAX_STATED_NAME = 160
const MAX_BOUNDS = 400

/**
 * The comment before a declaration, else the one after it. For data a trailing comment takes precedence over a plain
 * comment above, which may be a heading for several declarations.
 *
 * @param above.comments - The comments above, which begin at `from`; the declaration begins at `head`.
 */
function docFor(
  draft: FactsDraft,
  record: MatchRecord,
  index: number,
  { comments, from, head }: { comments: readonly string[]; from: number; head: number },
): string | null {
  const trailing = trailingDoc(draft, record, index)
  const isOneOfMany = DATA.has(draft.kindOf(index)) && draft.rules.isMarkedDoc?.(comments) === false
  const above = isBanner(comments) ? null : draft.comments.docOf(comments)
  const [, subject] = CALL.exec(above ?? '') ?? []
  // A comment that begins with the call of another function was separated from it.
  const before = subject === undefined || subject === draft.strings.all[draft.decls.at(index, D.name)] ? above : null
  const own = isOneOfMany
    ? (trailing ?? before)
    : isRemarked(draft, record, index, comments) && before !== null && trailing !== null
      ? `${before}\n\n${trailing}`
      : (before ?? trailing)
  const key = `${draft.decls.at(index, D.parent)} ${draft.kindOf(index)}`
  const end = Math.max(record.end, record.outer?.end ?? 0)
  const { group } = draft
  const isOfGroup = group !== undefined && comments.length === 0 && group.key === key
  if (isOfGroup && draft.comments.isDirectly(group.end, head)) {
    group.end = end
    if (group.title !== null) draft.group = resolveGroupTitle(draft, group, group.title, index)
    const shared = draft.group?.doc ?? null
    return own === null || shared === null || DATA.has(draft.kindOf(index)) ? (own ?? shared) : `${shared}\n\n${own}`
  }
  // A remark on one declaration of a group does not end the group.
  if (
    group?.doc != null &&
    group.key === key &&
    STARTS_IN_LOWER_CASE.test(comments[0] ?? '') &&
    draft.comments.isDirectly(group.end, from)
  ) {
    group.end = end
    return own
  }
  const isOwn = own !== null && own !== trailing
  const isPlural = isOwn && (draft.rules.isGroupDoc ?? isAboutSeveral)(own)
  if (isPlural && DATA.has(draft.kindOf(index))) return trailing
  const isTitle = isOwn && !isPlural && isSection(draft, record, index, comments)
  const isSentence = !isTitle && isOwn && !isPlural && isPlainAboveConstant(draft, index, comments)
  const words = isTitle || isSentence ? wordsOf(own) : []
  const title = isOwn && words.length > 0 ? { words, first: index, own, trailing, isSentence } : null
  draft.group = isPlural || title !== null ? { key, doc: isPlural ? own : null, end, title } : undefined
  return isTitle && isOnlyTitle(words) && FUNCTIONS.has(draft.kindOf(index)) ? trailing : own
}

/** `has_shape(types, err)` in a line of its own. */
const CALL = /^(\w{1,80})\([^()\n]{0,80}\)\n/

/** A comment that starts in lower case, so it is not the heading of another group. */
const STARTS_IN_LOWER_CASE = /^\/[/*][/*\s]{0,9}\p{Ll}/u

/** Whether a prototype below a plain comment may have a trailing remark that continues the comment. */
function isRemarked(draft: FactsDraft, record: MatchRecord, index: number, comments: readonly string[]): boolean {
  return (
    draft.kindOf(index) === 'function' && record.body === undefined && draft.rules.isMarkedDoc?.(comments) === false
  )
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

function addDocTypes(draft: FactsDraft, record: MatchRecord, index: number): void {
  const kind = draft.kindOf(index)
  if (draft.rules.docTypes === undefined || kind === 'parameter' || kind === 'typeparam') return
  const { comments } = draft.comments.before(draft.decls.at(index, D.start))
  const types = comments.length === 0 ? null : draft.rules.docTypes(comments)
  if (types === null) return
  const own = types.named.get(draft.strings.all[draft.decls.at(index, D.name)] ?? '') ?? types.own
  if (own !== null) draft.decls.set(index, D.docType, draft.strings.add(own))
  if (!FUNCTIONS.has(kind)) return
  for (let at = index + 1; at < draft.decls.rows && draft.decls.at(at, D.start) < record.end; at++) {
    if (draft.decls.at(at, D.parent) !== index || draft.kindOf(at) !== 'parameter') continue
    const type = types.named.get(draft.strings.all[draft.decls.at(at, D.name)] ?? '')
    if (type !== undefined) draft.decls.set(at, D.docType, draft.strings.add(type))
  }
}

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

/** The text from the start to the body, without the opening brace. */
function headerOf(draft: FactsDraft, record: MatchRecord, start: number): string {
  if (record.outer !== undefined && record.type !== undefined && isOneOfSeveral(draft, record)) {
    const type = elideBody(draft.comments.flat(start, record.type.end))
    return `${type} ${draft.comments.flat(record.start, record.end)}`
  }
  const end = record.body?.start ?? Math.max(record.end, record.outer?.end ?? 0)
  const text = draft.comments
    .flat(start, Math.max(start, end))
    .replace(/(?:(?<!\s)\s+)?(?:[{:;,]|(?<!:\[\])=>?)\s*$/, '')
  // In a statement with several declarations, modifiers and type precede the first.
  const before = partsBefore(draft, record, start).map((part) => draft.comments.flat(part.start, part.end))
  return [...before, text].join(' ')
}

function bodyStartOf({ comments }: FactsDraft, { body }: MatchRecord): string {
  return body === undefined ? '' : comments.flat(body.start, Math.min(body.end, body.start + MAX_BODY_START))
}

const MAX_BODY_START = 40

/** Elides everything from the first brace to the last. */
function elideBody(type: string): string {
  const open = type.indexOf('{')
  const close = type.lastIndexOf('}')
  return open < 0 || close < open ? type : `${type.slice(0, open)}{…}${type.slice(close + 1)}`
}

/** Whether a declaration shares its statement with others, like `b` in `int a, b, c`. */
function isOneOfSeveral({ text, comments }: FactsDraft, { start, end, type }: MatchRecord): boolean {
  if (type === undefined || type.end > start) return false
  return /^\s*,/.test(text.slice(end, end + 40)) || comments.flat(Math.max(type.end, start - 200), start).endsWith(',')
}

/** Modifiers and type that precede a declaration, as in a statement with several; in order. */
function partsBefore(draft: FactsDraft, record: MatchRecord, start: number): readonly Part[] {
  if (record.sub === 'parameter' || record.sub === 'local') return []
  const parts = [...(record.modifiers ?? []), ...(record.type === undefined ? [] : [record.type])]
  return parts
    .filter((part) => part.end <= start && !opensBetween(draft, part.end, start))
    .sort((a, b) => a.start - b.start)
}

const MAX_BETWEEN = 2_000

/**
 * Whether a block or a list opens in the range, so that the text before it belongs to the outer declaration:
 * `case class A(b: C)`.
 */
function opensBetween(draft: FactsDraft, from: number, to: number): boolean {
  if (to - from > MAX_BETWEEN) return true
  let depth = 0
  for (const character of draft.textOf({ start: from, end: to })) {
    if (character === '{' || character === '(') depth++
    else if (character === '}' || character === ')') depth--
  }
  return depth > 0
}
