/**
 * Functions that a program keeps in a field and calls later, as handlers and callbacks: who calls them, by the field. Only
 * where one line says that the field is given the function, and another that the field, or a method of it, is called.
 */

import type { Analysis, Component } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { lineStarts } from './source-order.ts'
import { isCode, isConfident, type Survey } from './survey.ts'

export interface KeptFunction {
  field: Component
  /** What the field holds, where it may be several things the first of them. */
  component: Component
  /** How many it may be. */
  functions: number
  /** Where the caller calls it. */
  order: number
}

/** A field that may be so many things says nothing. */
const MAX_FUNCTIONS = 4
const MAX_FIELDS = 5_000
/** A type of functions, one of them and not many. */
export const CALLABLE =
  /^(?!.*(?:\[\]|[Ll]ist\[|[Dd]ict\[|Map<|Array<)).*(?:\bCallable\b|\b[Cc]allback\b|\b[Hh]andler\b|=>|\bfunc\(|\bFn(?:Mut|Once)?\(|\bFunction\b)/
const MAX_STATEMENT = 200

/** By the id of the caller. */
export function keptFunctions(analysis: Analysis, survey: Survey): Map<string, KeptFunction[]> {
  const users = new Map<string, string[]>()
  const named = new Map<string, Component[]>()
  for (const edge of analysis.edges) {
    if (edge.kind !== 'references' || !isConfident(edge)) continue
    const to = survey.components.get(edge.to)
    if (to?.kind === 'field') users.set(to.id, [...(users.get(to.id) ?? []), edge.from])
    else if (to?.kind === 'function' || to?.kind === 'method')
      named.set(edge.from, [...(named.get(edge.from) ?? []), to])
  }
  const kept = new Map<string, KeptFunction[]>()
  for (const [id, all] of [...users].slice(0, MAX_FIELDS)) {
    const field = survey.components.get(id)
    if (field === undefined) continue
    const own = all
      .flatMap((user) => survey.components.get(user) ?? [])
      .filter((one) => isCode(survey.files.get(one.file)))
    const given = new Map<string, Component>()
    for (const user of own)
      for (const one of named.get(user.id) ?? []) if (isGiven(survey, user, field, one)) given.set(one.id, one)
    const [component] = given.values()
    if (component === undefined || given.size > MAX_FUNCTIONS) continue
    for (const user of own) {
      const order = placesOf(survey, user, field.name).find(({ text, after }) => isCalled(text, after, field))?.after
      if (order === undefined || given.has(user.id)) continue
      kept.set(user.id, [...(kept.get(user.id) ?? []), { field, component, functions: given.size, order }])
    }
  }
  return kept
}

/** `handler = chain(…, one)` */
function isGiven(survey: Survey, user: Component, field: Component, one: Component): boolean {
  return placesOf(survey, user, field.name).some(({ text, after }) => {
    let at = after
    while (text[at] === ' ') at++
    if (text[at] === ':') at++
    if (text[at] !== '=' || '=>'.includes(text[at + 1] ?? '')) return false
    const line = text.indexOf('\n', at)
    const end = Math.min(line === -1 ? text.length : line, at + MAX_STATEMENT)
    const found = wordAt(text, one.name, at, end)
    return found !== -1 && text[found + one.name.length] !== '('
  })
}

/** `handler(`, and where its type says that it is to be called `handler.serve(` */
function isCalled(text: string, after: number, { signature }: Component): boolean {
  let at = after
  if (text[at] === '.' && CALLABLE.test(signature)) for (at += 1; isWord(text[at]); ) at++
  return text[at] === '('
}

/** Where the code of a component names a member. */
function placesOf(survey: Survey, component: Component, name: string): { text: string; after: number }[] {
  const file = survey.files.get(component.file)
  const text = file === undefined ? null : bareCode(file)
  if (file === undefined || text === null) return []
  const lines = lineStarts(file, text)
  const end = lines[component.endLine] ?? text.length
  const places: { text: string; after: number }[] = []
  let at = wordAt(text, name, lines[component.startLine - 1] ?? 0, end)
  while (at !== -1) {
    const after = at + name.length
    if ('.>:@'.includes(text[at - 1] ?? ' ')) places.push({ text, after })
    at = wordAt(text, name, after, end)
  }
  return places
}

/** The place of a name that is no part of a longer one, before an end; -1 without one. */
function wordAt(text: string, name: string, from: number, end: number): number {
  if (name === '') return -1
  for (let at = text.indexOf(name, from); at !== -1 && at < end; at = text.indexOf(name, at + name.length))
    if (!isWord(text[at - 1]) && !isWord(text[at + name.length])) return at
  return -1
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}_$]/u.test(sign)
}
