/** Whose doc comment describes a component that has none: what it overrides, or what its comment is set from. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { ignoresInput } from './contradicted.ts'
import { isDocumented } from './entry-details.ts'

/** Steps to what is overridden. */
const MAX_STEPS = 10
/** A file with more is not searched for comments that are set. */
const MAX_LINES = 20_000

/** `undefined` where nothing has one to give, and for a field, which is told with what it takes the place of. What is set from another one stands beside its own. */
export function docGiver(repo: RepoIndex, component: Component): Component | undefined {
  const isOwn = component.kind === 'field' || isDocumented(component)
  return copiedFrom(repo, component) ?? (isOwn ? undefined : overriddenWithDoc(repo, component))
}

/** `encode = _planner.encode` at the top of a file of Python: the method, where the class of the instance is known. */
export function boundMethod(repo: RepoIndex, component: Component): Component | undefined {
  const { file, kind, parent, signature, startLine } = component
  if (kind !== 'constant' || parent !== null || repo.files.get(file)?.language !== 'python') return undefined
  const [, method] = /^\w{1,80} = \w{1,80}\.(\w{1,80})$/.exec(signature) ?? []
  if (method === undefined) return undefined
  const used = repo.occurrences.usesIn(file).filter(({ line }) => line === startLine)
  return used.map(({ to }) => repo.components.get(to)).find((one) => one?.kind === 'method' && one.name === method)
}

/** The nearest method with a comment among those that it overrides; none where its body does not do what that says. */
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

/** Lines of a file that set a comment from another one, by the name that is set. */
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
