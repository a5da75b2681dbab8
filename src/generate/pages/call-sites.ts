/** Where in a body each call stands: in which order it is made, and whether it always is. */

import type { Component } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { type BodyShape, bodyShape, type Part } from './body-shape.ts'
import { bodyOf } from './calls.ts'
import { argumentsAt, takes } from './overloads.ts'
import { lineStarts } from './source-order.ts'
import type { Survey } from './survey.ts'

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
  /** What is called outside of branches. */
  const certain = new Set<string>()
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
    const { open, done } = callAt(bare, shape, at, identifier.lastIndex, file.language)
    const given = callable.length === 1 || open === -1 ? -1 : argumentsAt(bare, shape.closes, open)
    const meant = given === -1 ? callable : callable.filter((one) => takes(one, given))
    const [only] = meant
    // Of two that fit either may be meant.
    if (only === undefined || meant.length > 1) continue
    const site = siteAt(done, parts)
    if (site.isBranch || site.isLoop) {
      if (!sites.has(only.id)) sites.set(only.id, site)
      continue
    }
    if (!certain.has(only.id)) sites.set(only.id, site)
    certain.add(only.id)
    if (callable.every(({ id }) => certain.has(id))) wanted.delete(match[0])
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

/** The bracket before the arguments of the call at a place, -1 without one, and where the call is over. */
function callAt(
  bare: string,
  { closes }: BodyShape,
  at: number,
  behind: number,
  language: string | null,
): { open: number; done: number } {
  const isCommand = language === 'ruby' || language === 'bash'
  const opening = isCommand ? BRACKET : OPENING
  opening.lastIndex = behind
  DECLARING.lastIndex = behind
  const match = opening.exec(bare) ?? (language === 'cpp' ? DECLARING.exec(bare) : null)
  if (match !== null) {
    const open = match.index + match[0].length - 1
    return { open, done: closes.get(open) ?? at }
  }
  COMMAND.lastIndex = behind
  return { open: -1, done: isCommand ? behind + (COMMAND.exec(bare)?.[0].length ?? 0) : at }
}

/** Overloads are told apart where they are called; different things of one name are left out. */
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
