/** Predicates on the texts of captured nodes. */

import type { Predicate } from './pattern.ts'
import { BadQuery } from './read-query.ts'

export interface Holds {
  /** The capture whose nodes are tested; the predicate holds if it has no nodes. */
  readonly capture: number
  test(text: string): boolean
}

/** @throws {BadQuery} The predicate is unknown, or names no capture. */
export function compilePredicate({ name, values }: Predicate, capture: number): Holds {
  const [first = ''] = values
  const set = new Set(values)
  switch (name) {
    case 'eq?':
      return { capture, test: (text) => text === first }
    case 'not-eq?':
      return { capture, test: (text) => text !== first }
    case 'any-of?':
      return { capture, test: (text) => set.has(text) }
    case 'not-any-of?':
      return { capture, test: (text) => !set.has(text) }
    case 'match?': {
      const pattern = new RegExp(first)
      return { capture, test: (text) => pattern.test(text) }
    }
    case 'not-match?': {
      const pattern = new RegExp(first)
      return { capture, test: (text) => !pattern.test(text) }
    }
    default:
      throw new BadQuery(`#${name} is not known`)
  }
}
