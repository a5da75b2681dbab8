/** Writes the defaults of environment variables: from the code, otherwise from documents. */

import { withSpaces } from '#generate/pages/words.ts'
import { code, type Inline } from '#markdown/build.ts'
import type { Descriptions, Row } from './environment.ts'

/** Matches a shell or template expression, which is not a value; a path may begin with another variable. */
const COMPUTED =
  /^(?!(?:\$[A-Z_]{1,40}|\$\{[A-Z_]{1,40}(?::-[\w./-]{1,40})?\})\/[\w./-]{1,80}$).{0,1000}(?:(?<!\$)\$[A-Za-z_{(]|`)/

/**
 * The default of each variable: from the code if all reads with a fallback use the same constant, otherwise from its
 * description. Variables without a default have no entry.
 */
export function defaultsOf(rows: readonly Row[], descriptions: Descriptions): Map<string, Inline[]> {
  const found = new Map<string, Inline[]>()
  for (const [name, places] of rows) {
    const [only, ...others] = new Set(places.flatMap((read) => read.default || []))
    const isConstant = only !== undefined && others.length === 0 && !COMPUTED.test(only)
    const value = isConstant ? only : descriptions.get(name)?.default
    if (value !== undefined) found.set(name, [code(withSpaces(value))])
  }
  return found
}
