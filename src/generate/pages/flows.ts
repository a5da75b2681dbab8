/** Key flows: which calls tell best what happens when users call what a module offers. Only resolved calls, few and telling. */

import type { Component, Module } from '#generate/model.ts'
import { weightsOf } from './call-weights.ts'
import { callsOf, isConstructor } from './calls.ts'
import { bodiesIn, entriesOf, frontDoor, offeredBy, startOf } from './flow-starts.ts'
import { type Flow, flowFrom, type Ground, type Step, stepsBelow } from './flow-steps.ts'
import { isMain } from './survey.ts'
import { isPublic, type Writing } from './writing.ts'

const MAX_STARTS_OF_FILE = 8
const MAX_STARTS = 60
const MAX_FLOWS_OF_FEW = 1
const MAX_FLOWS = 2
/** A module has one flow for so many lines. */
const LINES_OF_FLOW = 700
/** Of what a flow tells so much is not told by those before it. */
const MIN_NEW = 0.55
/** What making a thing tells beside what is done with it. */
const MAKING = 0.25
/** A second flow of the whole is not much weaker than its first, nor is one of a module. */
const MIN_SHARE_OF_ALL = 0.35
const MIN_SHARE = 0.15
/** Code of others that is kept in the tree, and what only tests use: what it does is told elsewhere. */
const FOREIGN = /(?:^|\/)(?:_?(?:demo|example|sample)s?|deps|external|third_?party|vendor|(?:[\w.]+\.)?[Tt]ests?)\//
/** What is no part of what the project is used for, by its path. */
const ASIDE =
  /(?:^|\/)(?:bench\w*|contrib|deps|docs?|evaluation|fuzz\w*|migrations?|perf-[\w-]+|scripts?|third_party|tools?)\/|(?:^|\/)(?:test|fuzz)[\w-]*\.c\w*$/

const known = new WeakMap<Writing, Map<Module, Flow[]>>()

/** The flows of each leaf, the most telling first. */
export function flowsOf(writing: Writing): Map<Module, Flow[]> {
  const found = known.get(writing)
  if (found !== undefined) return found
  const ground = groundOf(writing)
  const { survey } = writing
  const flows = new Map<Module, Flow[]>()
  for (const module of survey.filesIn.keys())
    if (module.files.length > 0) flows.set(module, chooseFlows(ground, module))
  known.set(writing, flows)
  return flows
}

interface Chosen extends Ground {
  writing: Writing
  entries: ReadonlySet<string>
  doors: ReadonlyMap<string, number>
}

const grounds = new WeakMap<Writing, Chosen>()

function groundOf(writing: Writing): Chosen {
  const found = grounds.get(writing)
  if (found !== undefined) return found
  const { analysis, survey } = writing
  const calls = callsOf(analysis, survey)
  const entries = entriesOf(writing)
  const weights = weightsOf(survey, calls, [...offeredBy(writing), ...entries])
  const ground: Chosen = { writing, survey, calls, weights, entries, doors: frontDoor(writing), open: new Map() }
  grounds.set(writing, ground)
  return ground
}

/** What the repository offers to start from, the best first. */
export function startsOfAll(writing: Writing): Component[] {
  const ground = groundOf(writing)
  return [...writing.survey.filesIn.keys()]
    .flatMap((module) => startsIn(ground, module))
    .filter(({ component }) => !ASIDE.test(component.file))
    .sort(byWeight)
    .slice(0, MAX_STARTS)
    .map(({ component }) => component)
}

