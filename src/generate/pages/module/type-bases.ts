/** Describes a type by its base types and its subtypes. */

import type { Component } from '#generate/model.ts'
import { relationsOf } from '#generate/pages/entry/inheritance.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { writtenBases } from './written-bases.ts'

/** Limit on the subtypes that are named for a type without members. */
const MAX_HEIRS = 5

/** Limit on the base types that are named. */
const MAX_BASES = 4
/** Base types that say nothing about the purpose of a type. */
const COMMON =
  /(?:^|[.\\])(?:Any|AnyRef|Cloneable|Comparable|IDisposable|JsonSerializable|Object|Product|Serializable|Stringable)$/

const MAX_STEPS = 8

/** The base types, nearest first. */
export function basesOf({ bases, components }: RepoIndex, { id }: Component): Component[] {
  const found = new Set<string>()
  let level = [id]
  for (let step = 0; step < MAX_STEPS && level.length > 0; step++) {
    level = level.flatMap((one) => bases.get(one) ?? []).filter((one) => !found.has(one))
    for (const one of level) found.add(one)
  }
  return [...found].flatMap((one) => components.get(one) ?? [])
}

/** The base types from the repository that are named: for a public type, public ones only. */
export function toldBases({ repo }: Writing, component: Component): Component[] {
  return (repo.bases.get(component.id) ?? [])
    .flatMap((id) => repo.components.get(id) ?? [])
    .filter((base) => isPublic(base, repo) || !isPublic(component, repo))
}

/**
 * `extends Base · implements Queue, Countable`: all bases, own and third-party, in the order of the head if it can be read;
 * without their descriptions. A base that the end of the type's name repeats, such as that of an error or an attribute, is left out.
 */
export function basesWords(writing: Writing, component: Component): Inline[] {
  const { repo, texts } = writing
  const all = allBases(writing, component)
  const parts = (['extends', 'implements'] as const).flatMap((how) => {
    // Of what an error implements, only the repository's own types are for those who handle it.
    const isTold = ({ isOutside }: Base): boolean => !isOutside || how === 'extends' || !isError(repo, component)
    const named = all.filter((one) => one.how === how && isTold(one)).map(({ label }) => label)
    return named.length === 0 ? [] : [texts.relations[how].say(few(named, MAX_BASES, texts))]
  })
  return join(parts, ' · ')
}

interface Base {
  how: 'extends' | 'implements'
  label: Inline[]
  isOutside: boolean
}

function allBases(writing: Writing, component: Component): Base[] {
  const { repo } = writing
  const told = toldBases(writing, component)
  const own = (repo.bases.get(component.id) ?? []).flatMap((id) => repo.components.get(id) ?? [])
  const byName = new Map(own.map((one) => [one.name, one]))
  const left = new Map(byName)
  const written = writtenBases(repo, component)
  const bases = written.flatMap(({ how, name, args }): Base[] => {
    const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('\\')) + 1)
    const base = byName.get(last)
    left.delete(last)
    const isNamed = component.name !== last && component.name.endsWith(last)
    if (base === undefined) return isNamed ? [] : [{ how, label: [code(name + args)], isOutside: true }]
    const label = args === '' ? toEntry(base) : [...toEntry(base), code(args)]
    return told.includes(base) ? [{ how: howOf(repo, base, component) ?? how, label, isOutside: false }] : []
  })
  // If a base is imported under another name, any of the names may be that base.
  const isClear = left.size === 0
  const isTelling = told.length > 0 || written.some(({ name }) => !COMMON.test(name))
  const others = [...left.values()].flatMap((base): Base[] => {
    const how = howOf(repo, base, component)
    return told.includes(base) && how !== undefined ? [{ how, label: toEntry(base), isOutside: false }] : []
  })
  return [...bases.filter(({ isOutside }) => !isOutside || (isClear && isTelling)), ...others]
}

function howOf({ heirs }: RepoIndex, base: Component, component: Component): Base['how'] | undefined {
  const how = heirs.get(base.id)?.get(component.id) ?? 'extends'
  return how === 'extends' || how === 'implements' ? how : undefined
}

/** The subtypes of a type without members. */
export function heirsOf(writing: Writing, component: Component): Inline[] {
  const { repo, texts } = writing
  const [row] = relationsOf(writing, component)
  const ends = (row?.ends ?? []).flatMap((id) => repo.components.get(id) ?? []).filter((one) => isPublic(one, repo))
  if (row === undefined || ends.length === 0) return []
  return texts.relations[row.verb].say(few(ends.map(toEntry), MAX_HEIRS, texts))
}
