/** Finds the component whose doc comment describes another: an overridden method. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { isDocumented } from './entry-details.ts'

/** Limit on the steps to overridden methods, and on the methods of a step. */
const MAX_STEPS = 10
/** A method with at most this many lines, including its head, may only throw, or return a constant. */
const SHORT = 5

/** @returns `undefined` if there is none, for a field, and for a component whose own comment describes it. */
export function docSource(repo: RepoIndex, component: Component): Component | undefined {
  const isOwn = component.kind === 'field' || (isDocumented(component) && !isOnlyHistory(component.doc))
  return isOwn ? undefined : overriddenWithDoc(repo, component)
}

/** Whether a comment only says when something was added or changed: `*Changed in version 8.3:* …`. */
const isOnlyHistory = (doc: string | null): boolean =>
  (doc ?? '').split(/\n\s*\n/).every((part) => /^\s*\*(?:Changed|New) in version [^*\n]{1,40}\*/.test(part))

/** The method of `encode = _planner.encode` at the top of a Python file, if the class of the instance is known. */
export function boundMethod(repo: RepoIndex, component: Component): Component | undefined {
  const { file, kind, parent, signature, startLine } = component
  if (kind !== 'constant' || parent !== null || repo.files.get(file)?.language !== 'python') return undefined
  const [, method] = /^\w{1,80} = \w{1,80}\.(\w{1,80})$/.exec(signature) ?? []
  if (method === undefined) return undefined
  const used = repo.occurrences.usesIn(file).filter(({ line }) => line === startLine)
  return used.map(({ to }) => repo.components.get(to)).find((one) => one?.kind === 'method' && one.name === method)
}

/** The nearest overridden method with a comment; `undefined` if the body may do something else. */
function overriddenWithDoc(repo: RepoIndex, component: Component): Component | undefined {
  if (isPerhapsEmpty(repo, component)) return undefined
  let level = [component.id]
  for (let step = 0; step < MAX_STEPS && level.length > 0; step++) {
    level = level.flatMap((id) => repo.overridden.get(id) ?? []).slice(0, MAX_STEPS)
    const found = level.map((id) => repo.components.get(id)).find((one) => one !== undefined && isDocumented(one))
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a short body uses nothing from the repository. A method without a body, as in an interface, keeps the overridden contract. */
function isPerhapsEmpty(repo: RepoIndex, { id, parent, startLine, endLine }: Component): boolean {
  const kind = repo.components.get(parent ?? '')?.kind
  if (kind === 'interface' || kind === 'trait' || endLine - startLine >= SHORT) return false
  return !repo.occurrences.usesIn(id).some((use) => use.kind === 'calls' || use.kind === 'references')
}
