/** Names the anonymous value of `module.exports = function () {}` after the name that importers give it. */

import { type Component, compareText } from '#generate/model.ts'
import { UNNAMED } from './declare-assigned.ts'
import type { ProgramEdges } from './link-request.ts'

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]{0,99}$/u
/** A name under which it is re-exported counts as much as this many imports. */
const REEXPORT_WEIGHT = 1_000

/** @returns The components and their members with the new names; ids are unchanged. */
export function nameExports(components: readonly Component[], edges: ProgramEdges['edges']): Component[] {
  const unnamed = new Set<string>()
  for (const { id, name, parent } of components) if (name === UNNAMED && parent === null) unnamed.add(id)
  if (unnamed.size === 0) return [...components]
  const counts = new Map<string, Map<string, number>>()
  const count = (to: string | null, name: string, weight: number): void => {
    if (to === null || !unnamed.has(to) || !IDENTIFIER.test(name) || name === 'default') return
    const row = counts.get(to) ?? new Map<string, number>()
    counts.set(to, row)
    row.set(name, (row.get(name) ?? 0) + weight)
  }
  for (const { exports, uses } of edges.values()) {
    for (const { name, to } of exports) count(to, name, REEXPORT_WEIGHT)
    for (const { name, to } of uses.bindings) count(to, name, 1)
  }
  const names = new Map<string, string>()
  for (const [id, row] of counts) {
    const [best] = [...row].sort(([a, left], [b, right]) => right - left || compareText(a, b))
    if (best !== undefined) names.set(id, best[0])
  }
  const tops = new Map<string, string>()
  return components.map((component) => {
    const name = names.get(component.id)
    const top = component.parent === null ? undefined : tops.get(component.parent)
    if (name === undefined && top === undefined) return component
    const own = name ?? component.name
    const qualifiedName = name ?? `${top}.${component.name}`
    tops.set(component.id, qualifiedName)
    const signature = name === undefined ? component.signature : component.signature.replace(UNNAMED, name)
    return { ...component, name: own, qualifiedName, signature }
  })
}
