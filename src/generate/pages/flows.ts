/** Key flows: which calls tell best what happens when users call what a module offers. Only resolved calls, few and telling. */

import type { Component, Module } from '#generate/model.ts'
import { callSites, type Site } from './call-sites.ts'
import { seamOf, type Weights, weightsOf } from './call-weights.ts'
import { type Calls, callsOf, isConstructor } from './calls.ts'
import { keptSite, keptTarget, targetOf } from './dispatch.ts'
import { bodiesIn, entriesOf, frontDoor, offeredBy, startOf } from './flow-starts.ts'
import { isMain, type Survey } from './survey.ts'
import { isPublic, type Writing } from './writing.ts'

/** A call, with the calls that its body makes. */
export interface Step {
  component: Component
  /** `null` at the start of a flow. */
  site: Site | null
  /** What the caller names, where that leaves open what runs: the interface's own method. */
  through: Component | null
  /** Then, how many implementations there are. */
  implementations: number
  steps: Step[]
}

export interface Flow {
  root: Step
  /** How telling it is. */
  score: number
  modules: number
}

const MAX_STEPS = 12
const MIN_STEPS = 3
const MAX_DEPTH = 8
/** What only makes things is wide and not deep; deeper than this tells no more. */
const MAX_TELLING_DEPTH = 5
/** Of one body, so that a long one does not fill the diagram alone. */
const MAX_STEPS_OF_ONE = 5
/** What one more call in between takes from what a call tells, and one more beside it. */
const DEEPER = 0.95
const ANOTHER = 0.8
/** Of the calls of one body that are in branches one is shown: more may be its alternatives. */
const MAX_ALTERNATIVES = 1
/** What a call in a branch tells beside one that always happens. */
const SOMETIMES = 0.6
/** Of the calls so many may depend on a condition. */
const MAX_DOUBT = 0.5
const MAX_STARTS_OF_FILE = 8
const MAX_STARTS = 60
const MAX_FLOWS_OF_FEW = 3
const MAX_FLOWS = 6
/** A module has one flow for so many lines. */
const LINES_OF_FLOW = 1_500
/** Of what a flow tells so much is not told by those before it. */
const MIN_NEW = 0.55
const MIN_FILES = 2
const MIN_STEPS_IN_ONE_FILE = 5
/** A second flow of a module is not much weaker than its first. */
/** What making a thing tells beside what is done with it. */
const MAKING = 0.25
const MIN_SHARE_OF_ALL = 0.35
const MIN_SHARE = 0.2
/** Code of others that is kept in the tree, and what only tests use: what it does is told elsewhere. */
const FOREIGN = /(?:^|\/)(?:_?(?:demo|example|sample)s?|deps|external|third_?party|vendor|(?:[\w.]+\.)?[Tt]ests?)\//
/** What is no part of what the project is used for, by its path. */
const ASIDE =
  /(?:^|\/)(?:bench\w*|contrib|deps|docs?|evaluation|fuzz\w*|migrations?|perf-[\w-]+|scripts?|third_party|tools?)\/|(?:^|\/)(?:test|fuzz)[\w-]*\.c\w*$/

/** What flows are chosen by. */
interface Ground {
  writing: Writing
  survey: Survey
  calls: Calls
  weights: Weights
  entries: ReadonlySet<string>
  doors: ReadonlyMap<string, number>
  /** By caller. */
  open: Map<string, Candidate[]>
}

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

const grounds = new WeakMap<Writing, Ground>()

function groundOf(writing: Writing): Ground {
  const found = grounds.get(writing)
  if (found !== undefined) return found
  const { analysis, survey } = writing
  const calls = callsOf(analysis, survey)
  const entries = entriesOf(writing)
  const weights = weightsOf(survey, calls, [...offeredBy(writing), ...entries])
  const ground = { writing, survey, calls, weights, entries, doors: frontDoor(writing), open: new Map() }
  grounds.set(writing, ground)
  return ground
}

/** What a module offers to start from, the best first. */
export function startsOf(writing: Writing, module: Module): Component[] {
  return startsIn(groundOf(writing), module).map(({ component }) => component)
}

/** The same of the whole repository. */
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

/** Every step below one, in order. */
export function stepsBelow({ steps }: Step): Step[] {
  return steps.flatMap((step) => [step, ...stepsBelow(step)])
}

interface Start {
  component: Component
  weight: number
}

