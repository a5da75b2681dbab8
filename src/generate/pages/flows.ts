/** Key flows: which calls tell best what happens when a module's work is done. Only resolved calls, few and telling. */

import type { Component, Module } from '#generate/model.ts'
import { callSites, type Site } from './call-sites.ts'
import { bodyOf, type Calls, callsOf, linesOf } from './calls.ts'
import { bodiesIn, entriesOf, frontDoor, ownerOf, startOf } from './flow-starts.ts'
import type { Survey } from './survey.ts'
import { isPublic, type Writing } from './writing.ts'

/** A call, with the calls that its body makes. */
export interface Step {
  component: Component
  /** `null` at the start of a flow. */
  site: Site | null
  steps: Step[]
}

export interface Flow {
  root: Step
  /** How telling it is. */
  score: number
  modules: number
}

const MAX_STEPS = 12
const MIN_STEPS = 4
const MAX_DEPTH = 4
/** Of one body, so that a long one does not fill the diagram alone. */
const MAX_STEPS_OF_ONE = 6
/** What one more call in between takes from what a call tells. */
const DEEPER = 0.85
/** What a call in a branch tells beside one that always happens. */
const SOMETIMES = 0.85
const MAX_CANDIDATES = 12
const MAX_FLOWS = 3
const MIN_FILES = 2
const MIN_STEPS_IN_ONE_FILE = 5
/** A second flow of a module is not much weaker than its first. */
const MIN_SHARE = 0.5
/** Called from more places than this it is a tool, which tells little of a flow. */
const MAX_CALLERS = 60
/** Code of others that is kept in the tree, and what only tests use: what it does is told elsewhere. */
const FOREIGN = /(?:^|\/)(?:deps|external|third_?party|vendor|(?:[\w.]+\.)?[Tt]ests?)\//
/** What is no part of what the project is used for, by its path. */
const ASIDE =
  /(?:^|\/)(?:bench\w*|contrib|deps|docs?|evaluation|fuzz\w*|migrations?|perf-[\w-]+|scripts?|third_party|tools?)\/|(?:^|\/)(?:test|fuzz)[\w-]*\.c\w*$/
const ABSTRACT = new Set<Component['kind']>(['interface', 'trait'])
const GETTER = /^(?:get|has|is|set)(?:[A-Z_]|$)/
/** Speaks of the work and does none of it. */
const TALK = /^_*(?:assert|debug|deprecat|log|panic|print|trace|warn)(?:$|[^a-z]|ed|ing)/i

const known = new WeakMap<Writing, Map<Module, Flow[]>>()

/** The flows of each leaf, the most telling first. */
export function flowsOf(writing: Writing): Map<Module, Flow[]> {
  const found = known.get(writing)
  if (found !== undefined) return found
  const flows = new Map<Module, Flow[]>()
  const entries = entriesOf(writing)
  const doors = frontDoor(writing)
  for (const module of writing.survey.filesIn.keys())
    if (module.files.length > 0) flows.set(module, chooseFlows(writing, module, entries, doors))
  known.set(writing, flows)
  return flows
}

/** The flows that tell most of the whole repository: those through several modules first. */
export function flowsOfAll(writing: Writing, max: number): Flow[] {
  const all = [...flowsOf(writing).values()].flat().filter(({ root }) => !ASIDE.test(root.component.file))
  const { analysis, survey } = writing
  const calls = callsOf(analysis, survey)
  const doors = frontDoor(writing)
  const weight = ({ root, score, modules }: Flow): number => {
    const owner = ownerOf(survey, root.component)
    const users = owner === root.component ? 0 : (survey.users.get(owner.id)?.size ?? 0)
    const door = doors.get(root.component.file) ?? (root.component.name === 'main' ? 4 : 1)
    const tests = calls.testers.get(root.component.id) ?? 0
    const known = (1 + Math.log2(1 + users) / 4) * (1 + Math.log2(1 + tests) / 6)
    return score * (1 + Math.min(3, modules - 1) / 2) * door * known
  }
  const sorted = all.sort((a, b) => weight(b) - weight(a))
  const files = new Set<string>()
  const first = distinct(sorted, 8).filter(
    ({ root }) => !files.has(root.component.file) && files.add(root.component.file),
  )
  return first.slice(0, max)
}

/** Every step below one, in order. */
export function stepsBelow({ steps }: Step): Step[] {
  return steps.flatMap((step) => [step, ...stepsBelow(step)])
}

