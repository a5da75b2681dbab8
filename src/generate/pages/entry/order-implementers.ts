/** Orders what inherits from a type: the most used first, then those that inherit through another interface, test doubles, Kotlin classes that delegate to a value, and private or deprecated ones. */

import { type Component, compareText } from '#generate/model.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isCodeEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { RelationName } from '#generate/pages/texts/texts.ts'

/** `readerMock`, `FakeClock` */
const TEST_DOUBLE =
  /^(?:mock|fake|stub)(?=[\p{Lu}_]|$)|^(?:Mock|Fake|Stub)(?=[\p{Lu}_]|$)|(?<=[\p{Ll}_])(?:Mock|Fake|Stub)s?$/u
const MAX_BELOW = 100
const INTERFACES = new Set<Component['kind'] | undefined>(['interface', 'trait'])
const MAX_HEIRS = 1_000

/**
 * Abstract implementers are left out; implementers of sub-interfaces are added, those of their sub-interfaces only if there are no others.
 *
 * @param implementers - The ids of components or files.
 */
export function orderImplementers(
  repo: RepoIndex,
  component: Component,
  verb: RelationName,
  implementers: readonly string[],
): readonly string[] {
  const { name, kind, file } = component
  const all = verb === 'implementedBy' ? concreteOf(repo, implementers) : implementers
  const direct = new Set(all)
  const asked = new Set((repo.members.get(component.id) ?? []).map((one) => one.name))
  const isOwn = (id: string): boolean =>
    direct.has(id) || repo.members.get(id)?.some((one) => asked.has(one.name)) === true
  const isKotlinInterface = verb === 'implementedBy' && kind === 'interface' && /\.kts?$/.test(file)
  const delegates = new Set(isKotlinInterface ? all.filter((id) => delegatesTo(repo, id, name)) : [])
  const indirectImplementers =
    verb === 'implementedBy' ? implementersBelow(repo, component, implementers.length > 0) : []
  const rank = (id: string): number => {
    const one = repo.components.get(id)
    if (one !== undefined && (!one.exported || isDeprecated(one))) return 3
    if (delegates.has(id)) return 2
    return TEST_DOUBLE.test(one?.name ?? '') ? 1 : isOwn(id) ? 0 : 0.5
  }
  const users = (id: string): number => repo.users.get(id)?.size ?? 0
  const ranks = new Map([...all, ...indirectImplementers].map((id) => [id, rank(id)]))
  return [...ranks]
    .sort(([a, first], [b, second]) => first - second || users(b) - users(a) || compareText(a, b))
    .map(([id]) => id)
}

/** Abstract classes are replaced by the classes that extend them, if there are any. */
function concreteOf({ components, heirs }: RepoIndex, implementers: readonly string[]): readonly string[] {
  const all = new Set(implementers)
  const isAbstract = (id: string): boolean => /^(?:[\w@[\]]+ )*abstract /.test(components.get(id)?.signature ?? '')
  for (const id of all)
    if (isAbstract(id) && all.size < MAX_HEIRS)
      for (const [heir, kind] of heirs.get(id) ?? []) if (kind === 'extends') all.add(heir)
  const concrete = [...all].filter((id) => !isAbstract(id))
  return concrete.length === 0 ? implementers : concrete
}

/** `class A(b: B) : B by b` */
function delegatesTo({ components }: RepoIndex, id: string, name: string): boolean {
  const signature = name === '' ? '' : (components.get(id)?.signature ?? '')
  for (let at = signature.indexOf(name); at >= 0; at = signature.indexOf(name, at + name.length))
    if (
      !/[\w.]/.test(signature[at - 1] ?? '') &&
      /^(?:<[^{}]{0,200}>)? by\b/.test(signature.slice(at + name.length, at + name.length + 220))
    )
      return true
  return false
}

/**
 * Implementers of interfaces that extend this one, without those that delegate to a value.
 *
 * @param isDirect - Whether others implement this one itself.
 */
function implementersBelow(repo: RepoIndex, { id }: Component, isDirect: boolean): string[] {
  const below = new Map([[id, 0]])
  const found: string[] = []
  for (const [one, depth] of below) {
    if (below.size > MAX_BELOW || (depth > 1 && (isDirect || found.length > 0))) break
    for (const [heir, kind] of repo.heirs.get(one) ?? []) {
      if (kind === 'extends' && INTERFACES.has(repo.components.get(heir)?.kind) && !below.has(heir))
        below.set(heir, depth + 1)
      if (kind !== 'implements' || one === id || !isCodeEnd(heir, repo)) continue
      if (!delegatesTo(repo, heir, repo.components.get(one)?.name ?? '')) found.push(heir)
    }
  }
  // A class that implements one of the interfaces itself may delegate another.
  return found.filter(
    (heir) => ![...below.keys()].some((one) => delegatesTo(repo, heir, repo.components.get(one)?.name ?? '')),
  )
}
