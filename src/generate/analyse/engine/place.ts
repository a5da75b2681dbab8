/** The first pass over a file's records: gives each a row, and determines nesting by position. */

import { lowerBound } from '#base/binary-search.ts'
import { D, DECL_KINDS, type DeclKind, E, Flag, NONE, Op, S, Use } from './facts.ts'
import { type FactsDraft, FUNCTIONS, HOLDERS, LOCALS } from './facts-draft.ts'
import type { ImportItem } from './read-rules.ts'
import type { MatchRecord, Part } from './records.ts'

const OPS: Readonly<Record<string, number>> = {
  ref: Op.ref,
  member: Op.member,
  call: Op.call,
  new: Op.make,
  this: Op.this,
  super: Op.super,
  literal: Op.literal,
  cast: Op.cast,
  index: Op.index,
  pass: Op.pass,
  generic: Op.generic,
  array: Op.array,
  either: Op.either,
  element: Op.element,
  lambda: Op.lambda,
  tuple: Op.tuple,
  declared: Op.declared,
}

const KIND_NUMBERS = new Map<string, number>(DECL_KINDS.map((kind, number) => [kind, number]))
const HOISTED = 'attribute'
const FLAGS = new Map<string, number>(Object.entries(Flag))
const PLAIN = new Set<DeclKind>(['field', 'constant', 'variable'])

/** An enclosing declaration or scope. */
interface Open {
  readonly end: number
  readonly scope: number
  readonly decl: number
  /** The offset up to which types declared within a field's own type are siblings of the field. */
  readonly besideTo?: number
}

/** Give each record its row, scope and parent. */
export function place(draft: FactsDraft): void {
  const named = partsThatAreNames(draft)
  const declared = new Set(draft.records.map(({ main, name }) => (main === 'def' ? name?.id : undefined)))
  draft.scopes.add()
  const open: Open[] = [{ end: Number.POSITIVE_INFINITY, scope: 0, decl: NONE }]
  let skippedTo = -1
  for (const record of draft.records) {
    let around = open.at(-1)
    while (around !== undefined && around.end <= record.start && open.length > 1) {
      open.pop()
      around = open.at(-1)
    }
    if (around === undefined) break
    if (record.start < skippedTo || (record.main === 'ref' && named.has(record.id))) continue
    if (record.main === 'member' && declared.has(record.id)) continue
    switch (record.main) {
      case 'comment':
      case 'attribute':
        break
      case 'skip':
        skippedTo = record.end
        break
      case 'import':
        addImport(draft, record, around.scope)
        skippedTo = record.end
        break
      case 'package':
        draft.packageName = draft.textOf(record.name ?? record)
        skippedTo = record.end
        break
      case 'note':
        draft.notes.push(`${record.sub} ${draft.textOf(record.name ?? record)}`)
        break
      case 'scope':
        open.push({ end: record.end, scope: addScope(draft, around.scope, around.decl), decl: around.decl })
        break
      case 'def':
        open.push(addDecl(draft, record, open, around))
        break
      case 'lambda': {
        const scope = addScope(draft, around.scope, around.decl)
        draft.scopes.set(scope, S.expr, addExpr(draft, record, around.scope))
        open.push({ end: record.end, scope, decl: around.decl })
        break
      }
      case 'declared':
        draft.exprs.set(addExpr(draft, record, around.scope), E.left, around.decl)
        break
      default:
        addExpr(draft, record, around.scope)
    }
  }
}

/** The names of declarations and members are not uses. */
function partsThatAreNames(draft: FactsDraft): Set<number> {
  const named = new Set<number>()
  for (const { main, name, alias, type } of draft.records) {
    // An embedded field is named after its type, and uses it.
    if (name !== undefined && main !== 'ref' && name.id !== type?.id) named.add(name.id)
    if (alias !== undefined) named.add(alias.id)
  }
  return named
}

