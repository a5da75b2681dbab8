/** Sorts implementers without code of their own last: Kotlin classes that delegate to a value, and stand-ins for tests. */

import { type Component, compareText } from '#generate/model.ts'
import { isCodeEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { RelationName } from '#generate/pages/texts/texts.ts'

/** `readerMock`, `FakeClock` */
const STAND_IN =
  /^(?:mock|fake|stub)(?=[\p{Lu}_]|$)|^(?:Mock|Fake|Stub)(?=[\p{Lu}_]|$)|(?<=[\p{Ll}_])(?:Mock|Fake|Stub)s?$/u
const MAX_BELOW = 100

/**
 * If a class delegates, the classes that implement the interfaces below are added, since one of them does the work.
 *
 * @param ends - Ids of the implementers, sorted.
 * @returns The same ids for other relations than `implementedBy`.
 */
export function withDelegatesLast(
  repo: RepoIndex,
  component: Component,
  verb: RelationName,
  ends: readonly string[],
): readonly string[] {
  if (verb !== 'implementedBy') return ends
  const { name, kind, file } = component
  const isOfKotlin = kind === 'interface' && /\.kts?$/.test(file)
  const delegates = isOfKotlin ? ends.filter((id) => delegatesTo(repo, id, name)) : []
  const working = delegates.length === 0 ? [] : implementersBelow(repo, component)
  const all = [...new Set([...ends, ...working])]
  const rank = (id: string): number => (delegates.includes(id) ? 2 : STAND_IN.test(ownerName(repo, id)) ? 1 : 0)
  return all.sort((a, b) => rank(a) - rank(b) || compareText(a, b))
}

/** `class A(b: B) : B by b` */
function delegatesTo({ components }: RepoIndex, id: string, name: string): boolean {
  const signature = components.get(id)?.signature ?? ''
  for (let at = signature.indexOf(name); at >= 0; at = signature.indexOf(name, at + name.length))
    if (/^(?:<[^{}]{0,200}>)? by\b/.test(signature.slice(at + name.length, at + name.length + 220))) return true
  return false
}

/** Classes that implement an interface that extends this one, without delegating it. */
function implementersBelow(repo: RepoIndex, { id }: Component): string[] {
  const below = new Set([id])
  const found: string[] = []
  for (const one of below) {
    if (below.size > MAX_BELOW) break
    for (const [heir, kind] of repo.heirs.get(one) ?? []) {
      if (kind === 'extends' && repo.components.get(heir)?.kind === 'interface') below.add(heir)
      if (kind !== 'implements' || one === id || !isCodeEnd(heir, repo)) continue
      if (!delegatesTo(repo, heir, repo.components.get(one)?.name ?? '')) found.push(heir)
    }
  }
  // A class that implements one of the interfaces itself may delegate another one.
  return found.filter(
    (heir) => ![...below].some((one) => delegatesTo(repo, heir, repo.components.get(one)?.name ?? '')),
  )
}

/** The name of the component, or of its type for a method. */
function ownerName({ components }: RepoIndex, id: string): string {
  const component = components.get(id)
  return components.get(component?.parent ?? '')?.name ?? component?.name ?? ''
}
