/** In which order the code of a component names what it calls. Only as it reads: what is called first is told by `call-sites.ts`. */

import type { Component, SourceFile } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { isConstructor } from './calls.ts'
import type { Survey } from './survey.ts'

/**
 * Sorted by where each is first called in the component's own code, else first named there. What has members of its own
 * has their code not. What is not found, by an alias or an operator, comes last, the most used first.
 */
export function inOrder(survey: Survey, component: Component, callees: readonly Component[]): Component[] {
  const places = callees.length < 2 ? new Map<string, number>() : placesIn(survey, component, callees)
  const uses = ({ id }: Component): number => survey.users.get(id)?.size ?? 0
  const at = (callee: Component): number => places.get(calledAs(survey, callee)) ?? Number.POSITIVE_INFINITY
  return callees.toSorted((a, b) => {
    const [left, right] = [at(a), at(b)]
    return left === right ? uses(b) - uses(a) || (a.id < b.id ? -1 : 1) : left - right
  })
}

/** The first place of each name; one that is called comes before one that is only named. */
function placesIn(survey: Survey, component: Component, callees: readonly Component[]): Map<string, number> {
  const file = survey.files.get(component.file)
  const bare = file === undefined ? null : bareCode(file)
  const called = new Map<string, number>()
  if (file === undefined || bare === null) return called
  const wanted = new Set(callees.map((callee) => calledAs(survey, callee)))
  const named = new Map<string, number>()
  /** The declaration itself names the component. */
  let isHeadPassed = false
  for (const [from, to] of ownParts(survey, component, lineStarts(file, bare), bare.length)) {
    IDENTIFIER.lastIndex = from
    for (let match = IDENTIFIER.exec(bare); match !== null && match.index < to; match = IDENTIFIER.exec(bare)) {
      const name = wanted.has(match[0]) ? match[0] : match[0].replace(/[?!]$/, '')
      if (!wanted.has(name)) continue
      if (!isHeadPassed && name === component.name) {
        isHeadPassed = true
        continue
      }
      const isCalled = isCalledAt(bare, match.index + name.length)
      if (!named.has(name)) named.set(name, match.index)
      if (isCalled && !called.has(name)) called.set(name, match.index)
    }
  }
  for (const [name, at] of named) if (!called.has(name)) called.set(name, at)
  return called
}

/** A constructor is called by the name of its type. */
export function calledAs(survey: Survey, callee: Component): string {
  const parent = isConstructor(survey, callee) ? survey.components.get(callee.parent ?? '') : undefined
  return parent?.name ?? callee.name
}

/** The code of a component without that of its members, from and to, in order. */
export function ownParts(
  survey: Survey,
  component: Component,
  lines: readonly number[],
  end: number,
): [number, number][] {
  const parts: [number, number][] = []
  let from = component.startLine
  for (const { startLine, endLine, file } of survey.members.get(component.id) ?? []) {
    // One on the component's first line is a parameter of it, or all that it has.
    if (file !== component.file || startLine <= component.startLine || endLine > component.endLine) continue
    if (startLine > from) parts.push([from, startLine])
    from = Math.max(from, endLine + 1)
  }
  parts.push([from, component.endLine + 1])
  return parts.map(([first, next]) => [lines[first - 1] ?? end, lines[next - 1] ?? end])
}

/** As in `call-sites.ts`: a private name of JavaScript has its `#`, one of Ruby its mark. */
const IDENTIFIER = /#?[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*[?!]?/g
const CALLED = /(?:\s*(?:::)?<[^<>()\n]{0,80}>|\[[^[\]()\n]{1,40}\])?(?:\?\.|!)?\s*(?:[({`]|\.new\b|::)/y

/** Whether arguments follow at a place of bare code. */
export function isCalledAt(bare: string, at: number): boolean {
  CALLED.lastIndex = at
  return CALLED.test(bare)
}

const starts = new WeakMap<SourceFile, number[]>()

/** The place at which each line begins. */
export function lineStarts(file: SourceFile, text: string): number[] {
  const found = starts.get(file)
  if (found !== undefined) return found
  const lines = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.push(at + 1)
  starts.set(file, lines)
  return lines
}

/** The line of a place, from 1. */
export function lineAt(lines: readonly number[], place: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return low
}
