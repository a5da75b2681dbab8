/**
 * Finds the conditions under which a Ruby class or module mixes another in: those of each `include`, or of the class
 * around it.
 */

import { branchesByMargin, modifierOf } from '#generate/branches.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { code, type Inline } from '#markdown/build.ts'

const MAX_LINES = 20_000
const MAX_SHOWN = 100
const MAX_CONDITIONS = 3
const branches = new WeakMap<RepoIndex, Map<string, readonly (string | undefined)[]>>()

/**
 * ` (if ENV['COLOURS'])`; empty if any `include` is unconditional.
 *
 * @param isShown - Whether the condition of the class itself is already shown.
 */
export function mixinCondition(repo: RepoIndex, from: string, to: string, isShown: boolean): Inline[] {
  const user = repo.components.get(from)
  if (user === undefined || repo.files.get(user.file)?.language !== 'ruby') return []
  const places = repo.occurrences.usesOf(from, to).filter(({ kind }) => kind === 'mixes-in')
  const conditions = new Set(places.map(({ file, line }) => conditionAt(repo, user, file, line)))
  const all = [...conditions].flatMap((one) => one ?? [])
  const isKnown = isShown && all.every((one) => one === user.condition)
  if (all.length === 0 || all.length < conditions.size || isKnown) return []
  if (all.length > MAX_CONDITIONS) return [' (conditionally)']
  return [' (', ...all.flatMap((one, at) => [at === 0 ? '' : '; ', quoted(one)]), ')']
}

function quoted(condition: string): Inline {
  const shown = condition.length > MAX_SHOWN ? `${condition.slice(0, MAX_SHOWN).trimEnd()}…` : condition
  return { ...code(shown), data: { isQuoted: true } }
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
