/** Writes the defaults of environment variables: from the code, otherwise from documents. */

import { withSpaces } from '#generate/pages/words.ts'
import { code, type Inline } from '#markdown/build.ts'
import type { Row, Said } from './environment.ts'

/** Matches an expression of a shell or a template, which is not a value; a path may begin with another variable. */
const COMPUTED = /^(?!(?:\$[A-Z_]{1,40}|\$\{[A-Z_]{1,40}(?::-[\w./-]{1,40})?\})\/[\w./-]{1,80}$).{0,1000}(?:\$[\w{(]|`)/

/**
 * The default of each variable: from the code if all reads with a fallback use the same value, otherwise from its description.
 * Variables without a default have no entry.
 */
export function defaultsOf(rows: readonly Row[], said: Said): Map<string, Inline[]> {
  const found = new Map<string, Inline[]>()
  for (const [name, places] of rows) {
    const [only, ...others] = new Set(places.flatMap((read) => read.default || []))
    const value = only ?? said.get(name)?.default
    const isComputed = only !== undefined && COMPUTED.test(only)
    if (others.length === 0 && value !== undefined && !isComputed) found.set(name, [code(withSpaces(value))])
  }
  return found
}
