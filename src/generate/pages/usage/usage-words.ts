/** Summarises the uses of a component in one line. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isMain, isTest, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { receiverOf } from '#generate/signature-parameters.ts'
import { callsByName } from './calls-by-name.ts'
import { callsItself } from './calls-itself.ts'
import { overloadCalls } from './overload-calls.ts'
import { isPasted } from './pasted-names.ts'
import { referrersOf } from './tests-and-examples.ts'
import { isNamedLikeProperty, isNamedUnread } from './unread-uses.ts'
import { usesOf } from './use-lines.ts'

/** The users of a component in code, main code before tools and benchmarks. */
export function usingPlaces(writing: Writing, component: Component): string[] {
  const { repo } = writing
  const uses = usesOf(writing, component)
  const isOwn = (user: string): boolean => isMain(repo.components.get(user)?.file ?? user, repo)
  const places = placesOf(component, repo).filter((user) => uses.has(user))
  return [...places.filter(isOwn), ...places.filter((user) => !isOwn(user))]
}

/** `used in at least 19 places · also in tests · 2 calls of this or another overload`; '' if there are none. */
export function usageWords(writing: Writing, component: Component): string {
  const { repo, texts } = writing
  const { entry } = texts
  // Uses of code that is for tests only are not interesting.
  if (repo.inTests.has(component.id)) return ''
  const uses = usesOf(writing, component)
  // A user without known lines counts once.
  const places = usingPlaces(writing, component).reduce((sum, user) => sum + (uses.lines(user).length || 1), 0)
  const { tests, examples } = referrersOf(writing, component)
  const overloaded = overloadCalls(repo, component)
  const isPut = isPasted(repo, component)
  const isUnknown = isCalledOnUnknown(writing, component) || isNamedElsewhere(writing, component)
  const isCounted = !isPut && !isUnknown && !hasOtherNames(writing, component)
  const more = [
    ...(isUnknown && !isPut && places === 0 && tests.length + examples.length > 0 ? [entry.unknownCalls] : []),
    ...(isPut ? [entry.pastedNames] : []),
    ...(callsByName(repo, component).length > 0 ? [entry.perhapsByName] : []),
    ...(overloaded > 0 ? [entry.overloadCalls(overloaded)] : []),
  ]
  const itself = callsItself(repo, component) ? [entry.callsItself] : []
  const used = places === 0 ? [] : [isCounted ? entry.usedIn(places) : entry.usedInAtLeast(places), ...itself]
  const files = entry.exampleFiles(examples.length)
  const shown =
    examples.length === 0 ? [] : [isNamedUnread(writing, component, 'examples') ? entry.atLeast(files) : files]
  const tested = tests.length > 0 ? [texts.alsoInTests] : []
  if (used.length > 0) return [...used, ...shown, ...tested, ...more].join(' · ')
  const [first] = shown
  if (first !== undefined) return [entry.referencedIn(first), ...tested, ...more].join(' · ')
  if (tested.length > 0) return [entry.referencedInTests, ...more].join(' · ')
  // Alone, a count without a place says nothing.
  return overloaded > 0 && more.length === 1 ? '' : more.join(' · ')
}

/** Whether there may be uses besides the known ones. */
export const mayMissUses = (writing: Writing, component: Component): boolean =>
  isPasted(writing.repo, component) ||
  isCalledOnUnknown(writing, component) ||
  isNamedElsewhere(writing, component) ||
  overloadCalls(writing.repo, component) > 0

/** `const bus = utils.bus`: a name of its own, whose uses are not followed. */
const ALIAS =
  /^\s{0,80}(?:const|let|var)\s{1,4}[\w$]{1,60}\s{0,4}=\s{0,4}(?:[\w$]{1,60}\.){1,3}([\w$]{1,60})\s{0,4};?\s{0,9}$/

/** Whether uses are of its constants, which do not name it, or go through a variable of a script. */
function hasOtherNames(writing: Writing, component: Component): boolean {
  const { repo } = writing
  const uses = usesOf(writing, component)
  const isAliased = (file: string, line: number): boolean =>
    SCRIPT.test(file) && ALIAS.exec((codeLines(repo, file, line, line)[0] ?? '').slice(0, 400))?.[1] === component.name
  return usingPlaces(writing, component).some((user) =>
    uses
      .lines(user)
      .some(
        ({ line, name }) =>
          (component.kind === 'enum' && name !== component.name) ||
          isAliased(repo.components.get(user)?.file ?? user, line),
      ),
  )
}

/** Whether it is named in languages that are not analysed, or like a property. */
const isNamedElsewhere = (writing: Writing, component: Component): boolean =>
  isNamedUnread(writing, component, 'code') || isNamedLikeProperty(writing.repo, component)

/** Whether calls in code on values of unknown type may be uses of it, or of the members whose uses are taken for those of a type. */
function isCalledOnUnknown(writing: Writing, component: Component): boolean {
  const { occurrences, members } = writing.repo
  const { ofMembers } = usesOf(writing, component)
  return [component, ...(ofMembers ? (members.get(component.id) ?? []) : [])].some(
    (one) =>
      isCalledOnValue(writing.repo, one) &&
      occurrences.unknownCallsOf(one.name).some(({ file }) => !isTest(file, writing.repo)),
  )
}

/** Whether it is called on a value: members, functions of JavaScript objects, and Kotlin extensions. */
export const isCalledOnValue = (repo: RepoIndex, component: Component): boolean =>
  component.kind === 'method' || component.kind === 'field' || isExtension(component) || isInObject(repo, component)

const SCRIPT = /\.[cm]?[jt]sx?$/

/** Whether it is a function in an object literal: `set (field, value) {`, `set: function (field, value) {`. */
function isInObject(repo: RepoIndex, { file, kind, name, startLine }: Component): boolean {
  if (kind !== 'function' || !SCRIPT.test(file)) return false
  const [text = ''] = codeLines(repo, file, startLine, startLine)
  const before = /^\s{0,80}(?:async\s{1,4})?(?:\*\s{0,4})?/.exec(text)?.[0] ?? ''
  return text.startsWith(name, before.length) && /^\s{0,4}[(:]/.test(text.slice(before.length + name.length))
}

const isExtension = ({ file, kind, name, signature }: Component): boolean =>
  kind === 'function' && /\.kts?$/.test(file) && receiverOf(signature, name) !== null
