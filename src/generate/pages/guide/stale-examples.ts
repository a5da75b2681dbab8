/** Detects examples that call, on a value of a type of the repository, a member that no definition has. */

import type { Code } from 'mdast'
import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { writtenBases } from '#generate/pages/module/written-bases.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Languages in which all members of a type are declared. */
const DECLARED = /^(?:java|kotlin|kt|kts|go|golang|swift|c#|cs|csharp)$/i
/** Matches `plan = new Plan(`, `plan := &Plan{`. */
const MADE = /\b([a-z_]\w{0,60})[ \t]{0,4}:?=[ \t]{0,4}(?:new[ \t]{1,4}|&)?(?:\w{1,60}\.)?(\p{Lu}\w{0,80})[ \t]?[({]/gu
const CALL = /(?<![\w.)\]])([a-z_]\w{0,60})\.(\w{1,80})[ \t]?\(/g
/** Members that any value has, and bases that bring none. */
const OF_ANY =
  /^(?:clone|close|compareTo|copy|equals|getClass|hashCode|toString|Equals|GetHashCode|GetType|ToString|also|apply|let|run|use|with)$/
const WITHOUT_MEMBERS =
  /(?:^|\.)(?:AutoCloseable|Cloneable|Closeable|Comparable|Hashable|IDisposable|Sendable|Serializable)$/
const MAX_BASES = 40

export function isStale(writing: Writing, { lang, value }: Pick<Code, 'lang' | 'value'>): boolean {
  if (!DECLARED.test(lang ?? '')) return false
  const { names, types } = namesOf(writing)
  const made = new Map([...value.matchAll(MADE)].map(([, variable = '', type = '']) => [variable, types.get(type)]))
  return [...value.matchAll(CALL)].some(([, variable = '', member = '']) => {
    const type = made.get(variable)
    return type !== undefined && !names.has(member) && !OF_ANY.test(member) && isClosed(writing, type)
  })
}

const namesOf = memoized((writing: Writing): { names: ReadonlySet<string>; types: ReadonlyMap<string, Component> } => {
  const all = [...writing.repo.components.values()]
  const types = all.filter(({ kind }) => kind === 'class' || kind === 'struct')
  return { names: new Set(all.map(({ name }) => name)), types: new Map(types.map((one) => [one.name, one])) }
})

/** Whether all bases of a type that bring members are in the repository. */
function isClosed({ repo }: Writing, type: Component): boolean {
  const all = new Set([type])
  for (const one of all) {
    const bases = (repo.bases.get(one.id) ?? []).flatMap((id) => repo.components.get(id) ?? [])
    const own = new Set(bases.map(({ name }) => name))
    const outside = writtenBases(repo, one).map(({ name }) => name.split('.').at(-1) ?? name)
    if (outside.some((name) => !own.has(name) && !WITHOUT_MEMBERS.test(name)) || all.size > MAX_BASES) return false
    for (const base of bases) all.add(base)
  }
  return true
}
