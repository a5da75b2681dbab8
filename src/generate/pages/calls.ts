/** Who calls whom by resolved calls alone, and where in a body each call stands. */

import type { Analysis, Component, SourceFile } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { type BodyShape, bodyShape, type Part } from './body-shape.ts'
import { isCode, isConfident, type Survey } from './survey.ts'

export interface Calls {
  /** Sorted ids of what a component calls or makes, by its id; of a class, what its constructor calls. */
  readonly callees: ReadonlyMap<string, readonly string[]>
  /** Sorted ids of the components of code that call it. */
  readonly callers: ReadonlyMap<string, readonly string[]>
  /** The constructor that a class stands for as a caller, by the class. */
  readonly constructors: ReadonlyMap<string, string>
  /** How many tests call it, by the number of calling components and files. */
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
    if (caller?.role === 'test') testers.set(to.id, (testers.get(to.id) ?? 0) + 1)
    if (from === undefined || !isCode(caller)) continue
    const row = callees.get(from.id)
    if (row === undefined) callees.set(from.id, [to.id])
    else if (row.at(-1) !== to.id) row.push(to.id)
    else continue
    const column = callers.get(to.id)
    if (column === undefined) callers.set(to.id, [from.id])
    else column.push(from.id)
  }
  const constructors = throughConstructors(survey, callees)
  const calls = { callees, callers, constructors, testers, work: workOf(survey, callees, callers) }
  known.set(analysis, calls)
  return calls
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

