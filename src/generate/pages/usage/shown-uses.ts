/** Chooses the statements that show how something is used, each on one line. */

import { hasText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import { codeBetween, codeLines, offsetOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { offsetsOf } from './is-call.ts'
import { balanced, joined } from './one-line.ts'
import type { UseLine } from './use-lines.ts'

/** Limit on the characters of a shown statement. */
const MAX_CHARS = 120
/** Minimum number of characters besides the name in an informative line that only passes it on. */
const MIN_MORE = 10
/** Limit on the lines that are searched. */
const MAX_LINES = 200

/** A use with its statement; '' for one that has too little on its line. */
export interface ShownUse extends UseLine {
  readonly code: string
}

/** Unconditional uses first, then conditional ones, then failure handling, each in order of lines; last those without a statement. */
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
      const code = isShown(component, use) ? codeOf(repo, path, use) : undefined
      if (code === undefined || codes.has(code)) return []
      if (
        !use.isCall &&
        (code.length < component.name.length + MIN_MORE || isOfMember(component, code) || isReplaced(component, code))
      )
        return []
      codes.add(code)
      return [{ ...use, code: isCutToName(component, code) ? '' : code }]
    })
    .sort((a, b) => Number(a.code === '') - Number(b.code === '') || a.aside - b.aside || a.line - b.line)
}

/** Whether a line calls a component or, if it is not a type, passes it on. */
const isShown = ({ kind }: Component, use: UseLine): boolean =>
  use.isCall || kind === 'constant' || kind === 'function' || kind === 'method'

/** Whether a line has only the name of what it calls, since the arguments are on other lines: `return plan(…)`, `<Plan` */
const isCutToName = ({ name }: Component, code: string): boolean =>
  /^<|\(…\)$/.test(code) && code.replace(/^(?:<|(?:await|new|return|yield) )|\(…\)$/g, '') === name

/** Whether a line only uses members of a function: `pino.destination(1)`. */
function isOfMember({ kind, name }: Component, code: string): boolean {
  const named = [...offsetsOf(code, name)]
  const isBefore = (at: number): boolean => /^\.(?!(?:apply|bind|call)\b)/.test(code.slice(at + name.length))
  return kind === 'function' && named.length > 0 && named.every(isBefore)
}

/** Whether a line sets a method to something else: `Plan.prototype.burn = burn`. */
const isReplaced = ({ name }: Component, code: string): boolean => hasText(code, `.prototype.${name} =`)

/** The statement around a use if it fits on a line, otherwise the line of the use, with `…` for the rest. */
function codeOf(repo: RepoIndex, path: string, use: UseLine): string | undefined {
  const offset = offsetOf(repo, path, use)
  if (offset === undefined) return undefined
  const statement = repo.occurrences.statementAt(path, offset)
  const whole = statement && joined(codeBetween(repo, path, statement.start, statement.end))
  if (whole !== undefined && whole.length <= MAX_CHARS) return whole
  const [own = '', next = ''] = codeLines(repo, path, use.line, use.line + 1)
  // The first line of a chain of calls says nothing about the others.
  const line = next.trimStart().startsWith('.') ? '' : balanced(own)
  return line !== '' && line.length <= MAX_CHARS ? line : undefined
}
