/** How much is known of where a component is used, in one quiet line. */

import type { Component } from '#generate/model.ts'
import { isMain, placesOf } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { callsByName, type NamePlace } from './called-by-name.ts'
import { otherLinesOf } from './named-lines.ts'
import { overloadCalls } from './overload-calls.ts'
import { isPasted } from './pasted-names.ts'
import { referrersOf } from './referrers.ts'
import { usesOf } from './use-lines.ts'

/** Where code uses a component: that of the repository's own subject first, then tools and benchmarks. */
export function usingPlaces(writing: Writing, component: Component): string[] {
  const { survey } = writing
  const uses = usesOf(writing, component)
  const isOwn = (user: string): boolean => isMain(survey.components.get(user)?.file ?? user, survey)
  const places = placesOf(component, survey).filter((user) => uses.has(user))
  return [...places.filter(isOwn), ...places.filter((user) => !isOwn(user))]
}

/** `uses found in 19 places · also in tests · 2 calls of this or another overload · named in 3 more lines`; '' for what nothing uses. */
export function usageWords(writing: Writing, component: Component): string {
  const { survey, texts } = writing
  const { entry } = texts
  // That tests use what is only there for tests says nothing.
  if (survey.inTests.has(component.id)) return ''
  const uses = usesOf(writing, component)
  // A user of which no line is known counts as one.
  const places = usingPlaces(writing, component).reduce((sum, user) => sum + (uses.lines(user).length || 1), 0)
  const { tests, examples } = referrersOf(writing, component)
  const overloaded = overloadCalls(survey, component)
  const others = otherLines(writing, component)
  const isPut = isPasted(survey, component)
  const isCounted = others !== null && !isPut
  const isMore = others !== null && others.length > 0
  const isTold = isPut || isMore || overloaded > 0 || callsByName(survey, component).length > 0
  const more = [
    ...(isPut ? [entry.pastedNames] : []),
    ...(callsByName(survey, component).length > 0 ? [entry.perhapsByName] : []),
    ...(overloaded > 0 ? [entry.overloadCalls(overloaded)] : []),
  ]
  const named = isMore ? others.length : 0
  const used = places === 0 ? [] : [isCounted ? entry.usedIn(places) : entry.usedInCode]
  const shown = examples.length > 0 ? [entry.exampleFiles(examples.length)] : []
  const tested = tests.length > 0 ? [texts.alsoInTests] : []
  const rest = [...more, ...(named > 0 ? [entry.namedInMore(named)] : [])]
  if (used.length > 0) return [...used, ...shown, ...tested, ...rest].join(' · ')
  const [first] = shown
  if (first !== undefined) return [entry.referencedIn(first), ...tested, ...rest].join(' · ')
  if (tested.length > 0) return [entry.referencedInTests, ...rest].join(' · ')
  return isTold ? [...more, ...(named > 0 ? [entry.namedIn(named)] : [])].join(' · ') : ''
}

/** Lines that name it and are not known to use it or anything else; `null` where they are too many to tell how often it is used. */
export function otherLines(writing: Writing, component: Component): readonly NamePlace[] | null {
  const { survey } = writing
  const uses = usesOf(writing, component)
  const users = [...(survey.users.get(component.id)?.keys() ?? [])].filter((user) => uses.has(user))
  const found = users.reduce((sum, user) => sum + (uses.lines(user).length || 1), 0)
  return otherLinesOf(survey, component, found)
}