/** The flows that tell most of the whole repository: those through several modules first. */
export function flowsOfAll(writing: Writing, max: number): Flow[] {
  const all = [...flowsOf(writing).values()].flat().filter(({ root }) => !ASIDE.test(root.component.file))
  const { survey } = writing
  const weight = ({ root, score, modules }: Flow): number =>
    score *
    (1 + Math.min(3, modules - 1) / 3) *
    (root.component.name === 'main' ? 2 : 1) *
    (isConstructor(survey, root.component) ? MAKING : 1)
  const sorted = all.sort((a, b) => weight(b) - weight(a))
  const best = sorted[0] === undefined ? 0 : weight(sorted[0])
  return distinct(
    sorted.filter((flow) => weight(flow) >= best * MIN_SHARE_OF_ALL),
    max,
  )
}

interface Start {
  component: Component
  weight: number
}

/** What a module offers to start from, the best first. */
function startsIn({ writing, survey, calls, entries, doors, weights }: Chosen, module: Module): Start[] {
  return module.files
    .filter((path) => isMain(path, survey) && !FOREIGN.test(path))
    .flatMap((path) =>
      bodiesIn(survey, path)
        .filter(({ id }) => calls.callees.has(id) || calls.kept.has(id))
        .filter((component) => isPublic(component, survey) || entries.has(component.id))
        .map((component) => ({ component, weight: startOf(writing, calls, component, { entries, doors, weights }) }))
        .sort(byWeight)
        .slice(0, MAX_STARTS_OF_FILE),
    )
    .sort(byWeight)
    .slice(0, MAX_STARTS)
}

function byWeight(a: Start, b: Start): number {
  return b.weight - a.weight || (a.component.id < b.component.id ? -1 : 1)
}

/** The most telling one first, then what tells most that is not yet told. */
function chooseFlows(ground: Chosen, module: Module): Flow[] {
  const { survey, weights } = ground
  const flows = startsIn(ground, module).flatMap(({ component, weight }) => flowFrom(ground, component, weight) ?? [])
  const lines = module.files.reduce((sum, path) => sum + (survey.files.get(path)?.lines ?? 0), 0)
  const max = Math.min(MAX_FLOWS, Math.max(MAX_FLOWS_OF_FEW, Math.floor(lines / LINES_OF_FLOW)))
  const told = new Set<string>()
  const chosen: Flow[] = []
  const fresh = ({ root, score }: Flow): number => {
    const keys = idsOf(root).map((id) => [id, weights.own.get(id) ?? 0] as const)
    const all = keys.reduce((sum, [, own]) => sum + own, 0)
    const left = keys.reduce((sum, [id, own]) => sum + (told.has(keyOf(id)) ? 0 : own), 0)
    return told.has(keyOf(root.component.id)) || left < all * MIN_NEW ? 0 : (score * left) / all
  }
  while (chosen.length < max) {
    let best: { flow: Flow; score: number } | undefined
    for (const flow of flows) {
      const score = fresh(flow)
      if (score > (best?.score ?? 0)) best = { flow, score }
    }
    if (best === undefined || best.score < (chosen[0]?.score ?? 0) * MIN_SHARE) break
    chosen.push(best.flow)
    for (const id of idsOf(best.flow.root)) told.add(keyOf(id))
  }
  return chosen
}

function idsOf(root: Step): string[] {
  return [root, ...stepsBelow(root)].map(({ component }) => component.id)
}

/** What does the same in another way, waiting or not, tells the same. */
function keyOf(id: string): string {
  return id.replaceAll(/_?async_?/gi, '')
}

/** The first flows of a list that do not tell what one before them tells. */
function distinct(flows: readonly Flow[], max: number): Flow[] {
  const chosen: { flow: Flow; ids: Set<string> }[] = []
  for (const flow of flows) {
    if (chosen.length === max) break
    const ids = new Set(idsOf(flow.root).map(keyOf))
    const isNew = chosen.every((other) => {
      const shared = [...ids].filter((id) => other.ids.has(id)).length
      return shared / Math.min(ids.size, other.ids.size) < 0.4 && !other.ids.has(keyOf(flow.root.component.id))
    })
    if (isNew) chosen.push({ flow, ids })
  }
  return chosen.map(({ flow }) => flow)
}
