/** The condition under which a public name is defined. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

/** For example ` (#[cfg(feature = "net")])`; empty if the name is unconditional. */
export function conditionWords({ repo }: Writing, component: Component | null): Inline[] {
  const condition = component?.condition
  return component === null || condition === undefined || isInBothBranches(repo, component)
    ? []
    : [' (', { ...code(condition), data: { isQuoted: true } }, ')']
}

/** Whether the other branch of the same `#if` also defines the name, so that it always exists. */
function isInBothBranches({ tops }: RepoIndex, { id, name, file, condition }: Component): boolean {
  if (condition === undefined || !condition.startsWith('#')) return false
  return (tops.get(file) ?? []).some(
    (other) => other.name === name && other.id !== id && areOpposite(condition, other.condition ?? ''),
  )
}

function areOpposite(one: string, other: string): boolean {
  const isElse = (of: string, branch: string): boolean =>
    branch === `#else of ${of}` ||
    branch === of.replace(/^#if /, '#if !') ||
    branch === of.replace(/^#ifdef /, '#ifndef ')
  return one !== other && (isElse(one, other) || isElse(other, one))
}
