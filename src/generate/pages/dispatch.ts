/** Where a call goes on: of what an interface or a base class leaves open, to the implementation that is used most. */

import type { Component } from '#generate/model.ts'
import { bodyOf, type Calls } from './calls.ts'
import type { KeptFunction } from './kept-functions.ts'
import { isCode, type Survey } from './survey.ts'

export interface Target {
  /** What runs. */
  component: Component
  /** What the caller names, where that is another thing: the method of an interface, the field that keeps a function. */
  through: Component | null
  /** How many implementations it has in the code, or how many functions may be kept. */
  implementations: number
}

const ABSTRACT = new Set<Component['kind']>(['interface', 'trait'])
const MAX_IMPLEMENTATIONS = 200
/** A body with more lines than these does something of its own. */
const MAX_OPEN_LINES = 4
/** Lines that are no code: the marks of a doc comment, a decorator. */
const MARKS = 3

/** What may run when a component runs. */
export function targetsIn(survey: Survey, calls: Calls, id: string): Target[] {
  const called = (calls.callees.get(id) ?? []).flatMap((callee) => {
    const component = survey.components.get(callee)
    return component === undefined ? [] : (targetOf(survey, calls, component) ?? [])
  })
  const kept = (calls.kept.get(id) ?? []).map(keptTarget)
  return [...called, ...kept]
}

export function keptTarget({ component, field, functions }: KeptFunction): Target {
  return { component, through: field, implementations: functions }
}

const known = new WeakMap<Calls, Map<string, Target | null>>()

/** `null` for what is open and has no implementation here. */
export function targetOf(survey: Survey, calls: Calls, callee: Component): Target | null {
  const cache = known.get(calls) ?? new Map<string, Target | null>()
  known.set(calls, cache)
  const found = cache.get(callee.id)
  if (found !== undefined) return found
  const target = findTarget(survey, calls, callee)
  cache.set(callee.id, target)
  return target
}

function findTarget(survey: Survey, calls: Calls, callee: Component): Target | null {
  const itself = { component: callee, through: null, implementations: 0 }
  if (callee.kind !== 'method' && callee.kind !== 'function') return itself
  const parent = callee.parent === null ? undefined : survey.components.get(callee.parent)
  const isOpen = parent !== undefined && (ABSTRACT.has(parent.kind) || isEmpty(survey, calls, callee))
  if (!isOpen) return itself
  const all = implementationsOf(survey, callee)
  const found = all.filter((one) => !isEmpty(survey, calls, one))
  const weights = new Map(found.map((one) => [one, useOf(survey, calls, one)]))
  const [first] = found.sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || (a.id < b.id ? -1 : 1))
  // A default of an interface has its own body.
  if (first === undefined) return isEmpty(survey, calls, callee) ? null : itself
  return { component: first, through: callee, implementations: all.length }
}

/** What overrides a method, and what overrides that, in the code itself. */
function implementationsOf(survey: Survey, { id }: Component): Component[] {
  const found = new Map<string, Component>()
  const queue = [id]
  for (let next = queue.pop(); next !== undefined && found.size < MAX_IMPLEMENTATIONS; next = queue.pop()) {
    for (const [heir, kind] of survey.heirs.get(next) ?? []) {
      const component = survey.components.get(heir)
      if (kind !== 'overrides' || component === undefined || found.has(heir) || heir === id) continue
      if (survey.files.get(component.file)?.role !== 'code') continue
      found.set(heir, component)
      queue.push(heir)
    }
  }
  return [...found.values()]
}

/** A body that calls nothing and is hardly there. */
function isEmpty(survey: Survey, calls: Calls, component: Component): boolean {
  const { startLine, endLine, doc, id } = component
  if ((calls.callees.get(id) ?? []).some((callee) => !isFailure(survey.components.get(callee)?.name ?? '')))
    return false
  const words = doc === null ? 0 : doc.split('\n').length + MARKS
  // The head may be written over several lines.
  const head = Math.max(1, Math.ceil((component.signature.length + 1) / 60))
  return endLine - startLine + 1 - words - head < MAX_OPEN_LINES
}

/** What only says that something went wrong. */
export function isFailure(name: string): boolean {
  return /(?:Error|Exception|Warning|Failure|Panic|NotFound|Abort|Exit)$/.test(name)
}

/** How much an implementation is used: made by the code itself counts most. */
function useOf(survey: Survey, calls: Calls, method: Component): number {
  const owner = method.parent === null ? undefined : survey.components.get(method.parent)
  let [own, others] = [0, 0]
  for (const end of survey.users.get(owner?.id ?? method.id)?.keys() ?? []) {
    const file = survey.components.get(end)?.file ?? end
    if (file === method.file) continue
    if (isCode(survey.files.get(file))) own++
    else others++
  }
  const made = calls.callers.get(owner?.id ?? '')?.length ?? 0
  const work = calls.work.get(bodyOf(survey, method).id) ?? 0
  return 3 * Math.log2(1 + made) + Math.log2(1 + own) + Math.log2(1 + others) + Math.log2(1 + work) / 2
}
