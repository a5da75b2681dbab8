/** What is told of a central type without words: the public functions that return it, otherwise those that it is passed to. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { RESULT_FIRST } from '#generate/pages/calls/calls.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import { isConfident } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { parameterList, readParameters } from '#generate/signature-parameters.ts'
import { type Inline, join } from '#markdown/build.ts'
import { publicNames } from './public-names.ts'

const MAX_FUNCTIONS = 3
const CALLABLE = /^(?:function|method)$/
/** What a result may be in: `Promise<Plan>`, `(Plan, error)`, `Option<Plan>`. */
const WRAPPED =
  /^(?:Awaitable|Coroutine|CompletableFuture|Future|Option|Optional|Promise|Result|Task|ValueTask)[<[](.{1,200})[>\]]$/

interface Functions {
  readonly returning: ReadonlyMap<string, readonly Component[]>
  readonly taking: ReadonlyMap<string, readonly Component[]>
}

const known = new WeakMap<Writing, Functions>()

/** Empty for what is no type, and if the functions that users call with it are not known. */
export function givenAndTaken(writing: Writing, { id, kind }: Component): Inline[] {
  if (!TYPES.has(kind)) return []
  const { returning, taking } = functionsOf(writing)
  const { publicApi, comma } = writing.texts
  const shown = (all: readonly Component[]): Inline[] => join(byCalls(writing, all).map(toEntry), comma)
  const makers = shown(returning.get(id) ?? [])
  if (makers.length > 0) return publicApi.returnedBy(makers)
  const takers = shown(taking.get(id) ?? [])
  return takers.length > 0 ? publicApi.passedTo(takers) : []
}

/** Those that documents call, the most called first; without such, functions, no methods. Each name once. */
function byCalls(writing: Writing, all: readonly Component[]): Component[] {
  const called = calledInCode(writing)
  const countOf = ({ id }: Component): number => called.get(id) ?? 0
  const sorted = all.toSorted((a, b) => countOf(b) - countOf(a))
  const shown = sorted.filter((one) => countOf(one) > 0)
  const best = shown.length > 0 ? shown : sorted.filter(({ parent }) => parent === null)
  return [...new Map(best.toReversed().map((one) => [one.name, one])).values()].toReversed().slice(0, MAX_FUNCTIONS)
}

function functionsOf(writing: Writing): Functions {
  const found = known.get(writing)
  if (found !== undefined) return found
  const { repo, analysis } = writing
  const named = [...publicNames(writing).values()]
    .flat()
    .flatMap(({ component, isDeprecated }) => (component === null || isDeprecated ? [] : [component]))
  const open = new Set(named.flatMap((one) => [one, ...(repo.members.get(one.id) ?? [])]))
  const functions = new Map(
    [...open].filter((one) => CALLABLE.test(one.kind) && isPublic(one, repo)).map((one) => [one.id, one]),
  )
  const returning = new Map<string, Component[]>()
  const taking = new Map<string, Component[]>()
  for (const edge of analysis.edges) {
    const one = edge.kind === 'uses-type' && isConfident(edge) ? functions.get(edge.from) : undefined
    const type = one === undefined ? undefined : repo.components.get(edge.to)
    // A method of the type itself says nothing of it.
    if (one === undefined || type === undefined || one.parent === type.id) continue
    const { language } = repo.files.get(one.file) ?? {}
    if (plainType(resultOf(one, language ?? '')) === type.name) push(returning, type.id, one)
    else if (parameterTypes(one, language ?? '').includes(type.name)) push(taking, type.id, one)
  }
  const all = { returning, taking }
  known.set(writing, all)
  return all
}

function resultOf({ signature, name }: Component, language: string): string {
  const list = parameterList(signature, name)
  if (list === null) return ''
  if (!RESULT_FIRST.has(language))
    return (
      signature
        .slice(list.end)
        .replace(/^\s{0,9}(?:async |throws |rethrows ){0,3}(?:->|:)?/, '')
        .split(/ where |[{;=]/, 1)[0]
        ?.trim() ?? ''
    )
  const before = signature.slice(0, list.open).trimEnd()
  return before.endsWith(name) ? (before.slice(0, -name.length).trim().split(/\s/).at(-1) ?? '') : ''
}

const parameterTypes = ({ signature, name }: Component, language: string): string[] =>
  (readParameters(signature, name, language) ?? []).map(({ type }) => plainType(type))

/** `Plan` of `Promise<orbit.Plan>`, `(*Plan, error)`, `'Plan'`, `&mut Plan` and `Plan | undefined`. */
function plainType(written: string): string {
  const bare =
    written
      .trim()
      .replace(/^\(/, '')
      .split(/,| \| (?:None|null|undefined)\b/, 1)[0] ?? ''
  const whole = written.trim()
  const inside = WRAPPED.exec(whole)?.[1]?.split(',', 1)[0] ?? (whole.startsWith('(') ? bare : whole)
  const plain = inside
    .replace(/ \| (?:None|null|undefined)$/, '')
    .replace(/^[\s'"*&]{1,4}(?:mut |const )?|[\s'"*&?!)]{1,4}$/g, '')
    .replace(/<[^<>]{0,100}>$|\[[^[\]]{0,100}\]$/, '')
  return PATH.test(plain) ? (plain.split(/\.|::|\\/).at(-1) ?? '') : ''
}

/** A name with its namespaces; `[]Plan` is another type. */
const PATH = /^[\p{L}\p{N}_$.:\\]{1,200}$/u
