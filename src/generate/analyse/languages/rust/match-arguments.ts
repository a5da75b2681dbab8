/** Matches the arguments of a macro with its rule: single fragments and at most one repetition. */

import type { MacroRule, Pattern } from './macro-rule.ts'
import type { Token } from './macro-tokens.ts'

/** The tokens of each fragment, keyed by its name with `$`. */
export type Fragments = ReadonlyMap<string, readonly Token[]>

/** Fragments that take a single token, or a block in brackets. */
const SINGLE = new Set(['ident', 'tt', 'literal', 'lifetime', 'block'])
const MAX_ENTRIES = 200

/** The fragments before the repetition, and those of each of its rounds with them; both empty without a match. */
interface Match {
  readonly fixed: Fragments
  readonly list: readonly Fragments[]
}

const NO_MATCH: Match = { fixed: new Map(), list: [] }

/** @param all - The arguments with their brackets. */
export function matchArguments({ fixed, list }: MacroRule, all: readonly Token[]): Match {
  const end = all.length - 1
  const first = new Map<string, readonly Token[]>()
  let at = matchPattern(fixed, all, 1, end, '', first)
  const rounds: Fragments[] = []
  while (at !== undefined && list !== undefined && at < end && rounds.length < MAX_ENTRIES) {
    const own = new Map(first)
    const next = matchPattern(list.pattern, all, at, end, list.separator, own)
    if (next === undefined || next === at) return NO_MATCH
    rounds.push(own)
    at = next < end && all[next]?.text === list.separator ? next + 1 : next
  }
  return at === end ? { fixed: first, list: rounds } : NO_MATCH
}

/** @returns The index after the match. */
function matchPattern(
  pattern: readonly Pattern[],
  all: readonly Token[],
  from: number,
  end: number,
  separator: string,
  fragments: Map<string, readonly Token[]>,
): number | undefined {
  let at = from
  for (const [index, one] of pattern.entries()) {
    if ('text' in one) {
      if (at >= end || all[at]?.text !== one.text) return undefined
      at++
      continue
    }
    const next = pattern[index + 1]
    const stop = next === undefined ? separator : 'text' in next ? next.text : ''
    const start = at
    do at = (all[at]?.close ?? at) + 1
    while (!SINGLE.has(one.spec) && at < end && all[at]?.text !== stop)
    if (at > end || (one.spec === 'ident' && !/^[A-Za-z_]\w*$/.test(all[start]?.text ?? ''))) return undefined
    fragments.set(one.name, all.slice(start, at))
  }
  return at
}
