/**
 * Selects the root of the call tree: a function that the README calls, otherwise the program's entry, otherwise the public
 * function that does most.
 */

import type { Nodes } from 'mdast'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { offerOf, publicNames } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isPublic, type Writing } from '#generate/pages/writing.ts'
import { bodyOf, calleesOf, callersOf } from './calls.ts'

const MAX_ENTRIES = 6
/** Minimum share of the calls and reach of the first entry for an alternative entry. */
const MIN_SHARE = 0.35
/** Limits on the code blocks of the README and on the characters of each. */
const MAX_BLOCKS = 40
const MAX_BLOCK = 4_000
const README = /^(?:\.github\/|docs\/)?readme\.\w+$/i
const NO_CODE =
  /^(?:(?:ba|z|fi)?sh|shell|console|shell-session|powershell|bat|text|txt|json|ya?ml|toml|xml|html|diff|ini|http|dockerfile)\b/i
/** Matches a called name, in Ruby also with a block and without parentheses; not one that the code defines. */
const CALL =
  /(?<![\p{L}\p{N}_$])(?<!\b(?:def|fn|fun|func|function) )[\p{L}_$][\p{L}\p{N}_$]*(?=[!?]?(?:<[\p{L}\p{N}_, ]{1,60}>)?\(|\s+do\b)/gu
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu
const CALLED = new Set<Component['kind']>(['function', 'method', 'class', 'struct'])
/** Above this number of functions of one name, each file of a kind has one, such as rules or handlers. */
const MAX_NAMESAKES = 4
/** Limit on the public names whose reach is measured. */
const MAX_OFFERED = 40
/** Limit on the definitions that are counted as reached. */
const MAX_REACH = 120
/** Matches paths of vendored code, of examples and of helpers for tests. */
const ASIDE =
  /(?:^|\/)(?:_?(?:demo|example|sample)s?|bench\w*|contrib|deps|docs?|external|fuzz\w*|scripts?|testing|third_?party|tools?|vendor)\/|(?:^|\/)_?testing\.\w+$/i

/** Possible entries, the best first. */
export function callEntries(writing: Writing): Component[] {
  const called = entriesInReadme(writing)
  if (called.length > 0) return called.slice(0, MAX_ENTRIES)
  const mains = mainsOf(writing)
  return (mains.length > 0 ? mains : offered(writing)).slice(0, MAX_ENTRIES)
}

/** Public functions and methods in the README's code, those with most calls and reach first. */
function entriesInReadme(writing: Writing): Component[] {
  const { repo } = writing
  const blocks = readmeCode(writing)
  // A variable often has the name of its type.
  const named = new Set(blocks.flatMap((block) => block.match(WORD) ?? []).map((word) => word.toLowerCase()))
  const counts = new Map<string, number>()
  for (const [index, block] of blocks.entries())
    for (const name of new Set(block.match(CALL))) counts.set(name, (counts.get(name) ?? 0) + 1 / (1 + index / 4))
  const found = new Map<string, { component: Component; weight: number }[]>()
  for (const component of repo.components.values()) {
    const { name, kind, file } = component
    if (!counts.has(name) || !CALLED.has(kind) || !isMain(file, repo) || ASIDE.test(file)) continue
    if (!isPublic(component, repo) || isDeprecated(component) || isHidden(writing, component)) continue
    const owner = component.parent === null ? undefined : repo.components.get(component.parent)
    const isOffered = offerOf(writing, component) > 0 || (owner !== undefined && offerOf(writing, owner) > 0)
    const isNamed = owner === undefined || owner.kind === 'namespace' || named.has(owner.name.toLowerCase())
    const isType = bodyOf(repo, component) !== component || kind === 'class' || kind === 'struct'
    const weight =
      Math.log2(1 + (counts.get(name) ?? 0)) *
      Math.log2(1 + reachOf(repo, component)) *
      (isOffered ? 2 : 1) *
      (isNamed ? 2 : 1) *
      (isType ? 0.5 : 1) *
      (name === 'main' ? 2 : 1) *
      (1 + Math.log2(1 + (repo.users.get(component.id)?.size ?? 0)) / 8)
    push(found, name, { component, weight })
  }
  // The README means only one of the functions with the same name.
  const best = [...found.values()]
    .filter((all) => all.filter(({ component }) => component.parent === null).length <= MAX_NAMESAKES)
    .flatMap((all) => all.sort(byWeight).slice(0, 1))
    .sort(byWeight)
  const least = MIN_SHARE * (best[0]?.weight ?? 0)
  const entries = best.filter(({ weight }) => weight > 0 && weight >= least).map(({ component }) => component)
  return workFirst(repo, entries)
}

/** Moves methods before the function that creates their receiver if they reach more. */
function workFirst(repo: RepoIndex, entries: readonly Component[]): Component[] {
  const [first] = entries
  if (first === undefined) return []
  const made = new Set(calleesOf(repo, first).flatMap(({ id, kind }) => (kind === 'class' ? [id] : [])))
  const work = entries.find(
    (one) => one.parent !== null && made.has(one.parent) && reachOf(repo, one) > reachOf(repo, first),
  )
  return work === undefined ? [...entries] : [work, ...entries.filter((one) => one !== work)]
}

function byWeight(a: { component: Component; weight: number }, b: { component: Component; weight: number }): number {
  return b.weight - a.weight || (a.component.id < b.component.id ? -1 : 1)
}

function readmeCode({ guides }: Writing): string[] {
  const blocks: string[] = []
  const read = (node: Nodes): void => {
    if (blocks.length >= MAX_BLOCKS) return
    if (node.type === 'code' && !NO_CODE.test(node.lang ?? '')) blocks.push(node.value.slice(0, MAX_BLOCK))
    else if ('children' in node) for (const child of node.children) read(child)
  }
  for (const { path, blocks: own } of guides?.guides.values() ?? []) if (README.test(path)) own.forEach(read)
  return blocks
}

/** Main functions, those without callers first, then by reach. */
function mainsOf(writing: Writing): Component[] {
  const { analysis, repo } = writing
  const own = ownPackages(writing)
  const isLibrary = own.some(({ isPrivate, entries }) => !isPrivate && entries.length > 0)
  const run = new Set(analysis.artifacts.edges.flatMap(({ to, kind }) => (kind === 'runs' ? [to] : [])))
  // Next to a library, a main function that no published package runs is an example or a benchmark.
  const isProgram = ({ id, file }: Component): boolean => {
    if (!isLibrary || repo.files.get(file)?.language === 'go') return true
    const around = own.filter(({ folder }) => folder === '' || file.startsWith(`${folder}/`))
    const nearest = around.sort((a, b) => b.folder.length - a.folder.length)[0]
    return nearest?.isPrivate === false && (nearest.programs.length > 0 || run.has(id))
  }
  return [...repo.components.values()]
    .filter(
      ({ id, name, kind, file }) =>
        (kind === 'function' || kind === 'method') &&
        (/^main$/i.test(name) || run.has(id)) &&
        isMain(file, repo) &&
        !ASIDE.test(file),
    )
    .filter(isProgram)
    .map((component) => {
      const share = (callersOf(repo, component).length === 0 ? 1 : 0.8) * (run.has(component.id) ? 2 : 1)
      return { component, weight: share * reachOf(repo, component) }
    })
    .sort(byWeight)
    .map(({ component }) => component)
}

/** Functions and methods that users import or call, by reach. */
function offered(writing: Writing): Component[] {
  const { repo } = writing
  const names = [...publicNames(writing).values()].flat().slice(0, MAX_OFFERED)
  const found = new Map<Component, number>()
  for (const [index, { component }] of names.entries()) {
    if (component === null || isDeprecated(component)) continue
    // With similar reach, names that come first in the public API win.
    for (const one of [component, ...(repo.members.get(component.id) ?? [])])
      if (!found.has(one) && isOffered(writing, one)) found.set(one, reachOf(repo, one) / (1 + index / 5))
  }
  return [...found]
    .map(([component, weight]) => ({ component, weight }))
    .filter(({ weight }) => weight > 0)
    .sort(byWeight)
    .map(({ component }) => component)
}

/** Whether users may call a function. */
export function isOffered(writing: Writing, component: Component): boolean {
  const { kind, file } = component
  return (
    (kind === 'function' || kind === 'method') &&
    isPublic(component, writing.repo) &&
    isMain(file, writing.repo) &&
    !ASIDE.test(file) &&
    !isDeprecated(component) &&
    !isHidden(writing, component)
  )
}

/** Number of definitions that a component reaches. */
function reachOf(repo: RepoIndex, component: Component): number {
  const reached = new Set([component])
  for (const next of reached) {
    if (reached.size > MAX_REACH) break
    for (const callee of calleesOf(repo, next)) reached.add(callee)
  }
  return reached.size - 1
}