function isConstructor(survey: Survey, { name, parent }: Component): boolean {
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

/** Where a body calls something. */
export interface Site {
  /** What has the smaller number is called first: an argument before the call that takes it. */
  order: number
  /** Whether it may be passed over, and whether it may happen again and again. */
  isBranch: boolean
  isLoop: boolean
  /** The place of the branch or loop right around it; of two with the same one, both happen or none. */
  block: number
}

/**
 * Where a body first calls each callee: outside of branches, where it does so. Left out is what a function within the body
 * calls, which is only made there, what deals with an error, and what is called by a name that two different callees share
 * or is not found as a call: where it stands would be a guess.
 */
export function callSites(survey: Survey, caller: Component, callees: readonly Component[]): Map<string, Site> {
  const sites = new Map<string, Site>()
  const body = bodyOf(survey, caller)
  const file = survey.files.get(body.file)
  const bare = file === undefined ? null : bareCode(file)
  if (file === undefined || bare === null) return sites
  const lines = lineStarts(file, bare)
  const start = lines[body.startLine - 1] ?? 0
  const end = lines[body.endLine] ?? bare.length
  const inner = (survey.members.get(body.id) ?? [])
    .filter((member) => member.startLine > body.startLine && member.endLine <= body.endLine)
    .map((member): Part => {
      return { from: lines[member.startLine - 1] ?? 0, to: lines[member.endLine] ?? bare.length, kind: 'nested' }
    })
  const shape = bodyShape(bare, start, end, file.language ?? '')
  const around = partsAround([...shape.parts, ...inner].sort((a, b) => a.from - b.from || b.to - a.to))
  const wanted = byName(callees)
  /** The declaration itself names the caller. */
  let isHeadPassed = !wanted.has(body.name)
  const bareCalls = isBareCalled(file.language)
  const identifier = file.language === 'ruby' ? RUBY_IDENTIFIER : IDENTIFIER
  identifier.lastIndex = start
  for (let match = identifier.exec(bare); match !== null && match.index < end; match = identifier.exec(bare)) {
    const at = match.index
    const callable = wanted.get(match[0])
    if (callable === undefined) continue
    if (!isHeadPassed && match[0] === body.name) {
      isHeadPassed = true
      continue
    }
    const after = bareCalls ? BARE : callable.every(isFunction) ? ARGUMENTS : MADE
    after.lastIndex = identifier.lastIndex
    if (!after.test(bare) || DECLARED.test(bare.slice(Math.max(0, at - 10), at))) continue
    const parts = around(at)
    if (parts.some(({ kind }) => kind === 'nested' || kind === 'failure')) continue
    const site = siteAt(doneAt(bare, shape, at, identifier.lastIndex, file.language), parts)
    const isCertain = !site.isBranch && !site.isLoop
    for (const { id } of callable) if (isCertain || !sites.has(id)) sites.set(id, site)
    if (isCertain) wanted.delete(match[0])
    if (wanted.size === 0) break
  }
  return sites
}

/** The parts around a place, the outer ones first; asked for places in order. `parts` are sorted. */
function partsAround(parts: readonly Part[]): (at: number) => readonly Part[] {
  let open: Part[] = []
  let next = 0
  return (at) => {
    for (let part = parts[next]; part !== undefined && part.from <= at; part = parts[++next]) open.push(part)
    open = open.filter(({ to }) => to > at)
    return open
  }
}

function siteAt(done: number, parts: readonly Part[]): Site {
  let order = done
  for (const { from, to, until } of parts.toReversed())
    if (until !== undefined) order = until - 1 + (Math.min(order, to) - from + 1) / (to - from + 2)
  const ruling = parts.filter(({ kind }) => kind === 'branch' || kind === 'loop')
  return {
    order,
    isBranch: ruling.some(({ kind }) => kind === 'branch'),
    isLoop: ruling.some(({ kind }) => kind === 'loop'),
    block: ruling.at(-1)?.from ?? -1,
  }
}

/** Where the call at a place is over, its arguments included. */
function doneAt(bare: string, { closes }: BodyShape, at: number, behind: number, language: string | null): number {
  const isCommand = language === 'ruby' || language === 'bash'
  const opening = isCommand ? BRACKET : OPENING
  opening.lastIndex = behind
  DECLARING.lastIndex = behind
  const match = opening.exec(bare) ?? (language === 'cpp' ? DECLARING.exec(bare) : null)
  if (match !== null) return closes.get(match.index + match[0].length - 1) ?? at
  COMMAND.lastIndex = behind
  return isCommand ? behind + (COMMAND.exec(bare)?.[0].length ?? 0) : at
}

/** Overloads of one name are one; different things of one name are left out. */
function byName(callees: readonly Component[]): Map<string, Component[]> {
  const names = new Map<string, Component[]>()
  for (const callee of callees) {
    const same = names.get(callee.name)
    if (same === undefined) names.set(callee.name, [callee])
    else same.push(callee)
  }
  for (const [name, same] of names)
    if (same.some(({ qualifiedName, file }) => qualifiedName !== same[0]?.qualifiedName || file !== same[0]?.file))
      names.delete(name)
  return names
}

/** Everything over ASCII counts as a letter: names are looked up, so that what is none is not found. */
const IDENTIFIER = /#?[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g
const RUBY_IDENTIFIER = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:[?!](?!=))?/g
const ARGUMENTS = /(?:\s*(?:::)?<[^<>()\n]{0,80}>|\[[^[\]()\n]{1,40}\])?(?:\?\.|!)?\s*[({`]/y
const MADE = /(?:\s*(?:::)?<[^<>()\n]{0,80}>|\[[^[\]()\n]{1,40}\])?\s*(?:[({;]|\.new\b|::|\s\w+\s*[({;=])/y
/** What stands between a name and its arguments. */
const OPENING = /(?:\s*(?:::)?<[^<>()\n]{0,80}>|\[[^[\]()\n]{1,40}\])?(?:\?\.|!|\.new|::\w{1,40})?\s*[({]/y
/** `Type name(…)` */
const DECLARING = /\s\w{1,40}\s*[({]/y
const BRACKET = /(?:\.new)?\(/y
/** Arguments without parentheses, to the end of the statement. */
const COMMAND =
  /[ \t]+(?!(?:if|unless|while|until|and|or|do|rescue|then|in|end)\b)[\w:@"'&*[$-](?!\s)(?:(?!\s(?:if|unless|while|until|do|rescue)\b)[^\n;|{}]){0,400}/y
const BARE = /(?!\s*=[^=~>])/y
const DECLARED = /(?:[:@]|\b(?:def|func|function|fn|class|struct)\s+)$/

function isFunction({ kind }: Component): boolean {
  return kind === 'function' || kind === 'method'
}

/** Whether calls need no parentheses. */
function isBareCalled(language: string | null): boolean {
  return language === 'ruby' || language === 'scala' || language === 'bash'
}

const starts = new WeakMap<SourceFile, number[]>()

/** The place at which each line begins. */
function lineStarts(file: SourceFile, text: string): number[] {
  const found = starts.get(file)
  if (found !== undefined) return found
  const lines = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.push(at + 1)
  starts.set(file, lines)
  return lines
}
