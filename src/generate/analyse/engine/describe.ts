/** The third pass: what a reader is told of a declaration, and what the language's rules say of it. */

import { type FactsDraft, FUNCTIONS, HOLDERS, LOCALS } from './draft.ts'
import { D, Flag, NONE, VISIBILITIES } from './facts.ts'
import type { MatchRecord, Part } from './records.ts'

export function describe(draft: FactsDraft, record: MatchRecord, index: number): void {
  const kind = draft.kindOf(index)
  addDocTypes(draft, record, index)
  if (LOCALS.has(kind) || kind === 'impl' || kind === 'package') return
  const start = draft.decls.at(index, D.start)
  const before = partsBefore(record, start)
  const head = before[0]?.start ?? start
  if (head < start) draft.decls.set(index, D.startLine, draft.lineAt(head))
  const { comments, attributes } = draft.comments.before(head)
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
  draft.decls.set(index, D.flags, draft.decls.at(index, D.flags) | flags | exported)
  draft.decls.set(index, D.visibility, VISIBILITIES.indexOf(visibility))
  if (isInFunction) return
  const signature = (draft.rules.signature?.(words) ?? words.header).slice(0, 500)
  draft.decls.set(index, D.signature, draft.strings.add(signature))
  const doc = draft.comments.docOf(comments) ?? trailingDoc(draft, record)
  if (doc !== null) draft.decls.set(index, D.doc, draft.strings.add(doc))
}

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

/** What stands behind a body of several lines says what ended: `} // namespace detail`. */
function trailingDoc(draft: FactsDraft, record: MatchRecord): string | null {
  const hasLongBody = record.body !== undefined && draft.lineAt(record.body.start) < draft.lineAt(record.body.end - 1)
  return draft.rules.hasTrailingDocs === true && !hasLongBody
    ? draft.comments.docOf(draft.comments.after(Math.max(record.end, record.outer?.end ?? 0)))
    : null
}

/** From the start to the body, without what opens it. */
function headerOf(draft: FactsDraft, record: MatchRecord, start: number): string {
  const end = record.body?.start ?? Math.max(record.end, record.outer?.end ?? 0)
  const text = draft.comments.flat(start, Math.max(start, end)).replace(/\s*(?:[{:;,]|=>?)\s*$/, '')
  // One of several of a statement: modifiers and the type stand before the first.
  const before = partsBefore(record, start).map((part) => draft.comments.flat(part.start, part.end))
  return [...before, text].join(' ')
}

export function fileDoc(draft: FactsDraft): string | null {
  let firstDeclaration = Number.POSITIVE_INFINITY
  let firstCode = Number.POSITIVE_INFINITY
  for (const record of draft.records) {
    if (record.main === 'comment' || record.main === 'attribute') continue
    firstCode = Math.min(firstCode, record.outer?.start ?? record.start)
    if (record.main !== 'def') continue
    firstDeclaration = record.outer?.start ?? record.start
    break
  }
  return draft.comments.ofFile(firstDeclaration, firstCode)
}

/** Modifiers and type of a field that stand before it, as in a statement of several; in order. */
function partsBefore(record: MatchRecord, start: number): readonly Part[] {
  if (record.sub === 'parameter' || record.sub === 'local') return []
  const parts = [...(record.modifiers ?? []), ...(record.type === undefined ? [] : [record.type])]
  return parts.filter((part) => part.end <= start).sort((a, b) => a.start - b.start)
}
