/** Writes the defaults of environment variables: of the code, otherwise of documents. */

import type { Texts } from '#generate/pages/texts/texts.ts'
import { withSpaces } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import type { Row, Said } from './environment.ts'
import { type Fallback, fallbacksOf } from './fallbacks.ts'

/** What is used for each variable that is not set: by the code, otherwise by its description; empty if unknown. */
export function defaultsOf(
  { analysis, repo, texts }: Writing,
  rows: readonly Row[],
  said: Said,
): Map<string, Inline[]> {
  const all = new Set(analysis.reads.map(({ name }) => name))
  return new Map(
    rows.map(([name, places]) => {
      const fallbacks = fallbacksOf(repo, name, places, all)
      const described = said.get(name)?.default
      if (fallbacks.length > 0 && fallbacks.every(isKnown)) return [name, shownFallbacks(texts, fallbacks)]
      return [name, described === undefined ? [] : [code(described)]]
    }),
  )
}

/** If one fallback is not known, the others would look like the only ones. */
const isKnown = ({ value, variable, isRequired }: Fallback): boolean =>
  value !== null || variable !== undefined || isRequired === true

function shownFallbacks(texts: Texts, fallbacks: readonly Fallback[]): Inline[] {
  const shown = fallbacks.map(({ value, variable, isRequired }): Inline[] =>
    isRequired
      ? [texts.environment.required]
      : value === ''
        ? [texts.environment.empty]
        : [code(variable === undefined ? withSpaces(value ?? '') : `$${variable}`)],
  )
  return join(shown, texts.comma)
}
