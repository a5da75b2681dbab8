/** The result of a comparison. Plain data, the same as its JSON. */

import type { Rule } from './rules.ts'

/** `unknown`: the change may break some users; a comparison of declarations cannot tell. */
export const SEVERITIES = ['breaking', 'unknown', 'compatible'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Lines of a file in one of the two commits. */
export interface Side {
  file: string
  line: number
  end: number
  /** The declaration in this version, on one line. */
  text: string
}

export interface Change {
  rule: Rule
  severity: Severity
  /** The package or program; '' for the repository as a whole. */
  package: string
  /** The name as users write it: `click.Context.invoke`, `PORT`, `tool remote add --force`. */
  name: string
  /** What exactly changed: ``parameter `timeout` ``, `int → str`; '' if the rule needs no detail. */
  detail: string
  before: Side | null
  after: Side | null
  /** A likely explanation rather than a certain one. */
  is_guess?: true
}

/** A module whose files differ. */
export interface ModuleChange {
  change: 'added' | 'removed' | 'changed'
  title: string
  /** Its page in each set. */
  before: string | null
  after: string | null
  /** Paths of the files that differ or are in one set only. */
  files: string[]
}

export interface Diff {
  version: 1
  /** Full commit ids. */
  from: string
  to: string
  /** The smallest semantic version bump that the known changes allow; in versions 0.x a major bump becomes a minor one. */
  step: 'major' | 'minor' | 'patch'
  counts: Record<Severity, number>
  /** Breaking changes first, then by package, name and rule. At most `MAX_CHANGES`; `counts` counts all. */
  changes: Change[]
  modules: ModuleChange[]
}

/** What a rule found for a pair of declarations, without their locations. */
export interface Finding {
  rule: Rule
  severity: Severity
  detail: string
}

export const MAX_CHANGES = 20_000
/** Maximum number of changes of each severity shown to people. */
export const MAX_SHOWN = 300

/** The changes shown to people. `counts` still counts all. */
export function shownOf(diff: Diff): Diff {
  const shown = { breaking: 0, unknown: 0, compatible: 0 }
  return { ...diff, changes: diff.changes.filter(({ severity }) => shown[severity]++ < MAX_SHOWN) }
}
