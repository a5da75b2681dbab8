/** Where a flow may start: what users call most, by documents, examples and tests, and what answers routes and commands. */

import type { Component } from '#generate/model.ts'
import type { Weights } from './call-weights.ts'
import { bodyOf, type Calls, isForTests } from './calls.ts'
import { calledInDocuments } from './documents-calls.ts'
import { offerOf, publicNames } from './public-names.ts'
import { isCode, type Survey } from './survey.ts'
import { isDeprecated } from './traits.ts'
import { isPublic, type Writing } from './writing.ts'

/** Names of a package whose files are its front. */
const MAX_DOORS = 24
const ASYNC = /_?async_?/i
/** Of those called by more places than this it is a part. */
const MANY = 12

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

/** Ids of what packages offer, functions and the public methods of types: what users may call. */
export function offeredBy(writing: Writing): Set<string> {
  const { survey } = writing
  const offered = new Set<string>()
  for (const [{ isPrivate }, names] of publicNames(writing)) {
    if (isPrivate) continue
    for (const { component, isDeprecated } of names) {
      if (component === null || isDeprecated) continue
      offered.add(component.id)
      for (const member of survey.members.get(component.id) ?? [])
        if (member.kind === 'method' && isPublic(member, survey)) offered.add(member.id)
    }
  }
  return offered
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

/** How good a start a component is: called by users, documents and tests, by few from inside, with much work behind it. */
export function startOf(
  writing: Writing,
  calls: Calls,
  component: Component,
  { entries, doors, weights }: { entries: ReadonlySet<string>; doors: ReadonlyMap<string, number>; weights: Weights },
): number {
  const { survey } = writing
  const { file } = component
  const owner = ownerOf(survey, component)
  const isMaking = bodyOf(survey, owner) === component && owner !== component
  // A constructor is called by the name of its type.
  const { id, name } = isMaking ? owner : component
  const callers = callersOf(writing, calls, id)
  const inside = callers.filter((caller) => ownerOf(survey, survey.components.get(caller) ?? owner) === owner).length
  const outside = callers.length - inside
  const offer = Math.max(offerOf(writing, component), offerOf(writing, owner))
  const said = offer === 0 ? 0 : saidOf(writing, name)
  const use =
    2 * Math.log2(1 + said) +
    Math.log2(1 + (calls.testers.get(id) ?? 0)) +
    0.7 * Math.log2(1 + (weights.passed.get(id) ?? 0))
  return (
    (1 + use / 4) *
    Math.sqrt(Math.log2(2 + (calls.work.get(component.id) ?? 0))) *
    (1 + offer / 3) *
    (doors.get(file) ?? 1) *
    (entries.has(component.id) ? 1.5 : 1) *
    (component.doc === null ? 1 : 1.15) *
    (isMaking ? 0.8 : 1) *
    (isTwin(survey, component) ? 0.7 : 1) *
    (isForTests(file) ? 0.2 : 1) *
    (isDeprecated(component) ? 0.3 : 1) *
    (!isMaking && survey.overridden.has(id) ? 0.5 : 1) *
    (outside > MANY ? 0.7 : 1) *
    (1 / (1 + Math.log2(1 + inside) / 4 + Math.log2(1 + outside) / 8))
  )
}

/** Who calls it, or what it overrides. */
function callersOf({ survey }: Writing, calls: Calls, id: string): string[] {
  const callers = new Set<string>()
  const seen = new Set([id])
  for (const next of seen) {
    for (const caller of calls.callers.get(next) ?? []) callers.add(caller)
    for (const base of survey.overridden.get(next) ?? []) seen.add(base)
  }
  return [...callers]
}

/** Does without waiting, or with it, what another of its file does the other way. */
function isTwin(survey: Survey, { qualifiedName, file }: Component): boolean {
  if (!ASYNC.test(qualifiedName)) return false
  const plain = qualifiedName.replaceAll(/_?async_?|(?<![a-z])a(?=sync)/gi, '')
  return survey.components.has(`${file}#${plain}`)
}

/** What documents call by a name that several have may be each of them. */
function saidOf(writing: Writing, name: string): number {
  const said = calledInDocuments(writing).get(name) ?? 0
  return said === 0 ? 0 : said / Math.sqrt(offersNamed(writing).get(name) ?? 1)
}

const namedAlike = new WeakMap<Writing, Map<string, number>>()

function offersNamed(writing: Writing): ReadonlyMap<string, number> {
  const found = namedAlike.get(writing)
  if (found !== undefined) return found
  const counts = new Map<string, number>()
  for (const id of offeredBy(writing)) {
    const name = writing.survey.components.get(id)?.name ?? ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  namedAlike.set(writing, counts)
  return counts
}

/** The type around a method, or itself. */
export function ownerOf(survey: Survey, component: Component): Component {
  const parent = component.parent === null ? undefined : survey.components.get(component.parent)
  return parent === undefined || parent.kind === 'namespace' ? component : parent
}