function addScope(draft: FactsDraft, parent: number, decl: number): number {
  const scope = draft.scopes.add()
  draft.scopes.set(scope, S.parent, parent)
  draft.scopes.set(scope, S.decl, decl)
  return scope
}

function addDecl(draft: FactsDraft, record: MatchRecord, open: readonly Open[], around: Open): Open {
  const index = draft.decls.add()
  draft.declRecords.push(record)
  const isHoisted = record.sub === HOISTED
  const kind = (isHoisted ? 'field' : record.sub === 'data' ? kindOfData(draft, around) : record.sub) as DeclKind
  const number = KIND_NUMBERS.get(kind)
  if (number === undefined) throw new Error(`unknown capture @def.${record.sub}`)
  const outside = record.start < (around.besideTo ?? 0) ? (open.at(-2) ?? around) : around
  const isFlat = draft.rules.hasFlatTypes === true && record.name !== undefined && HOLDERS.has(kind)
  const isOfFile = draft.rules.hasFileMacros === true && kind === 'macro'
  const holder = isOfFile
    ? (open[0] ?? outside)
    : isHoisted
      ? holderIn(draft, open)
      : isFlat
        ? outsideTypes(draft, open)
        : outside
  draft.decls.set(index, D.kind, number)
  draft.decls.set(index, D.parent, holder.decl)
  draft.decls.set(index, D.scope, holder.scope)
  const name = record.name === undefined ? '' : draft.textOf(record.name)
  draft.decls.set(index, D.name, draft.strings.add(draft.rules.plainName?.(name, kind) ?? name))
  const from =
    record.value !== undefined && LOCALS.has(kind)
      ? record.value.end
      : Math.max(record.name?.start ?? record.start, record.iterated?.end ?? 0)
  draft.decls.set(index, D.from, from)
  const start = record.outer?.start ?? record.start
  draft.decls.set(index, D.start, start)
  draft.decls.set(index, D.startLine, draft.lineAt(start))
  const end = Math.max(record.end, record.outer?.end ?? 0)
  draft.decls.set(index, D.end, end)
  draft.decls.set(index, D.endLine, draft.lineAt(Math.max(start, draft.lastCharacter(start, end))))
  let flags = 0
  for (const flag of record.flags ?? []) {
    const bit = FLAGS.get(flag)
    if (bit === undefined) throw new Error(`unknown capture @flag.${flag}`)
    flags |= bit
  }
  draft.decls.set(index, D.flags, flags)
  // The value of such a declaration may contain scopes, but opens none.
  if (LOCALS.has(kind) || isHoisted) return { end: record.start, scope: around.scope, decl: around.decl }
  // Uses in a field's type and value are uses by the field.
  if (PLAIN.has(kind)) {
    const scope = addScope(draft, outside.scope, index)
    moveUses(draft, record, outside.scope, scope)
    return { end: record.end, scope, decl: index, besideTo: record.type?.end ?? 0 }
  }
  const own = addScope(draft, around.scope, index)
  draft.decls.set(index, D.ownScope, own)
  if (record.outer !== undefined) moveUses(draft, record, around.scope, own)
  return { end: record.end, scope: own, decl: index }
}

/** Modifiers and a type that precede a declaration, as in a statement with several, belong to it. */
function moveUses(draft: FactsDraft, record: MatchRecord, from: number, scope: number): void {
  for (const part of [...(record.modifiers ?? []), record.type, record.value]) {
    if (part === undefined || part.start >= record.start) continue
    const { exprRecords } = draft
    const first = lowerBound(exprRecords.length, (at) => (exprRecords[at]?.record.start ?? 0) < part.start)
    for (let at = first; at < exprRecords.length; at++) {
      const expr = exprRecords[at]
      if (expr === undefined || expr.record.start >= part.end) break
      // Expressions inside a type declared here stay there.
      if (draft.exprs.at(expr.index, E.scope) !== from) continue
      draft.exprs.set(expr.index, E.scope, scope)
      const callee = draft.exprs.at(expr.index, E.left)
      if (callee !== NONE) draft.exprs.set(callee, E.scope, scope)
    }
  }
}

