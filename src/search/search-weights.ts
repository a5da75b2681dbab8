/** The weights that rank search results of equal text score; they are stored in `search.json`. */

import type { SearchableSymbol } from './build-index.ts'

/** The repository's own code; examples, benchmarks and old documents (`aside`); or tests. */
export type Standing = 'own' | 'aside' | 'test'

export const WEIGHTS = {
  page: 2,
  section: 1,
  guide: 1,
  document: 0.8,
  public: 1.6,
  internal: 0.9,
  aside: 0.5,
  test: 0.35,
  /** Deprecated or internal: below everything else. */
  discouraged: 0.2,
}
/** Members rank lower, since the types that contain them are found too. */
const MEMBERS: ReadonlySet<string> = new Set(['field', 'constant', 'variable', 'getter', 'setter'])
const MEMBER_FACTOR = 0.8

/** Symbols of the repository's own code weigh more the more often they are used. */
export function symbolWeight({ kind, mark, isPublic, standing, uses }: SearchableSymbol): number {
  if (mark != null) return WEIGHTS.discouraged
  const factor = MEMBERS.has(kind) ? MEMBER_FACTOR : 1
  if (standing !== 'own') return WEIGHTS[standing] * factor
  const own = isPublic ? WEIGHTS.public : WEIGHTS.internal
  return Number((own * factor * (1 + Math.log2(1 + uses) / 8)).toFixed(2))
}
