/** How much is known of where a component is used, in one quiet line. */

import type { Component } from '#generate/model.ts'
import { isMain, placesOf } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { callsByName, type NamePlace } from './called-by-name.ts'
import { placesInMacros } from './macro-names.ts'
import { overloadCalls } from './overload-calls.ts'
import { isPasted } from './pasted-names.ts'
import { referrersOf } from './referrers.ts'
import { linesOfUser } from './signature-uses.ts'
import { unknownCalls } from './unknown-calls.ts'
import { usesOf } from './use-lines.ts'

/** More calls of unknown receivers than so many times what was found say little by their number. */
const MANY = 20

/** Where code uses a component: that of the repository's own subject first, then tools and benchmarks. */
export function usingPlaces(writing: Writing, component: Component): string[] {
  const { survey } = writing
  const uses = usesOf(writing, component)
  const isOwn = (user: string): boolean => isMain(survey.components.get(user)?.file ?? user, survey)
  const places = placesOf(component, survey).filter((user) => uses.has(user))
  return [...places.filter(isOwn), ...places.filter((user) => !isOwn(user))]
}

/** `uses found in 19 places · also in tests · 2 calls of this or another overload · 3 more calls of this name …`; '' for what nothing uses. */
export function usageWords(writing: Writing, component: Component): string {
  const { texts } = writing
  const { entry } = texts
  // That tests use what is only there for tests says nothing.
  if (writing.survey.inTests.has(component.id)) return ''
  const users = usingPlaces(writing, component).map((user) => linesOfUser(writing, component, user))
  const named = users.reduce((sum, lines) => sum + lines.signatures, 0)
  // A user of which no line is known counts as one.
  const places = users.reduce((sum, lines) => sum + (lines.used.length || (lines.signatures > 0 ? 0 : 1)), 0)
  const { tests, examples } = referrersOf(writing, component)
  const overloaded = overloadCalls(writing.survey, component)
  const unknown = unknownCalls(writing.survey, component)
  const found = places + named + tests.length + examples.length
  const hidden = [
    ...(isPasted(writing.survey, component) ? [entry.pastedNames] : []),
    ...(moreInMacros(writing, component).length > 0 ? [entry.perhapsInMacros] : []),
    ...(callsByName(writing.survey, component).length > 0 ? [entry.perhapsByName] : []),
  ]
  const more = [
    ...hidden,
    ...(overloaded > 0 ? [entry.overloadCalls(overloaded)] : []),
    ...(unknown > MANY * Math.max(1, found) ? [entry.manyCalls] : unknown > 0 ? [entry.unknownCalls(unknown)] : []),
  ]
  const used = [...(places > 0 ? [entry.usedIn(places)] : []), ...(named > 0 ? [entry.namedIn(named)] : [])]
  const shown = examples.length > 0 ? [entry.exampleFiles(examples.length)] : []
  const tested = tests.length > 0 ? [texts.alsoInTests] : []
  if (used.length > 0) return [...used, ...shown, ...tested, ...more].join(' · ')
  const [first] = shown
  if (first !== undefined) return [entry.referencedIn(first), ...tested, ...more].join(' · ')
  if (tested.length > 0) return [entry.referencedInTests, ...more].join(' · ')
  return overloaded > 0 || hidden.length > 0 ? more.join(' · ') : ''
}

/** Lines of macros that name it and are not among those found. */
export function moreInMacros(writing: Writing, component: Component): NamePlace[] {
  const places = placesInMacros(writing.survey, component)
  if (places.length === 0) return []
  const { survey } = writing
  const uses = usesOf(writing, component)
  const found = new Set(
    [...(survey.users.get(component.id)?.keys() ?? [])].flatMap((user) =>
      uses.lines(user).map(({ line }) => `${survey.components.get(user)?.file ?? user}:${line}`),
    ),
  )
  return places.filter(({ file, line }) => !found.has(`${file}:${line}`))
}
