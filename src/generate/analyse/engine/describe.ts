/** The third pass: signatures, docs, flags and visibility of declarations. */

import { hasStringOfLines } from '#base/end-of-quote.ts'
import { attributesIn } from '#generate/attributes.ts'
import { docOf, isOneOfSeveral } from './declaration-doc.ts'
import { withDeprecation } from './deprecation.ts'
import { D, Flag, NONE, VISIBILITIES, WHERE } from './facts.ts'
import { type FactsDraft, FUNCTIONS, HOLDERS, LOCALS } from './facts-draft.ts'
import { isMarkedHidden } from './hidden-marks.ts'
import type { MatchRecord, Part } from './records.ts'
import { shortSignature } from './short-signature.ts'

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
  const modifiers = [attributes, ...(record.modifiers ?? []).map(({ start, end }) => draft.comments.flat(start, end))]
    .join(' ')
    .trim()
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
  const doc = withDeprecation(docOf(draft, record, index, { comments, from, head }), modifiers)
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
  // Behind syntax that the grammar does not know, the header goes on into the body.
  const [after = ''] = (header.split(WHERE)[1] ?? '').split(' {', 1)
  const bounds = [...boundsIn(header), after].filter((one) => one !== '').join(', ')
  const shown = bounds.length > MAX_BOUNDS ? `${bounds.slice(0, bounds.lastIndexOf(', ', MAX_BOUNDS) + 1)} …` : bounds
  const condition = bounds === '' ? '' : `${WHERE}${shown}`
  draft.decls.set(index, D.signature, draft.strings.add([names.join('\n'), condition].join('')))
}

/** The bounds on the type parameters of a Rust `impl`: `T: Send` of `impl<T: Send, const N: usize> Run for Plan<T, N>`. */
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