function kindOfData(draft: FactsDraft, around: Open): DeclKind {
  return around.decl !== NONE && FUNCTIONS.has(draft.kindOf(around.decl)) ? 'local' : 'variable'
}

/** The type that the innermost function belongs to, else the file. */
function holderIn(draft: FactsDraft, open: readonly Open[]): Open {
  for (let i = open.length - 1; i > 0; i--) {
    const one = open[i]
    if (one !== undefined && one.decl !== NONE && HOLDERS.has(draft.kindOf(one.decl))) {
      return { end: one.end, scope: draft.decls.at(one.decl, D.ownScope), decl: one.decl }
    }
  }
  return open[0] ?? { end: 0, scope: 0, decl: NONE }
}

/** The innermost declaration or scope that is not a type. */
function outsideTypes(draft: FactsDraft, open: readonly Open[]): Open {
  const isInType = ({ decl }: Open): boolean => decl !== NONE && HOLDERS.has(draft.kindOf(decl))
  return open.findLast((one) => !isInType(one)) ?? { end: 0, scope: 0, decl: NONE }
}

function addImport(draft: FactsDraft, record: MatchRecord, scope: number): void {
  const line = draft.lineAt(record.start)
  const read = draft.rules.readImports?.(
    draft.text.slice(record.start, Math.min(record.end, record.start + 20_000)),
    record.sub,
  )
  const alias = record.alias === undefined ? null : draft.textOf(record.alias)
  const words: ImportItem[] = read ?? [{ path: draft.textOf(record.name ?? record), alias }]
  for (const { path, alias: own = null, isWildcard = false, kind = record.sub } of words) {
    draft.imports.push({ path, alias: own, isWildcard, kind, scope, line })
  }
}

/** Uses keyed by the part of the capture after the dot. */
const USES: ReadonlyMap<string, number> = new Map([
  ['type', Use.type],
  ['annotation', Use.annotation],
  ['function', Use.function],
])

function addExpr(draft: FactsDraft, record: MatchRecord, scope: number): number {
  const op = OPS[record.main]
  if (op === undefined) throw new Error(`capture @${record.main} is not an expression`)
  // A call with both parts named also gets a row for its callee.
  let callee = NONE
  if (record.main === 'call' && record.name !== undefined) {
    callee = draft.exprs.add()
    draft.exprs.set(callee, E.op, record.left === undefined ? Op.ref : Op.member)
    draft.exprs.set(callee, E.name, draft.strings.add(draft.textOf(record.name)))
    draft.exprs.set(callee, E.start, record.name.start)
    draft.exprs.set(callee, E.scope, scope)
    draft.exprs.set(callee, E.use, Use.call)
  }
  const index = draft.exprs.add()
  draft.exprs.set(index, E.op, op)
  draft.exprs.set(index, E.start, record.start)
  draft.exprs.set(index, E.scope, scope)
  draft.exprs.set(index, E.use, USES.get(record.sub) ?? Use.value)
  if (callee !== NONE) draft.exprs.set(index, E.left, callee)
  const name = nameOf(record)
  if (name !== undefined)
    draft.exprs.set(index, E.name, draft.strings.add(typeof name === 'string' ? name : draft.textOf(name)))
  draft.byNode[record.id] = index
  draft.exprRecords.push({ record, index })
  return index
}

/** The name of an expression: a part, the kind of capture, or the whole node. */
function nameOf(record: MatchRecord): Part | MatchRecord | string | undefined {
  switch (record.main) {
    case 'ref':
      return record.name ?? record
    case 'member':
      return record.name
    case 'literal':
    case 'pass':
      return record.sub
    default:
      return undefined
  }
}
