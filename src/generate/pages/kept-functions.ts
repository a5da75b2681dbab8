/**
 * Functions that a program keeps in a field and calls later, as handlers and callbacks: who calls them, by the field. Only
 * where one line says that the field is given the function, and another that the field, or a method of it, is called.
 */

import type { Analysis, Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { codeLines } from './code-lines.ts'
import { isCode, isConfident, type Survey } from './survey.ts'
import { type Site, siteOf } from './use-site.ts'

export interface KeptFunction {
  field: Component
  /** What the field holds, where it may be several things the first of them. */
  component: Component
  /** How many it may be. */
  functions: number
  /** Where the caller calls it. */
  site: Site
}

/** A field that may be so many things says nothing. */
const MAX_FUNCTIONS = 4
const MAX_FIELDS = 5_000
/** A type of functions, one of them and not many. */
export const CALLABLE =
  /^(?!.*(?:\[\]|[Ll]ist\[|[Dd]ict\[|Map<|Array<)).*(?:\bCallable\b|\b[Cc]allback\b|\b[Hh]andler\b|=>|\bfunc\(|\bFn(?:Mut|Once)?\(|\bFunction\b)/

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
      const site = given.has(user.id) ? undefined : calledAt(survey, user, field)
      if (site === undefined) continue
      kept.set(user.id, [...(kept.get(user.id) ?? []), { field, component, functions: given.size, site }])
    }
  }
  return kept
}

/** `handler = chain(…, one)` */
function isGiven(survey: Survey, user: Component, field: Component, one: Component): boolean {
  const values = survey.occurrences.usesOf(user.id, one.id).filter(({ kind }) => kind === 'references')
  return survey.occurrences
    .usesOf(user.id, field.id)
    .some(
      (use) =>
        /^\s*:?=(?![=>])/.test(behind(survey, use, field.name)) &&
        values.some(({ line, column }) => line === use.line && column > use.column),
    )
}

/** Where it calls the field, `handler(`, or where its type says that it is to be called a method of it, `handler.serve(`. */
function calledAt(survey: Survey, user: Component, field: Component): Site | undefined {
  const call = CALLABLE.test(field.signature) ? /^(?:\.\w{1,80})?\(/ : /^\(/
  const sites = survey.occurrences
    .usesOf(user.id, field.id)
    .filter((use) => call.test(behind(survey, use, field.name)))
    .flatMap((use) => siteOf(survey, use) ?? [])
    .sort((a, b) => a.order - b.order)
  return sites.find(({ isBranch }) => !isBranch) ?? sites.at(-1)
}

/** What stands in the line behind a used name. */
function behind(survey: Survey, { file, line, column }: Occurrence, name: string): string {
  const from = column - 1 + name.length
  return codeLines(survey, file, line, line)[0]?.slice(from, from + 100) ?? ''
}
