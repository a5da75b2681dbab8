/** What a type is made from, and what is made from it, in words. */

import type { Component } from '#generate/model.ts'
import { relationsOf } from '#generate/pages/entry/entry-relations.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { type Inline, join } from '#markdown/build.ts'

/** Types that stand for one that has nothing of its own. */
const MAX_HEIRS = 5

/** Bases that are told of. */
export const MAX_BASES = 4

const MAX_STEPS = 8

/** What a type is made from, the nearest first. */
export function basesOf({ bases, components }: Survey, { id }: Component): Component[] {
  const found = new Set<string>()
  let level = [id]
  for (let step = 0; step < MAX_STEPS && level.length > 0; step++) {
    level = level.flatMap((one) => bases.get(one) ?? []).filter((one) => !found.has(one))
    for (const one of level) found.add(one)
  }
  return [...found].flatMap((one) => components.get(one) ?? [])
}

/** `extends Base · implements Queue (words)` where those are of the repository; that an error is one says nothing. */
export function baseOf(writing: Writing, component: Component): Inline[] {
  const { survey, texts } = writing
  const bases = (survey.bases.get(component.id) ?? [])
    .flatMap((id) => survey.components.get(id) ?? [])
    .filter((base) => isPublic(base, survey) || !isPublic(component, survey))
  const words = bases.length === 1 ? promiseOf(writing, component) : null
  const parts = (['extends', 'implements'] as const).flatMap((how) => {
    const named = bases.filter(({ id }) => (survey.heirs.get(id)?.get(component.id) ?? 'extends') === how)
    const isSilent = how === 'implements' && words === null && isError(survey, component)
    return named.length === 0 || isSilent ? [] : [texts.relations[how].say(few(named.map(toEntry), MAX_BASES, texts))]
  })
  return [...join(parts, ' · '), ...(words === null ? [] : [' (', ...withoutStop(words), ')'])]
}

/** What the interface that a type implements says of itself. */
function promiseOf({ survey }: Writing, component: Component): Inline[] | null {
  const [base] = (survey.bases.get(component.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  if (base === undefined || survey.heirs.get(base.id)?.get(component.id) !== 'implements') return null
  return tellingSentence(base.doc, base.name)
}

/** A sentence as it stands within another. */
function withoutStop(words: readonly Inline[]): Inline[] {
  const last = words.at(-1)
  return last !== undefined && typeof last !== 'string' && last.type === 'text'
    ? [...words.slice(0, -1), last.value.replace(/\.$/, '')]
    : [...words]
}

/** What is implemented or extended by others and has nothing of its own: by which. */
export function heirsOf(writing: Writing, component: Component): Inline[] {
  const { survey, texts } = writing
  const [row] = relationsOf(writing, component)
  const ends = (row?.ends ?? []).flatMap((id) => survey.components.get(id) ?? []).filter((one) => isPublic(one, survey))
  if (row === undefined || ends.length === 0) return []
  return texts.relations[row.verb].say(few(ends.map(toEntry), MAX_HEIRS, texts))
}
