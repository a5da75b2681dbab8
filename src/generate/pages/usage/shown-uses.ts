/** Chooses the statements that show how something is used: those that call it in one line and say more than its name. */

import type { Component } from '#generate/model.ts'
import { lineOfCode, offsetOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { UseLine } from './use-lines.ts'

/** Limit on the characters of a shown statement. */
const MAX_CHARS = 120
/** Characters beyond the name that say more than it: of `return plan(1)`, and of a call alone, unlike `this.orbit.plan(body);`. */
const MIN_MORE = 10
const MIN_MORE_OF_CALL = 24
/** Limit on the lines that are searched. */
const MAX_LINES = 200

/** A use with its statement. */
export interface ShownUse extends UseLine {
  readonly code: string
}

/** In the order of what always runs before what runs conditionally, without failures, and of lines. */
export function shownUses(
  repo: RepoIndex,
  component: Component,
  path: string,
  lines: readonly UseLine[],
): readonly ShownUse[] {
  const codes = new Set<string>()
  return lines
    .slice(0, MAX_LINES)
    .flatMap((use) => {
      const code = use.aside > 1 || !(use.isCall || isValue(component)) ? undefined : codeOf(repo, component, path, use)
      if (code === undefined || codes.has(code)) return []
      codes.add(code)
      return [{ ...use, code }]
    })
    .sort((a, b) => a.aside - b.aside || a.line - b.line)
}

const isValue = ({ kind }: Component): boolean => kind === 'constant'

/** The statement around a use, if it is short, on one line, and says more than the name. */
function codeOf(repo: RepoIndex, { name }: Component, path: string, use: UseLine): string | undefined {
  const offset = offsetOf(repo, path, use)
  const statement = offset === undefined ? undefined : repo.occurrences.statementAt(path, offset)
  if (statement === undefined) return undefined
  const { start, end, isCall } = statement
  const isShown = end - start <= MAX_CHARS && end - start >= name.length + (isCall ? MIN_MORE_OF_CALL : MIN_MORE)
  return isShown ? lineOfCode(repo, path, start, end) : undefined
}