function chooseFlows(
  writing: Writing,
  module: Module,
  entries: ReadonlySet<string>,
  doors: ReadonlyMap<string, number>,
): Flow[] {
  const { analysis, survey } = writing
  const calls = callsOf(analysis, survey)
  const candidates = module.files
    .filter((path) => survey.files.get(path)?.role === 'code' && !FOREIGN.test(path))
    .flatMap((path) => bodiesIn(survey, path))
    .filter(({ id }) => calls.callees.has(id))
    .filter((component) => isPublic(component, survey) || entries.has(component.id))
    .map((component) => ({
      component,
      weight: startOf(calls, survey, component, entries) * (doors.get(component.file) ?? 1),
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_CANDIDATES)
  const flows = candidates
    .flatMap(({ component, weight }) => flowFrom(survey, calls, component, weight) ?? [])
    .sort((a, b) => b.score - a.score)
  const best = flows[0]?.score ?? 0
  return distinct(
    flows.filter(({ score }) => score >= best * MIN_SHARE),
    MAX_FLOWS,
  )
}

interface Node extends Step {
  depth: number
  parent: Node | null
  open: readonly Candidate[]
  children: Node[]
}

/** The most telling calls below a start; `undefined` when they are too few or stay in one place. */
function flowFrom(survey: Survey, calls: Calls, start: Component, weight: number): Flow | undefined {
  const seen = new Set([start.id])
  const root = nodeOf(survey, calls, start, null, 0, null)
  const nodes = [root]
  let total = 0
  while (nodes.length <= MAX_STEPS) {
    let best: { node: Node; at: number; score: number } | undefined
    for (const node of nodes) {
      if (node.children.length >= MAX_STEPS_OF_ONE) continue
      const at = node.open.findIndex(({ component }) => !seen.has(component.id))
      const score = (node.open[at]?.score ?? 0) * DEEPER ** node.depth
      if (at !== -1 && (best === undefined || score > best.score)) best = { node, at, score }
    }
    const chosen = best?.node.open[best.at]
    if (best === undefined || chosen === undefined) break
    seen.add(chosen.component.id)
    const node = nodeOf(survey, calls, chosen.component, chosen.site, best.node.depth + 1, best.node)
    best.node.children.push(node)
    nodes.push(node)
    total += best.score
  }
  // A start that hands all on to one other tells nothing of its own.
  const told = nodes.length - 1 - (root.children.length === 1 ? 1 : 0)
  if (told < MIN_STEPS) return undefined
  const files = new Set(nodes.map(({ component }) => component.file)).size
  if (files < MIN_FILES && told < MIN_STEPS_IN_ONE_FILE) return undefined
  const modules = new Set(nodes.map(({ component }) => survey.leaves.get(component.file))).size
  return { root: plain(root), score: weight * total ** 0.8 * (1 + Math.log2(files) / 3), modules }
}

interface Candidate {
  component: Component
  site: Site
  score: number
}

const openBelow = new WeakMap<Calls, Map<string, Candidate[]>>()

function nodeOf(
  survey: Survey,
  calls: Calls,
  component: Component,
  site: Site | null,
  depth: number,
  parent: Node | null,
): Node {
  const open = depth < MAX_DEPTH ? candidatesOf(survey, calls, component) : []
  return { component, site, depth, parent, open, children: [], steps: [] }
}

/** The telling calls of a body whose places are known, the best first. */
function candidatesOf(survey: Survey, calls: Calls, component: Component): Candidate[] {
  const cache = openBelow.get(calls) ?? new Map<string, Candidate[]>()
  openBelow.set(calls, cache)
  const found = cache.get(component.id)
  if (found !== undefined) return found
  const callees = (calls.callees.get(component.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  const telling = callees.filter((callee) => isTelling(survey, calls, callee))
  const sites = telling.length === 0 ? new Map<string, Site>() : callSites(survey, component, callees)
  const open = telling.flatMap((callee): Candidate[] => {
    const site = sites.get(callee.id)
    if (site === undefined || site.context === 'failure') return []
    const score = scoreOf(calls, component, callee) * (site.isBranch ? SOMETIMES : 1)
    return [{ component: callee, site, score }]
  })
  open.sort((a, b) => b.score - a.score || a.site.order - b.site.order)
  cache.set(component.id, open)
  return open
}

/** No getter, no tool that everything uses; what an interface leaves open is worth a word. */
function isTelling(survey: Survey, calls: Calls, callee: Component): boolean {
  const body = bodyOf(survey, callee)
  const lines = linesOf(body)
  const further = calls.callees.get(callee.id)?.length ?? 0
  const isOpen = callee.parent !== null && ABSTRACT.has(survey.components.get(callee.parent)?.kind ?? 'class')
  if (isOpen && !GETTER.test(callee.name)) return true
  const isSmall = (lines < 4 && further < 2) || (lines < 9 && further === 0 && GETTER.test(callee.name))
  return !isSmall && (calls.callers.get(callee.id)?.length ?? 0) <= MAX_CALLERS
}

function scoreOf(calls: Calls, caller: Component, callee: Component): number {
  const callers = calls.callers.get(callee.id)?.length ?? 1
  return (
    (Math.log2(1 + (calls.work.get(callee.id) ?? 0)) / Math.log2(3 + callers)) *
    (caller.file === callee.file ? 1 : 1.3) *
    (callee.doc === null ? 1 : 1.15) *
    (TALK.test(callee.name) ? 0.4 : 1)
  )
}

function plain(node: Node): Step {
  const children = [...node.children].sort((a, b) => (a.site?.order ?? 0) - (b.site?.order ?? 0))
  return { component: node.component, site: node.site, steps: children.map(plain) }
}

/** What does the same in another way, waiting or not, tells the same. */
function keyOf({ qualifiedName }: Component): string {
  return qualifiedName.replace(/_?[Aa]sync$/, '')
}

/** The first flows of a list that do not tell what one before them tells. */
function distinct(flows: readonly Flow[], max: number): Flow[] {
  const chosen: { flow: Flow; ids: Set<string> }[] = []
  for (const flow of flows) {
    if (chosen.length === max) break
    const ids = new Set([flow.root, ...stepsBelow(flow.root)].map(({ component }) => keyOf(component)))
    const isNew = chosen.every((other) => {
      const shared = [...ids].filter((id) => other.ids.has(id)).length
      return shared / Math.min(ids.size, other.ids.size) < 0.4 && !other.ids.has(keyOf(flow.root.component))
    })
    if (isNew) chosen.push({ flow, ids })
  }
  return chosen.map(({ flow }) => flow)
}
