/**
 * Finds calls of values that a function receives: its parameters, and those of its object's constructor. They have no known
 * definition, but in middleware and callbacks they do the work.
 */

import { memoizedByText } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bareName, internalParameter, readParameters } from '#generate/signature-parameters.ts'
import { isCallUse, isConstructor } from './calls.ts'
import { type Condition, conditionsOf, fitted, type Place } from './conditions.ts'
import { type CallGroup, isAlways, isVague, mergeConditions } from './merged-conditions.ts'

/** A call of a value. */
export interface GivenCall {
  name: string
  places: readonly Place[]
  conditions: readonly Condition[]
}

/** Limits on the lines of a body whose calls are listed, and on those calls. */
const MAX_LINES = 150
const MAX_CALLS = 2
/** Matches the types whose values Java calls. */
const FUNCTIONAL = /(?:Action|Callable|Callback|Consumer|Function|Handler|Operator|Runnable|Supplier)\b/
/** Matches functions that create values, and those that receive errors and progress. */
const CREATES_OR_REPORTS =
  /^(?:klass|clazz|ctor|constructor|_?(?:build|create|get|make|new)\w{0,40}|\w{0,40}(?:class|cls|factory|type)|log\w*|on\w*|err\w*|cb|done|debug|print\w*|warn\w*|reject|resolve)$/i

/**
 * The first calls of values in the body of an id, in order, each value once: its unconditional call, or its only one. Calls for
 * errors and early exits are omitted.
 */
export const givenCalls = memoizedByText((repo: RepoIndex, id): readonly GivenCall[] => {
  const body = repo.components.get(id)
  if (body === undefined || body.endLine - body.startLine > MAX_LINES || isConstructor(repo, body)) return []
  const values = repo.occurrences.valuesIn(body)
  if (values.length === 0) return []
  const given = namesIn(repo, body)
  const resolved = repo.occurrences.usesIn(body.id).filter(isCallUse)
  const found = new Map<string, CallGroup[]>()
  for (const { kind, name, line, column, block } of values) {
    if (CREATES_OR_REPORTS.test(name) || (found.size === MAX_CALLS && !found.has(name))) continue
    if (kind === 'call' ? !given.own.has(name) : kind !== 'field call' || !given.isKept(name)) continue
    if (resolved.some((use) => use.line === line && use.column === column)) continue
    const place = { line, column, block }
    push(found, name, { conditions: conditionsOf(repo, body, place), places: [place] })
  }
  return [...found].flatMap(([name, calls]): GivenCall[] => {
    const merged = mergeConditions(calls)
    const [only, ...others] = merged.length === 1 ? merged : merged.filter(isAlways)
    const conditions = fitted(only?.conditions ?? [])
    return only === undefined || others.length > 0 || isVague({ conditions })
      ? []
      : [{ name, places: only.places, conditions }]
  })
})

/** The names of the parameters of a function that may be called, and of the parameters that made its object. */
function namesIn(
  repo: RepoIndex,
  { name, signature, file, parent }: Component,
): { own: Set<string>; isKept(name: string): boolean } {
  const language = repo.files.get(file)?.language ?? ''
  const namesOf = (one: Pick<Component, 'name' | 'signature'>): string[] =>
    (readParameters(one.signature, one.name, language) ?? [])
      .filter(({ name, type }) => !/^\*|^\.\.\./.test(name) && (language !== 'java' || FUNCTIONAL.test(type)))
      .map((parameter) => bareName(internalParameter(parameter).name))
  const members = repo.members.get(parent ?? '') ?? []
  const kept = new Set(members.filter((one) => isConstructor(repo, one)).flatMap(namesOf))
  const methods = new Set(members.flatMap((one) => (one.kind === 'method' ? one.name : [])))
  return {
    own: new Set(namesOf({ name, signature })),
    isKept: (field) => kept.has(field.replace(/^_/, '')) && !methods.has(field),
  }
}
