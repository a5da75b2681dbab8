/** Builds the changes of settings, commands and packages. */

import { codeSpan } from '#base/code-spans.ts'
import type { Change, Severity, Side } from './change.ts'
import type { Rule } from './rules.ts'

interface About {
  name: string
  package?: string
  detail?: string
  before?: Side | undefined
  after?: Side | undefined
}

export const buildChange = (
  rule: Rule,
  severity: Severity,
  { name, package: owner = '', detail = '', before, after }: About,
): Change => ({
  rule,
  severity,
  package: owner,
  name,
  detail,
  before: before ?? null,
  after: after ?? null,
})

/** `4 → 5`; a missing or empty value is `none`. */
export const arrow = (before: string | null, after: string | null): string => `${shown(before)} → ${shown(after)}`

const shown = (value: string | null): string => codeSpan(value ?? '')
