/**
 * Finds the calls of what a function is given: of its parameters, and of those of the constructor of its object. No definition can be
 * named for them, but in middleware and callbacks they are the work.
 */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bareName, internalParameter, readParameters } from '#generate/signature-parameters.ts'
import { blockAt, maskedOf } from './body-code.ts'
import { isCallUse, isConstructor } from './calls.ts'
import { type Condition, conditionsOf, fitted, type Place } from './conditions.ts'
import { type CallGroup, mergeConditions, sharedBy } from './merged-conditions.ts'

/** A call of a value. */
export interface GivenCall {
  name: string
  places: readonly Place[]
  conditions: readonly Condition[]
}

/** Limits on the lines of a body that is searched, and on the calls that are found in it. */
const MAX_LINES = 150
const MAX_CALLS = 2
/** How a method of a value runs it, in languages where a value is not called by itself, or not only. */
const METHODS: Readonly<Record<string, ReadonlySet<string>>> = {
  ...{ csharp: new Set(['Invoke']), go: new Set(['ServeHTTP']), kotlin: new Set(['invoke']), ruby: new Set(['call']) },
  ...{ php: new Set(['handle', '__invoke']) },
  java: new Set(['accept', 'apply', 'call', 'execute', 'handle', 'run']),
}
/** Matches a call: of a field, the name, and the method of the value. */
const CALL =
  /(?<![\w$.@>:]|\b(?:new|def|fn|func|function) )((?:\bthis|\bself|\$this)(?:\.|->)|@)?\$?(\w{1,60})[!?]?(?:(?:\.|\?\.|->)(\w{1,20}))?\s?\(/g
/** Languages in which parentheses after a name call something else. */
const ONLY_METHODS = new Set(['java', 'ruby'])
/** Matches the types whose values Java calls. */
const FUNCTIONAL = /(?:Action|Callable|Callback|Consumer|Function|Handler|Operator|Runnable|Supplier)\b/
/** Matches what makes values, and what is told of errors and progress. */
const ASIDE =
  /^(?:klass|clazz|ctor|constructor|\w{0,40}(?:class|cls|factory|type)|log\w*|on\w*|err\w*|cb|done|debug|print\w*|warn\w*|reject|resolve)$/i

const known = new WeakMap<RepoIndex, Map<string, readonly GivenCall[]>>()

/** The first calls of values in a body, in order, each value once. */
export function givenCalls(repo: RepoIndex, body: Component): readonly GivenCall[] {
  const all = known.get(repo) ?? new Map<string, readonly GivenCall[]>()
  known.set(repo, all)
  const found = all.get(body.id) ?? find(repo, body)
  all.set(body.id, found)
  return found
}

function find(repo: RepoIndex, body: Component): GivenCall[] {
  const { kind, file, startLine, endLine } = body
  const source = repo.files.get(file)
  if ((kind !== 'function' && kind !== 'method') || endLine - startLine > MAX_LINES || isConstructor(repo, body))
    return []
  const masked = source === undefined ? undefined : maskedOf(source)
  if (masked === undefined) return []
  const start = masked.startOfLine(startLine)
  const code = masked.code.slice(start, masked.startOfLine(endLine + 1))
  const given = namesIn(repo, body)
  const found = new Map<string, CallGroup[]>()
  const language = source?.language ?? ''
  for (const match of code.matchAll(CALL)) {
    const [whole, before = '', name = '', method] = match
    if (method === undefined ? ONLY_METHODS.has(language) : METHODS[language]?.has(method) !== true) continue
    if (ASIDE.test(name) || (found.size === MAX_CALLS && !found.has(name))) continue
    if (!(before === '' ? given.own.has(name) : given.kept.has(name.replace(/^_/, '')))) continue
    const offset = start + match.index
    const line = masked.lineAt(offset)
    const column = offset - masked.startOfLine(line) + 1
    const isResolved = repo.occurrences
      .usesIn(body.id)
      .some((use) => isCallUse(use) && use.line === line && use.column >= column && use.column < column + whole.length)
    const block = blockAt(repo, file, line)
    if (isResolved || block === undefined) continue
    const place = { line, column, block }
    push(found, name, { conditions: conditionsOf(repo, body, place), places: [place] })
  }
  return [...found].map(([name, calls]) => {
    const merged = mergeConditions(calls)
    const [only, ...others] = merged
    const conditions =
      only === undefined || others.length > 0 ? sharedBy(merged, { isLoop: false }) : fitted(only.conditions)
    return { name, places: calls.flatMap(({ places }) => places), conditions }
  })
}

/** The names of the parameters of a function that may be called, and of the parameters that made its object. */
function namesIn(
  repo: RepoIndex,
  { name, signature, file, parent }: Component,
): { own: Set<string>; kept: Set<string> } {
  const language = repo.files.get(file)?.language ?? ''
  const namesOf = (one: Pick<Component, 'name' | 'signature'>): string[] =>
    (readParameters(one.signature, one.name, language) ?? [])
      .filter(({ name, type }) => !/^\*|^\.\.\./.test(name) && (language !== 'java' || FUNCTIONAL.test(type)))
      .map((parameter) => bareName(internalParameter(parameter).name))
  const makers = (repo.members.get(parent ?? '') ?? []).filter((one) => isConstructor(repo, one))
  return { own: new Set(namesOf({ name, signature })), kept: new Set(makers.flatMap(namesOf)) }
}
