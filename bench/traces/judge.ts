/** What the diagrams of a set say of calls, against a recording of what ran. */

import type { Component } from '#generate/model.ts'
import type { Recording } from './recording.ts'

/** The arrow of a diagram: ids of components. */
export interface Arrow {
  from: string
  to: string
}

export interface Verdict {
  /** Arrows between two components whose caller and callee the recording can know. */
  arrows: number
  seen: Arrow[]
  /** The caller never ran. */
  unrun: Arrow[]
  unseen: Arrow[]
  /** The functions that most tests pass through, and those of them that a diagram names. */
  busiest: string[]
  named: string[]
}

const BUSIEST = 10
/** A decorator stands before the line at which its function begins, or the other way round. */
const NEAR = 20

/** @param isCode - Whether a file is neither a test nor an example. */
export function judge(
  components: readonly Component[],
  isCode: (path: string) => boolean,
  arrows: readonly Arrow[],
  { functions, calls, passes }: Recording,
): Verdict {
  const inFile = new Map<string, Component[]>()
  for (const component of components) inFile.set(component.file, [...(inFile.get(component.file) ?? []), component])
  const ids = functions.map((one) => idOf(inFile, ...one))
  const classOf = new Map(
    components.flatMap(({ id, name, parent }) =>
      name === '__init__' && parent !== null ? [[id, parent] as const] : [],
    ),
  )
  /** A class stands for what runs when it is made. */
  const asClass = (id: string): string => classOf.get(id) ?? id
  const ran = new Set(ids.flatMap((id) => (id === undefined ? [] : [asClass(id)])))
  const edges = new Set<string>()
  for (const [caller, callee] of calls) {
    const [from, to] = [ids[caller], ids[callee]]
    if (from !== undefined && to !== undefined) edges.add(`${asClass(from)} ${asClass(to)}`)
  }
  const hasBody = new Set(classOf.values())
  const kinds = new Map(components.map(({ id, kind }) => [id, kind]))
  const canBeSeen = (id: string): boolean => kinds.get(id) !== 'class' || hasBody.has(id)
  const verdict: Verdict = { arrows: 0, seen: [], unrun: [], unseen: [], busiest: [], named: [] }
  const judged = new Set<string>()
  for (const arrow of arrows) {
    const key = `${asClass(arrow.from)} ${asClass(arrow.to)}`
    if (judged.has(key) || !canBeSeen(arrow.to) || !canBeSeen(arrow.from)) continue
    judged.add(key)
    verdict.arrows += 1
    if (edges.has(key)) verdict.seen.push(arrow)
    else if (ran.has(asClass(arrow.from))) verdict.unseen.push(arrow)
    else verdict.unrun.push(arrow)
  }
  const through = new Map<string, number>()
  for (const [index, id] of ids.entries()) {
    if (id === undefined || !isCode(functions[index]?.[0] ?? '')) continue
    through.set(asClass(id), Math.max(through.get(asClass(id)) ?? 0, passes[index] ?? 0))
  }
  const drawn = new Set(arrows.flatMap(({ from, to }) => [asClass(from), asClass(to)]))
  verdict.busiest = [...through]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, BUSIEST)
    .map(([id]) => id)
  verdict.named = verdict.busiest.filter((id) => drawn.has(id))
  return verdict
}

/**
 * The component whose code it is: a lambda and a comprehension belong to what is around them, a function with a name that
 * is made within another is none.
 */
function idOf(inFile: Map<string, Component[]>, file: string, line: number, name: string): string | undefined {
  const parts = name.split('.').filter((part) => part !== '<locals>')
  while (parts.at(-1)?.startsWith('<')) parts.pop()
  const qualified = parts.join('.')
  if (qualified === '') return undefined
  const same = (inFile.get(file) ?? []).filter(
    (one) =>
      one.qualifiedName === qualified &&
      ['function', 'method'].includes(one.kind) &&
      one.startLine - NEAR <= line &&
      line <= one.endLine,
  )
  return same.sort((a, b) => Math.abs(a.startLine - line) - Math.abs(b.startLine - line))[0]?.id
}
