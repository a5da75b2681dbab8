/** Texts shared by all output forms of a comparison: terminal, Markdown and the pages of the service. In English. */

import type { Change, Diff, Severity, Side } from './change.ts'
import { RULES } from './rules.ts'

export const HEADINGS: Readonly<Record<Severity, string>> = {
  breaking: 'Breaking',
  unknown: 'Perhaps breaking',
  compatible: 'Compatible',
}

/** `2 breaking, 1 perhaps breaking and 5 compatible changes: a major step.` */
export function summaryOf({ counts, step, changes, modules }: Diff): string {
  const { breaking, unknown, compatible } = counts
  if (breaking + unknown + compatible === 0) {
    return modules.length === 0 ? 'Nothing changed.' : 'Nothing changed that users depend on: a patch step.'
  }
  const all = breaking + unknown + compatible
  const more = all > changes.length ? ` The first ${changes.length} are listed.` : ''
  const asFar = step !== 'major' && unknown > 0 ? ', as far as declarations can tell' : ''
  const noun = all === 1 ? 'change' : 'changes'
  return `${breaking} breaking, ${unknown} perhaps breaking and ${compatible} compatible ${noun}: a ${step} step${asFar}.${more}`
}

/** The text of a rule, such as `Parameter removed`, and whether the change is a guess. */
export function ruleText({ rule, is_guess: isGuess }: Change): string {
  return `${RULES[rule]}${isGuess ? ' (a guess)' : ''}`
}

export const placeText = ({ file, line, end }: Side): string => `${file}:${line}${end > line ? `-${end}` : ''}`

export const shortId = (commit: string): string => commit.slice(0, 7)