/** What a module offers to start from, the best first. */
function startsIn({ writing, survey, calls, entries, doors, weights }: Ground, module: Module): Start[] {
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
function chooseFlows(ground: Ground, module: Module): Flow[] {
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

interface Candidate extends Omit<Step, 'steps' | 'site'> {
  site: Site
  score: number
}

interface Node extends Omit<Step, 'steps'> {
  /** What its depth, and branches around it, leave of what it tells. */
  share: number
  /** How many of the calls of its body are in a branch. */
  doubts: number
  /** Neither it nor what leads to it is in a branch. */
  isCertain: boolean
  depth: number
  open: readonly Candidate[]
  children: Node[]
}

/** The most telling calls below a start; `undefined` when they are too few or stay in one place. */
function flowFrom(ground: Ground, start: Component, weight: number): Flow | undefined {
  const { survey, weights } = ground
  const seen = new Set([start.id])
  const begin = { component: start, site: null, through: null, implementations: 0 }
  const root = nodeOf(ground, begin, null)
  const nodes = [root]
  let total = 0
  while (nodes.length <= MAX_STEPS) {
    let best: { node: Node; at: number; score: number } | undefined
    const mayDoubt = nodes.filter(({ isCertain }) => !isCertain).length < nodes.length * MAX_DOUBT
    for (const node of nodes) {
      if (node.children.length >= MAX_STEPS_OF_ONE) continue
      const at = node.open.findIndex(
        (one) =>
          !seen.has(one.component.id) &&
          (isCertain(one) ? mayDoubt || node.isCertain : mayDoubt && node.doubts < MAX_ALTERNATIVES),
      )
      const score = (node.open[at]?.score ?? 0) * node.share * ANOTHER ** node.children.length
      if (at !== -1 && (best === undefined || score > best.score)) best = { node, at, score }
    }
    const chosen = best?.node.open[best.at]
    if (best === undefined || chosen === undefined) break
    seen.add(chosen.component.id)
    const node = nodeOf(ground, chosen, best.node)
    best.node.children.push(node)
    if (!isCertain(node)) best.node.doubts += 1
    nodes.push(node)
    total += weights.own.get(chosen.component.id) ?? 0
  }
  // A start that hands all on to one other tells nothing of its own.
  const told = nodes.length - 1 - (root.children.length === 1 ? 1 : 0)
  if (told < MIN_STEPS) return undefined
  const files = new Set(nodes.map(({ component }) => component.file)).size
  if (files < MIN_FILES && told < MIN_STEPS_IN_ONE_FILE) return undefined
  const modules = new Set(nodes.map(({ component }) => survey.leaves.get(component.file))).size
  const depth = Math.sqrt(Math.min(MAX_TELLING_DEPTH, Math.max(...nodes.map((node) => node.depth))))
  return { root: plain(root), score: weight * total ** 0.6 * (1 + Math.log2(files) / 4) * depth, modules }
}

function nodeOf(ground: Ground, step: Omit<Step, 'steps'>, parent: Node | null): Node {
  const { component, site, through, implementations } = step
  const depth = parent === null ? 0 : parent.depth + 1
  const share = parent === null ? 1 : parent.share * DEEPER * (site?.isBranch ? SOMETIMES : 1)
  const open = depth < MAX_DEPTH ? candidatesOf(ground, component) : []
  const certain = parent === null || (parent.isCertain && isCertain(step))
  return { component, site, through, implementations, share, isCertain: certain, doubts: 0, depth, open, children: [] }
}

/** What a field keeps is called where there is something in it: that is what it is for. */
function isCertain({ site, through }: Pick<Step, 'site' | 'through'>): boolean {
  return site?.isBranch !== true || through?.kind === 'field'
}

/** The telling calls of a body whose places are known, the best first. */
function candidatesOf({ survey, calls, weights, open: cache }: Ground, component: Component): Candidate[] {
  const found = cache.get(component.id)
  if (found !== undefined) return found
  const callees = (calls.callees.get(component.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  const targets = callees.flatMap((callee) => {
    const target = targetOf(survey, calls, callee)
    const weight = target === null ? undefined : weights.ahead.get(target.component.id)
    return target === null || weight === undefined || target.component === component ? [] : [{ callee, target, weight }]
  })
  const sites = targets.length === 0 ? new Map<string, Site>() : callSites(survey, component, callees)
  const kept = (calls.kept.get(component.id) ?? []).map((one) => ({
    target: keptTarget(one),
    weight: weights.ahead.get(one.component.id) ?? 0,
    site: keptSite(one),
  }))
  const placed = [...targets.map(({ callee, ...one }) => ({ ...one, site: sites.get(callee.id) })), ...kept]
  const open = placed.flatMap(({ target, weight, site }): Candidate[] => {
    if (site === undefined) return []
    const isFar = survey.leaves.get(component.file) !== survey.leaves.get(target.component.file)
    const score =
      weight *
      (site.isBranch ? SOMETIMES : 1) *
      seamOf(target) *
      (component.file === target.component.file ? 1 : 1.25) *
      (isFar ? 1.1 : 1)
    return [{ ...target, site, score }]
  })
  open.sort((a, b) => b.score - a.score || a.site.order - b.site.order)
  cache.set(component.id, open)
  return open
}

function plain({ component, site, through, implementations, children }: Node): Step {
  const steps = [...children].sort((a, b) => (a.site?.order ?? 0) - (b.site?.order ?? 0)).map(plain)
  return { component, site, through, implementations, steps }
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
