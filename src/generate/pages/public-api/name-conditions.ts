/** The condition of a public name: that of its definition, or of the `pub use` that re-exports it. */

import { push } from '#base/multimap.ts'
import type { Component, Package } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { cfgAttribute, cfgConditions } from '#generate/rust-cfg.ts'
import { code, type Inline } from '#markdown/build.ts'
import type { PublicName } from './public-names.ts'

/** Limits on the lines of a crate's root file and of one statement. */
const MAX_LINES = 5_000
const MAX_STATEMENT = 60

/** For example ` (#[cfg(feature = "net")])`; empty if the name is unconditional. */
export function conditionWords({ repo }: Writing, about: Package | undefined, one: PublicName): Inline[] {
  if (one.component !== null && isInBothBranches(repo, one.component)) return []
  const condition = one.component?.condition ?? conditionOfUse(repo, about, one)
  return condition === undefined ? [] : [' (', { ...code(condition), data: { isQuoted: true } }, ')']
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

function conditionOfUse(
  repo: RepoIndex,
  about: Package | undefined,
  { name, path, isInner }: PublicName,
): string | undefined {
  const root = about?.entries.find(({ subpath }) => subpath === '.')?.file
  if (path.language !== 'rust' || root === undefined || isInner === true) return undefined
  const found = usesIn(repo, root).get(name) ?? []
  const [first] = found
  return first === undefined || found.some(({ length }) => length === 0) ? undefined : cfgAttribute(first)
}

const known = new WeakMap<RepoIndex, Map<string, ReadonlyMap<string, (readonly string[])[]>>>()

/** The conditions of the unindented `pub use` statements of a file, by re-exported name. */
function usesIn(repo: RepoIndex, path: string): ReadonlyMap<string, (readonly string[])[]> {
  const files = known.get(repo) ?? new Map<string, ReadonlyMap<string, (readonly string[])[]>>()
  known.set(repo, files)
  const before = files.get(path)
  if (before !== undefined) return before
  const cfg = cfgConditions(repo.files)
  const lines = codeLines(repo, path, 1, MAX_LINES)
  const found = new Map<string, (readonly string[])[]>()
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('pub use ')) continue
    const rest = lines.slice(index, index + MAX_STATEMENT)
    const end = rest.findIndex((one) => one.includes(';'))
    const words =
      rest
        .slice(0, end + 1)
        .join(' ')
        .match(/\w+/g) ?? []
    const conditions = cfg(path, index + 1)
    for (const word of new Set(words)) push(found, word, conditions)
  }
  files.set(path, found)
  return found
}
