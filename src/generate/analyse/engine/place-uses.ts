/** Sets position, block and order of evaluation of each name that a file uses. */

import { orderOf } from '#generate/analyse/blocks/order.ts'
import { placesOfNodes } from '#generate/analyse/blocks/tree-places.ts'
import type { Matches } from '#generate/analyse/load-matcher.ts'
import type { FileBlocks } from '#generate/file-blocks.ts'
import type { Place } from '#generate/formats/lines.ts'
import { D, type DeclKind, E, NONE, Op } from './facts.ts'
import { type FactsDraft, FUNCTIONS, LOCALS } from './facts-draft.ts'

/** Kinds of declarations that contain no components. */
const BODIES: ReadonlySet<DeclKind> = new Set<DeclKind>([...FUNCTIONS, 'field', 'constant', 'variable', 'macro'])

export function placeUses(draft: FactsDraft, matches: Matches, language: string): FileBlocks {
  const placeAt = (offset: number): Place => draft.lines.placeAt(offset)
  const places = placesOfNodes(draft.parsed, matches, language, componentNodes(draft), placeAt)
  const rows: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  const calls = endsOfCalls(draft)
  const add = (row: number, at: number, end: number): void => {
    rows.push(row)
    starts.push(at)
    ends.push(calls[row] || end)
  }
  for (const { record, index } of draft.exprRecords) {
    if (record.main === 'ref' || record.main === 'member') {
      const { start, end } = record.name ?? record
      add(index, start, end)
    } else if (record.main === 'this' || record.main === 'super') {
      add(index, record.start, record.end)
    } else if (record.main === 'call' && record.name !== undefined) {
      const callee = draft.exprs.at(index, E.left)
      if (callee !== NONE) add(callee, record.name.start, record.end)
    }
  }
  const { order, block } = orderOf(starts, ends, places)
  for (let number = 0; number < rows.length; number++) {
    const row = rows[number] ?? 0
    draft.exprs.set(row, E.at, starts[number] ?? 0)
    draft.exprs.set(row, E.order, order[number] ?? 0)
    draft.exprs.set(row, E.block, block[number] ?? NONE)
  }
  return places.blocks
}

/** The end of the call for each callee; 0 for other expressions. */
function endsOfCalls({ exprs, exprRecords }: FactsDraft): Uint32Array {
  const ends = new Uint32Array(exprs.rows)
  for (const { record, index } of exprRecords) {
    if (record.main !== 'call' && record.main !== 'new') continue
    let callee = exprs.at(index, E.left)
    for (let depth = 0; callee !== NONE && depth < 50; depth++) {
      const op = exprs.at(callee, E.op)
      if (op !== Op.pass && op !== Op.generic) break
      callee = exprs.at(callee, E.left)
    }
    if (callee !== NONE) ends[callee] = record.end
  }
  return ends
}

/**
 * Nodes of declarations outside functions and values. Not those of instance variables: calls in an assignment belong to
 * its function.
 */
function componentNodes(draft: FactsDraft): Set<number> {
  const nodes = new Set<number>()
  const { decls, declRecords } = draft
  const isInside: boolean[] = []
  for (const [index, { id, name, sub }] of declRecords.entries()) {
    const parent = decls.at(index, D.parent)
    isInside[index] = parent !== NONE && (isInside[parent] === true || BODIES.has(draft.kindOf(parent)))
    if (!isInside[index] && name !== undefined && sub !== 'attribute' && !LOCALS.has(draft.kindOf(index))) nodes.add(id)
  }
  return nodes
}
