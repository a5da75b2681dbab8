/**
 * What a function calls, as a tree that opens level by level: every resolved call in the order of the code, when it
 * happens, and its line. It chooses nothing but where it ends, so it stands where no flow tells enough.
 */

import type { RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { heading, type Inline, list, paragraph } from '#markdown/build.ts'
import { fold, MAX_FOLD_DEPTH } from '#markdown/folds.ts'
import { callSites, type Site } from './call-sites.ts'
import { bodyOf, type Calls, callsOf } from './calls.ts'
import { keptTarget, type Target, targetOf } from './dispatch.ts'
import { throughWords } from './flow-words.ts'
import { toNamesake } from './namesakes.ts'
import { toLine } from './usage.ts'
import { usesOf } from './use-lines.ts'
import { docSentence, titleOf, toEntry, type Writing } from './writing.ts'

const MAX_LEVELS = Math.min(5, MAX_FOLD_DEPTH)
const MAX_CALLS = 80
/** Of one body; the others are counted. */
const MAX_OF_ONE = 12
const MAX_CALLERS = 12
/** Fewer are seen at a glance in the code. */
const MIN_CALLS = 2
/** Of one use; the others are counted. */
const MAX_LINES = 2

interface Call extends Target {
  /** What the line of the call names. */
  callee: Component
  site: Site
  /** In order; `null` where they stand elsewhere in the tree, or where the tree ends. */
  calls: readonly Call[] | null
  /** Calls of its body that are not in the tree. */
  more: number
}

/** Nothing when it calls little whose place is known. */
export function callTree(writing: Writing, root: Component): RootContent[] {
  const { texts, survey } = writing
  const calls = callsOf(writing.analysis, survey)
  const { below, more } = grow(writing, calls, root)
  if (countOf(below) < MIN_CALLS) return []
  const sentence = docSentence(root.doc)
  return [
    heading(3, ...texts.flows.callsOf(toEntry(root))),
    ...(sentence === null ? [] : [paragraph(...sentence)]),
    ...levelOf(writing, root, below, more),
    ...callersOf(writing, calls, root),
  ]
}

const countOf = (calls: readonly Call[]): number =>
  calls.reduce((sum, { calls: below }) => sum + 1 + countOf(below ?? []), 0)

/** Level by level, so that what is cut is the deepest. */
function grow(writing: Writing, calls: Calls, root: Component): { below: Call[]; more: number } {
  const seen = new Set([root.id])
  let left = MAX_CALLS
  const first = callsBelow(writing, calls, root)
  const below = first.slice(0, MAX_OF_ONE)
  left -= below.length
  let level = below
  for (let depth = 1; depth < MAX_LEVELS && level.length > 0; depth++) {
    const next: Call[] = []
    for (const call of level) {
      if (seen.has(call.component.id)) continue
      seen.add(call.component.id)
      const all = callsBelow(writing, calls, call.component)
      const shown = all.slice(0, Math.min(MAX_OF_ONE, left))
      call.more = all.length - shown.length
      if (shown.length === 0) continue
      left -= shown.length
      call.calls = shown
      next.push(...shown)
    }
    level = next
  }
  return { below, more: first.length - below.length }
}

function callsBelow({ survey }: Writing, calls: Calls, caller: Component): Call[] {
  const callees = (calls.callees.get(caller.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  const sites = callees.length === 0 ? new Map<string, Site>() : callSites(survey, caller, callees)
  const kept = (calls.kept.get(caller.id) ?? []).map((one): Call => {
    return { ...keptTarget(one), callee: one.field, site: one.site, calls: null, more: 0 }
  })
  const placed = callees.flatMap((callee): Call[] => {
    const site = sites.get(callee.id)
    if (site === undefined) return []
    const target = targetOf(survey, calls, callee) ?? { component: callee, through: null, implementations: 0 }
    return [{ ...target, callee, site, calls: null, more: 0 }]
  })
  return [...placed, ...kept].sort((a, b) => a.site.order - b.site.order)
}

/** Calls without calls of their own stand in lists between those that open. */
function levelOf(writing: Writing, caller: Component, calls: readonly Call[], more: number): RootContent[] {
  const { texts } = writing
  const blocks: RootContent[] = []
  let plain: Inline[][] = []
  const flush = (): void => {
    if (plain.length > 0) blocks.push(list(plain))
    plain = []
  }
  for (const call of calls) {
    const line = lineOf(writing, caller, call)
    if (call.calls === null) {
      plain.push(line)
      continue
    }
    flush()
    const title = `${titleOf(call.component)}${whenOf(writing, call.site)}`
    blocks.push(...fold(title, [paragraph(...line), ...levelOf(writing, call.component, call.calls, call.more)]))
  }
  if (more > 0) plain.push([texts.more(more)])
  flush()
  return blocks
}

/** A link to what runs, when, in which lines, and what it does. */
function lineOf(
  writing: Writing,
  caller: Component,
  { component, through, implementations, callee, site }: Call,
): Inline[] {
  const { texts, survey } = writing
  const sentence = docSentence(component.doc ?? through?.doc)
  return [
    ...toNamesake(writing, component),
    whenOf(writing, site),
    ...throughWords(texts, through, implementations),
    ...linesIn(writing, callee, bodyOf(survey, caller)),
    ...(sentence === null ? [] : [texts.colon, ...sentence]),
  ]
}

/** ` (lines 12, 40 and 3 more)`: where a body uses a component. */
function linesIn(writing: Writing, used: Component, { id, file }: Component): Inline[] {
  const lines = usesOf(writing, used).lines(id)
  if (lines.length === 0) return []
  const shown = lines.slice(0, MAX_LINES).map((line) => toLine(writing, file, line))
  return writing.texts.atLines(shown, lines.length - shown.length)
}

function whenOf({ texts }: Writing, site: Site): string {
  return site.when === null ? '' : ` (${texts.flows[site.when]})`
}

/** The other way: what of the code calls it. */
function callersOf(writing: Writing, calls: Calls, root: Component): RootContent[] {
  const { texts, survey } = writing
  const callers = (calls.callers.get(root.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  if (callers.length === 0) return []
  const items = callers
    .slice(0, MAX_CALLERS)
    .map((caller): Inline[] => [...toNamesake(writing, caller), ...linesIn(writing, root, caller)])
  const rest = callers.length - items.length
  return fold(texts.flows.calledBy(callers.length), [list(rest > 0 ? [...items, [texts.more(rest)]] : items)])
}
