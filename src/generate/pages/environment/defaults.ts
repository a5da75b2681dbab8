/** Writes the defaults of environment variables: of the code, otherwise of documents. */

import { withSpaces } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'
import type { Row, Said } from './environment.ts'
import { fallbacksOf } from './fallbacks.ts'

/**
 * What is used for each variable that is not set: by the code if all places that replace it use the same value, otherwise by
 * its description. Other variables have no entry.
 */
export function defaultsOf({ repo, texts }: Writing, rows: readonly Row[], said: Said): Map<string, Inline[]> {
  const found = new Map<string, Inline[]>()
  for (const [name, places] of rows) {
    const [only, ...others] = fallbacksOf(repo, places)
    const value = only?.value ?? said.get(name)?.default
    if (only?.isRequired === true && others.length === 0) found.set(name, [texts.environment.required])
    else if (others.length === 0 && value !== undefined) found.set(name, [code(withSpaces(value))])
  }
  return found
}
