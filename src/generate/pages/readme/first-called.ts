/** In which order documents call what packages offer: READMEs first, then the guides in their own order. */

import type { GuideNode } from '#generate/guide-model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { calledInReadme, codeOfDocuments } from './readme-calls.ts'

const README = /(?:^|\/)readme\.\w+$/i

const known = new WeakMap<Writing, ReadonlyMap<string, number>>()

/** By id, how many others are called before it. */
export function firstCalled(writing: Writing): ReadonlyMap<string, number> {
  const found = known.get(writing)
  if (found !== undefined) return found
  const places = new Map<string, number>()
  for (const path of pathsIn(writing.guides?.order ?? [])) if (!places.has(path)) places.set(path, places.size)
  const rank = (path: string): number => (README.test(path) ? -1 : (places.get(path) ?? places.size))
  const order = new Map<string, number>()
  const put = (id: string): void => {
    if (!order.has(id)) order.set(id, order.size)
  }
  for (const { called } of codeOfDocuments(writing).toSorted((a, b) => rank(a.path) - rank(b.path))) called.forEach(put)
  // Comments on packages have no blocks of their own here.
  for (const id of calledInReadme(writing).keys()) put(id)
  known.set(writing, order)
  return order
}

function pathsIn(nodes: readonly GuideNode[]): string[] {
  return nodes.flatMap(({ path, children }) => [...(path === null ? [] : [path]), ...pathsIn(children)])
}
