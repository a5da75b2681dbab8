/** What ran while the tests of a checkout did, as far as a run-time says. */

import { push } from '#base/multimap.ts'

export interface Component {
  id: string
  kind: string
  name: string
  file: string
  start_line: number
  end_line: number
}

/** A call that a page or the graph tells of, with all of the components that its name may mean. */
export interface Told {
  file: string
  line: number
  callees: readonly Component[]
}

export interface Ran {
  /** The last line that the test runner printed. */
  readonly report: string
  /** How many tests (Python) or files of tests (JavaScript) pass through a function. */
  readonly passes: ReadonlyMap<Component, number>
  /** Whether a function came to its end at least once; for JavaScript whether it ran. */
  hasCompleted(component: Component): boolean
  /** Whether a call of it would be seen: generated constructors and those of C would not. */
  canBeSeen(callee: Component): boolean
  /** Whether a line made a call (Python) or ran (JavaScript). */
  hasRun(file: string, line: number): boolean
  /** Whether a callee, or what overrides it by the same name, was called from the line (Python), or whether both ran (JavaScript). */
  isSeen(told: Told): boolean
}

export const isFunction = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

export function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) push(groups, keyOf(one), one)
  return groups
}
