/** Where a flow may start: what is asked for from outside, by routes, commands and tests, and how much stands behind it. */

import type { Component } from '#generate/model.ts'
import { bodyOf, type Calls } from './calls.ts'
import { publicNames } from './public-names.ts'
import { isCode, type Survey } from './survey.ts'
import type { Writing } from './writing.ts'

/** Names of a package whose files are its front. */
const MAX_DOORS = 24

/** Ids of what answers a route or is run by a command. */
export function entriesOf({ analysis, survey }: Writing): Set<string> {
  const entries = new Set<string>()
  for (const { to, kind } of analysis.artifacts.edges) if (kind === 'runs' && survey.components.has(to)) entries.add(to)
  for (const { id, name, parent, file } of survey.components.values()) {
    if (name !== 'main' || parent !== null || !isCode(survey.files.get(file))) continue
    // What the file gives under that name may be another thing, and this only stand in for it.
    const given = analysis.exports[file]?.find((one) => one.name === name)?.to ?? id
    if (given === id) entries.add(id)
  }
  return entries
}

const doorsOf = new WeakMap<Writing, Map<string, number>>()

/** Files that define what packages show the world, and the next behind them, by how much more they say of the whole. */
export function frontDoor(writing: Writing): Map<string, number> {
  const found = doorsOf.get(writing)
  if (found !== undefined) return found
  const { survey } = writing
  const values = new Map<string, number>()
  let level: string[] = []
  for (const [{ isPrivate, paths }, names] of publicNames(writing)) {
    if (isPrivate) continue
    const own = names.filter(({ isDeprecated, path }) => !isDeprecated && path === paths[0])
    level.push(...own.slice(0, MAX_DOORS).flatMap(({ component }) => component?.file ?? []))
  }
  for (const value of [1.5, 1.3]) {
    const next: string[] = []
    for (const path of level) {
      if (values.has(path)) continue
      values.set(path, value)
      for (const target of survey.links.get(path)?.keys() ?? []) next.push(target)
    }
    level = next
  }
  doorsOf.set(writing, values)
  return values
}

/** Functions at the top of a file, methods of its types. */
export function bodiesIn(survey: Survey, path: string): Component[] {
  const found: Component[] = []
  const stack = (survey.tops.get(path) ?? []).toReversed()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === 'function' || next.kind === 'method') found.push(next)
    else for (const member of (survey.members.get(next.id) ?? []).toReversed()) stack.push(member)
  }
  return found
}

/** How good a start a component is: much work, asked for from outside and by tests, by few from inside. */
export function startOf(calls: Calls, survey: Survey, component: Component, entries: ReadonlySet<string>): number {
  const { id, file } = component
  const callers = calls.callers.get(id) ?? []
  const outside = callers.filter((caller) => survey.components.get(caller)?.file !== file).length
  const inside = callers.length - outside
  const owner = ownerOf(survey, component)
  const users = survey.users.get(owner.id)?.size ?? 0
  return (
    Math.log2(1 + (calls.work.get(id) ?? 0)) *
    (1 + Math.log2(1 + (calls.testers.get(id) ?? 0)) / 6) *
    (1 + Math.log2(1 + Math.min(8, outside)) / 8) *
    (outside > 12 ? 0.7 : 1) *
    (callers.length === 0 ? 1.15 : 1) *
    (component.doc === null ? 1 : 1.15) *
    (1 + Math.log2(1 + users) / 8) *
    (entries.has(id) ? 1.4 : 1) *
    (bodyOf(survey, owner) === component ? 0.6 : 1) *
    (component.name.endsWith('Async') ? 0.85 : 1) *
    (1 / (1 + Math.log2(1 + inside) / 6))
  )
}

/** The type around a method, or itself. */
export function ownerOf(survey: Survey, component: Component): Component {
  const parent = component.parent === null ? undefined : survey.components.get(component.parent)
  return parent === undefined || parent.kind === 'namespace' ? component : parent
}
