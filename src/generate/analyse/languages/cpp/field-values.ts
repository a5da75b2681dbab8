/**
 * Assigns uses in the initializer of a field, `int size = f();`, to the field instead of the class.
 */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import { D, D_WIDTH, DECL_KINDS, E, E_WIDTH, type FileFacts, NONE, S, S_WIDTH } from '#generate/analyse/engine/facts.ts'

const FIELD = DECL_KINDS.indexOf('field')

interface Field {
  readonly from: number
  readonly end: number
  readonly scope: number
}

export function assignFieldValues({ decls, scopes, exprs }: FileFacts): void {
  const fields = fieldsByScope(decls, scopes)
  if (fields.size === 0) return
  for (let at = 0; at < exprs.length; at += E_WIDTH) {
    const own = fields.get(exprs[at + E.scope] ?? NONE)
    const start = exprs[at + E.start] ?? NONE
    const field = own === undefined ? undefined : lastFrom(own, start)
    if (field !== undefined && start < field.end) exprs[at + E.scope] = field.scope
  }
}

/** The fields declared in a scope, in their order. */
function fieldsByScope(decls: Int32Array, scopes: Int32Array): Map<number, Field[]> {
  const fields = new Map<number, Field[]>()
  for (let at = 0; at < scopes.length; at += S_WIDTH) {
    const row = (scopes[at + S.decl] ?? NONE) * D_WIDTH
    if (row < 0 || decls[row + D.kind] !== FIELD) continue
    const parent = scopes[at + S.parent] ?? NONE
    push(fields, parent, { from: decls[row + D.from] ?? 0, end: decls[row + D.end] ?? 0, scope: at / S_WIDTH })
  }
  for (const own of fields.values()) own.sort((a, b) => a.from - b.from)
  return fields
}

/** The last field that begins before an offset. */
function lastFrom(fields: readonly Field[], offset: number): Field | undefined {
  return fields[lowerBound(fields.length, (index) => (fields[index]?.from ?? 0) <= offset) - 1]
}
