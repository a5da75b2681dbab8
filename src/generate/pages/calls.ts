/** Who calls whom by resolved calls alone. */

import type { Analysis, Component } from '#generate/model.ts'
import { type KeptFunction, keptFunctions } from './kept-functions.ts'
import { isCode, isConfident, type Survey } from './survey.ts'

export interface Calls {
  /** Sorted ids of what a component calls or makes, by its id; of a class, what its constructor calls. */
  readonly callees: ReadonlyMap<string, readonly string[]>
  /** Sorted ids of the components of code that call it. */
  readonly callers: ReadonlyMap<string, readonly string[]>
  /** What it calls by a field that keeps a function, by its id. */
  readonly kept: ReadonlyMap<string, readonly KeptFunction[]>
  /** The constructor that a class stands for as a caller, by the class. */
  readonly constructors: ReadonlyMap<string, string>
  /** How many tests and examples call it, by the number of calling components and files, themselves or by a helper for tests. */
  readonly testers: ReadonlyMap<string, number>
  /** Lines of code that stand behind a call: its own and, shared among all their callers, those of what it calls. */
  readonly work: ReadonlyMap<string, number>
}

const CALLED = new Set<Component['kind']>(['function', 'method', 'class', 'struct'])
const CONSTRUCTOR = /^(?:constructor|__init__|__construct|initialize|init)$/
const ROUNDS = 6
const SHARE = 0.85

const known = new WeakMap<Analysis, Calls>()

export function callsOf(analysis: Analysis, survey: Survey): Calls {
  const found = known.get(analysis)
  if (found !== undefined) return found
  const callees = new Map<string, string[]>()
  const callers = new Map<string, string[]>()
  const testers = new Map<string, number>()
  for (const edge of analysis.edges) {
    if ((edge.kind !== 'calls' && edge.kind !== 'instantiates') || !isConfident(edge)) continue
    const to = survey.components.get(edge.to)
    if (to === undefined || !CALLED.has(to.kind) || !isCode(survey.files.get(to.file))) continue
    const from = survey.components.get(edge.from)
    const caller = survey.files.get(from?.file ?? edge.from)
    const isTest = caller?.role === 'test' || survey.inTests.has(edge.from)
    if (isTest || caller?.role === 'example') testers.set(to.id, (testers.get(to.id) ?? 0) + 1)
    if (from === undefined || isTest || !isCode(caller)) continue
    const row = callees.get(from.id)
    if (row === undefined) callees.set(from.id, [to.id])
    else if (row.at(-1) !== to.id) row.push(to.id)
    else continue
    const column = callers.get(to.id)
    if (column === undefined) callers.set(to.id, [from.id])
    else column.push(from.id)
  }
  passHelpers(survey, callees, testers)
  const constructors = throughConstructors(survey, callees)
  const kept = keptFunctions(analysis, survey)
  const calls = { callees, callers, kept, constructors, testers, work: workOf(survey, callees, callers) }
  known.set(analysis, calls)
  return calls
}

/** Helps those who test what is built with it. */
export function isForTests(path: string): boolean {
  return /(?:^|\/)_?(?:test(?:ing|[-_]?utils?|[-_]?helpers?)?|mocks?)(?:\/|\.\w+$)/i.test(path)
}

/** What tests call by a helper for tests, which is in the code since users need it, too. */
function passHelpers(survey: Survey, callees: ReadonlyMap<string, string[]>, testers: Map<string, number>): void {
  for (const [from, row] of callees) {
    const number = testers.get(from)
    if (number === undefined || !isForTests(survey.components.get(from)?.file ?? '')) continue
    for (const id of row) testers.set(id, (testers.get(id) ?? 0) + number)
  }
}

/** To make a thing is to call its constructor: the class stands for it. */
function throughConstructors(survey: Survey, callees: Map<string, string[]>): Map<string, string> {
  for (const [from, row] of callees) {
    const kept = row.filter((id) => {
      const callee = survey.components.get(id)
      return callee?.parent == null || !isConstructor(survey, callee) || !row.includes(callee.parent)
    })
    if (kept.length < row.length) callees.set(from, kept)
  }
  const constructors = new Map<string, string>()
  for (const component of survey.components.values()) {
    const body = bodyOf(survey, component)
    if (body === component) continue
    constructors.set(component.id, body.id)
    callees.set(component.id, callees.get(body.id) ?? [])
  }
  return constructors
}

/** By the names that languages give to constructors; of a type. */
export function isConstructor(survey: Survey, { name, parent }: Component): boolean {
  const owner = parent === null ? undefined : survey.components.get(parent)
  return owner !== undefined && (CONSTRUCTOR.test(name) || name === owner.name)
}

/** The component whose body runs when a component is called: of a class its constructor. */
export function bodyOf(survey: Survey, component: Component): Component {
  if (component.kind !== 'class' && component.kind !== 'struct') return component
  return survey.members.get(component.id)?.find((member) => isConstructor(survey, member)) ?? component
}

function workOf(
  survey: Survey,
  callees: ReadonlyMap<string, readonly string[]>,
  callers: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const ids = new Set([...callees.keys(), ...callers.keys()])
  const own = new Map<string, number>()
  for (const id of ids) {
    const component = survey.components.get(id)
    if (component === undefined) continue
    const body = bodyOf(survey, component)
    own.set(id, body === component && body.kind !== 'function' && body.kind !== 'method' ? 1 : linesOf(body))
  }
  let work = own
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map(own)
    for (const [id, row] of callees) {
      let sum = own.get(id) ?? 0
      for (const callee of row) sum += (SHARE * (work.get(callee) ?? 0)) / (callers.get(callee)?.length ?? 1)
      next.set(id, sum)
    }
    work = next
  }
  return work
}

export function linesOf({ startLine, endLine }: Component): number {
  return endLine - startLine + 1
}
