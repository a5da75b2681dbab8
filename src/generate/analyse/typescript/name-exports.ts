/** Names the anonymous value of `module.exports = function () {}` after the name that importers give it. */

import { type Component, compareText } from '#generate/model.ts'
import type { ProgramEdges } from './link-request.ts'
import { UNNAMED } from './unnamed.ts'

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]{0,99}$/u
/** A name under which it is re-exported counts as much as this many imports. */
const REEXPORT_WEIGHT = 1_000
/** The weight of the name in the path: less than one import by code, more than all imports by tests. */
const PATH_WEIGHT = 1e-3
const TEST_WEIGHT = 1e-12
/** Names of folders and files that describe the location of code, not its purpose. */
const LOCATION = /^(?:build|cjs|dist|index|lib|main|mod|out|packages|source|src)$/i

/**
 * If only tests import the value, the name of its file or folder takes precedence over the name that they give it.
 *
 * @returns The components and their members with the new names; ids are unchanged.
 */
export function nameExports(
  components: readonly Component[],
  edges: ProgramEdges['edges'],
  isTest: (path: string) => boolean,
): Component[] {
  const unnamed = new Map<string, string>()
  for (const { id, name, parent, file } of components) if (name === UNNAMED && parent === null) unnamed.set(id, file)
  if (unnamed.size === 0) return [...components]
  const counts = new Map<string, Map<string, number>>()
  const count = (to: string | null, name: string, weight: number): void => {
    if (to === null || !unnamed.has(to) || !IDENTIFIER.test(name) || name === 'default') return
    const row = counts.get(to) ?? new Map<string, number>()
    counts.set(to, row)
    row.set(name, (row.get(name) ?? 0) + weight)
  }
  for (const [path, { exports, uses }] of edges) {
    const share = isTest(path) ? TEST_WEIGHT : 1
    for (const { name, to } of exports) count(to, name, share * REEXPORT_WEIGHT)
    for (const { name, to } of uses.bindings) count(to, name, share)
  }
  for (const [id, path] of unnamed) if (counts.has(id)) count(id, nameOfPath(path), PATH_WEIGHT)
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
    const signature = name === undefined ? component.signature : component.signature.replace(UNNAMED, () => name)
    return { ...component, name: own, qualifiedName, signature }
  })
}

/** The name in a path: `sendType` for `packages/send-type/index.js`; '' if no part of the path is a name. */
function nameOfPath(path: string): string {
  const parts = path.replace(/\.\w+$/, '').split('/')
  const part = parts.toReversed().find((one) => !LOCATION.test(one)) ?? ''
  return part.replace(/[^\p{L}\p{N}]+(?<next>[\p{L}\p{N}]?)/gu, (_, next: string) => next.toUpperCase())
}
