/** Finds the first example that calls each public component: in READMEs, then in the guides in their own order. */

import { memoized } from '#base/memoize.ts'
import type { GuideNode } from '#generate/guide-model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { calledInReadme, codeOfDocuments, type DocumentCode } from './readme-calls.ts'
import { ANY_README } from './usage-code.ts'

interface FirstCall {
  /** Number of examples before it. */
  readonly example: number
  /** Number of calls to others before it. */
  readonly place: number
}

/** First calls by component id. */
export const firstCalled = memoized((writing: Writing): ReadonlyMap<string, FirstCall> => {
  const first = new Map<string, FirstCall>()
  const put = (id: string, example: number): void => {
    if (!first.has(id)) first.set(id, { example, place: first.size })
  }
  const examples = examplesInOrder(writing)
  for (const [at, { called }] of examples.entries()) for (const id of called) put(id, at)
  // Calls in package comments come last; `examplesInOrder` does not contain them.
  for (const [at, id] of [...calledInReadme(writing).keys()].entries()) put(id, examples.length + at)
  return first
})

/** READMEs first, then the guides in their own order. */
export const examplesInOrder = memoized((writing: Writing): readonly DocumentCode[] => {
  const places = new Map<string, number>()
  for (const path of pathsIn(writing.guides?.order ?? [])) if (!places.has(path)) places.set(path, places.size)
  const rank = (path: string): number => (ANY_README.test(path) ? -1 : (places.get(path) ?? places.size))
  return codeOfDocuments(writing).toSorted((a, b) => rank(a.path) - rank(b.path))
})

function pathsIn(nodes: readonly GuideNode[]): string[] {
  return nodes.flatMap(({ path, children }) => [...(path === null ? [] : [path]), ...pathsIn(children)])
}
