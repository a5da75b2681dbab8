/** Finds the component whose doc comment describes another one: an overridden method, or the source of an assigned docstring. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { ignoresInput } from './contradicted.ts'
import { isDocumented } from './entry-details.ts'

/** Limit on the steps to overridden methods, and on the methods of a step. */
const MAX_STEPS = 10
/** Number of lines of a file that are searched for assigned docstrings. */
const MAX_LINES = 20_000

/**
 * @returns `undefined` if there is none, for a field, and for a component with its own comment unless that is assigned from
 *   another one.
 */
export function docSource(repo: RepoIndex, component: Component): Component | undefined {
  const isOwn = component.kind === 'field' || (isDocumented(component) && !isOnlyHistory(component.doc))
  return copiedFrom(repo, component) ?? (isOwn ? undefined : overriddenWithDoc(repo, component))
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

/** The nearest overridden method with a comment; `undefined` if the body obviously does something else. */
function overriddenWithDoc(repo: RepoIndex, component: Component): Component | undefined {
  if (ignoresInput(repo, component)) return undefined
  let level = [component.id]
  for (let step = 0; step < MAX_STEPS && level.length > 0; step++) {
    level = level.flatMap((id) => repo.overridden.get(id) ?? []).slice(0, MAX_STEPS)
    const found = level.map((id) => repo.components.get(id)).find((one) => one !== undefined && isDocumented(one))
    if (found !== undefined) return found
  }
  return undefined
}

/** `now.__doc__ = _factory.now.__doc__` at the top of its file. */
function copiedFrom(repo: RepoIndex, { file, name, parent }: Component): Component | undefined {
  if (parent !== null || repo.files.get(file)?.language !== 'python') return undefined
  const at = copiesOf(repo, file).get(name)
  if (at === undefined) return undefined
  const used = repo.occurrences.usesIn(file).filter(({ line, kind }) => line === at && kind !== 'imports')
  return used
    .map(({ to }) => repo.components.get(to))
    .find((one) => one !== undefined && one.file !== file && isDocumented(one))
}

const copies = new WeakMap<RepoIndex, Map<string, ReadonlyMap<string, number>>>()

/** Lines of a file that assign a docstring from another one, keyed by the name assigned to. */
function copiesOf(repo: RepoIndex, file: string): ReadonlyMap<string, number> {
  const known = copies.get(repo) ?? new Map<string, ReadonlyMap<string, number>>()
  copies.set(repo, known)
  const found = known.get(file) ?? findCopies(repo, file)
  known.set(file, found)
  return found
}

function findCopies(repo: RepoIndex, file: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const [index, line] of codeLines(repo, file, 1, MAX_LINES).entries()) {
    const at = line.indexOf('.__doc__ = ')
    const name = at < 0 ? '' : line.slice(0, at)
    if (/^\w+$/.test(name) && line.trimEnd().endsWith('.__doc__')) found.set(name, index + 1)
  }
  return found
}
