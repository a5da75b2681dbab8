/** Finds the condition under which a Ruby class or module mixes another in: that of the `include`, or of the class around it. */

import { branchesByMargin, modifierOf } from '#generate/branches.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { code, type Inline } from '#markdown/build.ts'

const MAX_LINES = 20_000
const MAX_SHOWN = 100
const branches = new WeakMap<RepoIndex, Map<string, readonly (string | undefined)[]>>()

/**
 * ` (if ENV['COLOURS'])`; nothing if it is mixed in unconditionally anywhere.
 *
 * @param isTold - Whether the condition of the class itself is already shown.
 */
export function mixinCondition(repo: RepoIndex, from: string, to: string, isTold: boolean): Inline[] {
  const user = repo.components.get(from)
  if (user === undefined || repo.files.get(user.file)?.language !== 'ruby') return []
  const places = repo.occurrences.usesOf(from, to).filter(({ kind }) => kind === 'mixes-in')
  const conditions = new Set(places.map(({ file, line }) => conditionAt(repo, user, file, line)))
  const [condition] = conditions
  return conditions.has(undefined) || condition === undefined || (isTold && condition === user.condition)
    ? []
    : [' (', { ...code(condition.slice(0, MAX_SHOWN)), data: { isQuoted: true } }, ')']
}

function conditionAt(repo: RepoIndex, user: Component, file: string, line: number): string | undefined {
  const all = branches.get(repo) ?? new Map<string, readonly (string | undefined)[]>()
  branches.set(repo, all)
  const found = all.get(file) ?? branchesByMargin(codeLines(repo, file, 1, MAX_LINES))
  all.set(file, found)
  const own = modifierOf(codeLines(repo, file, line, line)[0] ?? '') ?? found[line - 1]
  if (own !== undefined) return own
  const opened = [user, ...(user.declarations ?? [])].find(
    (one) => one.file === file && one.startLine <= line && line <= one.endLine,
  )
  return opened === undefined ? undefined : found[opened.startLine - 1]
}
