/** What some files are most used for, of what they declare. */

import type { Component, Module } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { isDeprecated, offerOf } from './public-names.ts'
import { declaredIn, isCode, isTest, placesOf, type Survey } from './survey.ts'
import { few } from './words.ts'
import { toEntry, type Writing } from './writing.ts'

/** Languages whose programs begin with a method `main` of a type. */
export const MAIN_IN_TYPE: ReadonlySet<string> = new Set(['csharp', 'groovy', 'java', 'kotlin', 'scala'])

/** Declarations of what is written elsewhere. */
const AMBIENT = /\.d\.[cm]?ts$/

export interface Used {
  component: Component
  /** Places that use it, those of its own file included. */
  places: number
}

/**
 * Exported components at the top of some files: what packages offer most, then the most used, then those with a comment;
 * constants last, and no namespaces, but what they hold. Tests have none, and examples only where there is nothing else.
 */
export function mostUsed(writing: Writing, files: readonly string[]): Used[] {
  const { survey } = writing
  const code = files.filter((path) => isCode(survey.files.get(path)))
  return (code.length > 0 ? code : files.filter((path) => !isTest(path, survey)))
    .flatMap((path) => declaredIn(path, survey))
    .filter((component) => component.exported && component.kind !== 'namespace' && /[\p{L}\p{N}]/u.test(component.name))
    .map((component) => {
      const places = placesOf(component, survey)
      const outside = places.filter((end) => (survey.components.get(end)?.file ?? end) !== component.file).length
      return { component, places: places.length, outside }
    })
    .sort(
      (a, b) =>
        minor(a.component) - minor(b.component) ||
        programOf(survey, b.component) - programOf(survey, a.component) ||
        Number(isDeprecated(a.component)) - Number(isDeprecated(b.component)) ||
        offerOf(writing, b.component) - offerOf(writing, a.component) ||
        weightOf(b) - weightOf(a) ||
        b.places - a.places ||
        (a.component.doc === null ? 1 : 0) - (b.component.doc === null ? 1 : 0),
    )
}

/**
 * A class says more of what a file is for than a function that other files use as often, an alias of a type less; and a comment
 * shows that it is meant to be read.
 */
function weightOf({ component, outside }: { component: Component; outside: number }): number {
  const { kind, doc } = component
  const isType = kind === 'class' || kind === 'struct' || kind === 'trait'
  return outside * (isType ? 3 : kind === 'type' ? 0.5 : 1) * (doc === null ? 1 : 1.5)
}

/**
 * What a module is there for, first what its packages offer most, then what other modules use of it, then what it uses itself: no
 * macros, nothing that is only declared for a checker of types, and of constants those that packages offer: they may be functions.
 */
export function mostNeeded(writing: Writing, module: Module, files: readonly string[]): Component[] {
  const inside = new Set(writing.survey.filesIn.get(module))
  return mostUsed(writing, files)
    .map(({ component }) => component)
    .filter((component) => !/^(?:default|export=)$/.test(component.name) && !isAmbient(component))
    .map((component) => ({ component, offer: offerOf(writing, component), need: needOf(writing, component, inside) }))
    .filter(({ component, offer }) => minor(component) === 0 || (minor(component) === 1 && offer > 0))
    .sort(
      (a, b) =>
        Number(b.offer > 0) - Number(a.offer > 0) ||
        minor(a.component) - minor(b.component) ||
        b.offer - a.offer ||
        b.need - a.need,
    )
    .map(({ component }) => component)
}

/** Only declared here, for a checker of types. */
export function isAmbient({ file }: Component): boolean {
  return AMBIENT.test(file)
}

/** How much those outside of some files need a component: places that use it, and more where it is more than a name for something else. */
export function needOf({ survey }: Writing, component: Component, inside: ReadonlySet<string>): number {
  let users = 0
  for (const end of survey.places.get(component.id)?.keys() ?? []) {
    const file = survey.components.get(end)?.file ?? end
    if (!inside.has(file) && survey.leaves.has(file) && isCode(survey.files.get(file))) users++
  }
  const { kind, startLine, endLine } = component
  const isType = kind === 'class' || kind === 'struct' || kind === 'trait' || kind === 'interface'
  return users * (isType ? 2 : 1) * Math.log2(2 + endLine - startLine)
}

/** What is run comes before all that it uses. */
export function programOf(survey: Survey, { id, name, file }: Component): number {
  const isFunction = name === 'main' && /^(?:__main__|main|cli|app)\./.test(nameOf(file))
  const isType = MAIN_IN_TYPE.has(survey.files.get(file)?.language ?? '')
  const isProgram = isFunction || (isType && (survey.members.get(id) ?? []).some(({ name }) => /^main$/i.test(name)))
  return isProgram ? 1 : 0
}

/** Macros, constants and names of one letter, such as type variables, say little of what a file is for. */
export function minor(component: Component): number {
  const { kind, name } = component
  return kind === 'macro' || [...name].length === 1 ? 2 : kind === 'constant' || kind === 'field' ? 1 : 0
}

/** `` `Context` (101 places), `Hono` (88 places) `` for those that several places use. */
export function mostUsedFacts(writing: Writing, files: readonly string[], max: number): Inline[] {
  const several = mostUsed(writing, files).filter(({ places }) => places > 1)
  const names = new Map<string, number>()
  for (const { component } of several) names.set(component.name, (names.get(component.name) ?? 0) + 1)
  const used = several
    // Of several with one name a reader could not tell which is meant.
    .filter(({ component }) => names.get(component.name) === 1)
    .sort((a, b) => b.places - a.places)
  const items = used
    .slice(0, max)
    .map(({ component, places }): Inline[] => [...toEntry(component), ` (${writing.texts.count(places)})`])
  return few(items, max, writing.texts)
}
