/** The steps of a flow: from a start the calls that tell most, along the ways to where the work is done. */

import type { Component } from '#generate/model.ts'
import { callSites, type Site } from './call-sites.ts'
import { seamOf, type Weights } from './call-weights.ts'
import type { Calls } from './calls.ts'
import { keptTarget, targetOf } from './dispatch.ts'
import type { Survey } from './survey.ts'

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
/** What a call in a branch tells beside one that always happens. */
const SOMETIMES = 0.6
/** Of the calls so many may depend on a condition. */
const MAX_DOUBT = 0.34
const MIN_FILES = 2
const MIN_STEPS_IN_ONE_FILE = 5

/** What steps are chosen by. */
export interface Ground {
  survey: Survey
  calls: Calls
  weights: Weights
  /** By caller. */
  open: Map<string, Candidate[]>
}

/** Every step below one, in order. */
export function stepsBelow({ steps }: Step): Step[] {
  return steps.flatMap((step) => [step, ...stepsBelow(step)])
}

interface Candidate extends Omit<Step, 'steps' | 'site'> {
  site: Site
  score: number
}

interface Node extends Omit<Step, 'steps'> {
  /** What its depth, and branches around it, leave of what it tells. */
  share: number
  /** The one branch of its body whose calls are shown: others may be its alternatives. */
  branch: number | null
  /** Neither it nor what leads to it is in a branch. */
  isCertain: boolean
  depth: number
  open: readonly Candidate[]
  children: Node[]
}

/** The most telling calls below a start; `undefined` when they are too few or stay in one place. */
export function flowFrom(ground: Ground, start: Component, weight: number): Flow | undefined {
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
          (isCertain(one)
            ? mayDoubt || node.isCertain
            : mayDoubt && (node.branch === null || node.branch === one.site.block)),
      )
      const score = (node.open[at]?.score ?? 0) * node.share * ANOTHER ** node.children.length
      if (at !== -1 && (best === undefined || score > best.score)) best = { node, at, score }
    }
    const chosen = best?.node.open[best.at]
    if (best === undefined || chosen === undefined) break
    seen.add(chosen.component.id)
    const node = nodeOf(ground, chosen, best.node)
    best.node.children.push(node)
    if (!isCertain(chosen)) best.node.branch = chosen.site.block
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
  return {
    component,
    site,
    through,
    implementations,
    share,
    isCertain: certain,
    branch: null,
    depth,
    open,
    children: [],
  }
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
    site: one.site,
  }))
  const placed = [...targets.map(({ callee, ...one }) => ({ ...one, site: sites.get(callee.id) })), ...kept]
  const open = placed.flatMap(({ target, weight, site }): Candidate[] => {
    if (site === undefined || site.context === 'failure' || weight === 0) return []
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
