/** Chooses the function or type to start using a module with, by the examples in the repository's documents. */

import { greatest } from '#base/long-arrays.ts'
import type { Component, Module } from '#generate/model.ts'
import { typedCommands } from '#generate/pages/commands/typed-commands.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { leading, withMakerFirst } from '#generate/pages/public-api/leading.ts'
import { offerOf, publicNames } from '#generate/pages/public-api/public-names.ts'
import {
  hasAtMostOneMethod,
  isAmbient,
  isDelegation,
  isDeprecated,
  isDiscouraged,
  isError,
} from '#generate/pages/public-api/traits.ts'
import { examplesInOrder, firstCalled } from '#generate/pages/readme/first-called.ts'
import { calledInCode, calledInReadme, type DocumentCode } from '#generate/pages/readme/readme-calls.ts'
import { ANY_README, asCalls } from '#generate/pages/readme/usage-code.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { receiverOf } from '#generate/signature-parameters.ts'
import { firstOwnWord } from './first-own-word.ts'
import { isNamesake } from './namesake.ts'

/** Names of modules for comparisons, demos and tests. */
const DEMO_OR_TEST =
  /(?:^|[/ :_-])(?:compar(?:e|isons?)|demos?|fuzz(?:ing|ers?)?|[a-z]{0,12}(?:tests?|testing|testutils?))$/i
/** Folders of internal code. */
const INNER = /(?:^|[/-])_?(?:impl|internals?|private|unstable|experimental|do-not-import)(?:[/-]|$)/i
const MEASURES = /(?:^|[/ :_-])(?:bench(?:es|marks?|marking)?|perf)(?:[/.]|$)/i
/** Matches the end of a name in camel case. */
const MEASURES_INSIDE = /[a-z]Bench(?:marks?|marking)?(?:[/.]|$)/

/**
 * The definition that the first example of the module in the documents calls; if it calls more than one, the one that documents call most.
 * Otherwise the documented definition that has the name of the module, or for a program, the function of the command that
 * they run first. `null` if there is none.
 */
export function startOf(writing: Writing, module: Module): Component | null {
  const { subject } = writing
  const possible = possibleIn(writing, module)
  const examples = firstCalled(writing)
  const firstOf = (one: Component, part: 'example' | 'place'): number =>
    withMembers(writing, one).reduce((best, { id }) => Math.min(best, examples.get(id)?.[part] ?? best), NEVER)
  const rows = possible.map((one) => ({
    one,
    example: firstOf(one, 'example'),
    count: callsOf(writing, one),
    place: firstOf(one, 'place'),
  }))
  rows.sort((a, b) => a.example - b.example || b.count - a.count || a.place - b.place)
  const sorted = rows.map(({ one }) => one)
  const [first] = sorted
  if (first !== undefined && (rows[0]?.example ?? NEVER) < NEVER)
    return namesakeFor(first, possible, module, subject.name) ?? withMakerFirst(writing, sorted)[0] ?? first
  if (importedSurfaces(writing).length === 0) return typedOf(writing, possible)
  return (
    possible.find(
      (one) => one.doc !== null && offerOf(writing, one) > 0 && isNamesake(one.name, nameOf(module.title)),
    ) ?? null
  )
}

const NEVER = Number.MAX_SAFE_INTEGER

const withMembers = ({ repo }: Writing, one: Component): Component[] => [one, ...(repo.members.get(one.id) ?? [])]

/** How often documents call a definition, or the member that they call most. */
function callsOf(writing: Writing, one: Component): number {
  const counts = calledInCode(writing)
  return greatest(withMembers(writing, one).map(({ id }) => counts.get(id) ?? 0))
}

/** Whether a Kotlin function extends a type parameter, as `fun <T : Plan<T>> T.add()`: it is a helper of what it extends. */
function isOfAnyType({ file, name, signature }: Component): boolean {
  const receiver = file.endsWith('.kt') ? receiverOf(signature, name) : null
  const [, parameters = ''] = /\bfun <([^()]{1,300})> /.exec(signature) ?? []
  return receiver !== null && parameters.split(',').some((one) => one.split(':', 1)[0]?.trim() === receiver)
}

/** Whether it is only a name for a member of other objects. */
const isKey = ({ kind, signature }: Component): boolean => kind === 'constant' && signature.endsWith(': unique symbol')

/** Candidates to start with; none in a module that users do not need. */
function possibleIn(writing: Writing, module: Module): Component[] {
  const { repo, subject } = writing
  const isForTrials = [module.path, module.title].some((name) => DEMO_OR_TEST.test(name) || isBenchmark(name))
  if (module.isBeside === true || INNER.test(module.path) || (isForTrials && module.title !== subject.name)) return []
  return leading(writing, repo.filesIn.get(module) ?? []).filter(
    (one) =>
      !isDeprecated(one) &&
      !isDiscouraged(one) &&
      !isAmbient(one) &&
      !hasAtMostOneMethod(repo, one) &&
      !isDelegation(one) &&
      !isOfAnyType(one) &&
      !isKey(one) &&
      !(one.kind === 'struct' && repo.files.get(one.file)?.language === 'c') &&
      kindWord(one) !== 'annotation' &&
      !isError(repo, one) &&
      one.kind !== 'type',
  )
}

/**
 * What the repository's own documents start with: the first name of the module that the first example calling the module calls. Without
 * examples, the function of the first command in the documents, or what the package comment shows. Otherwise `null`, rather than a guess.
 */
export function statedStart(writing: Writing, module: Module): Component | null {
  const possible = possibleIn(writing, module)
  const examples = examplesFor(writing, module)
  if (possible.length === 0 || examples === null) return null
  const owners = ownersOf(writing, possible)
  const example = examples.find(({ called }) => called.some((id) => owners.has(id)))
  if (example === undefined) return startWithoutExample(writing, module, possible)
  const start = firstNamed(writing, example, possible, owners)
  // The module with the remaining files has the name of the whole repository.
  if (start === undefined || (module.title === writing.subject.name && isFromInnerPath(writing, start))) return null
  const first = withMakerFirst(writing, [start, ...possible])[0] ?? start
  return isMuchShown(writing, possible, first) ? first : null
}

/**
 * Whether documents call no other definition of a module more often than the one to start with. If a README at the top calls it, half
 * as often is enough.
 */
function isMuchShown(writing: Writing, possible: readonly Component[], start: Component): boolean {
  const most = greatest(possible.filter(({ name }) => name !== start.name).map((one) => callsOf(writing, one)))
  const own = new Set(withMembers(writing, start).map(({ id }) => id))
  const isInReadme = examplesInOrder(writing).some(
    ({ path, called }) => ANY_README.test(path) && !path.includes('/') && called.some((id) => own.has(id)),
  )
  const count = callsOf(writing, start)
  return isInReadme ? count * 2 >= most : count > 1 && count >= most
}

/** The examples that may show where to start in a module; `null` if the READMEs show that nothing is. */
function examplesFor(writing: Writing, module: Module): readonly DocumentCode[] | null {
  const examples = examplesInOrder(writing)
  const ofReadmes = examples.filter(({ path }) => ANY_README.test(path))
  const hasCalls = ofReadmes.some(({ called }) => called.length > 0)
  // READMEs only show what no package exports by name, so calls in other documents do not count.
  if (ofReadmes.length > 0 && !hasCalls) return null
  // If READMEs show a start, other top-level modules have none.
  return module.path === '' && hasCalls ? ofReadmes : examples
}

/** Each definition by its own id and those of its members. */
function ownersOf(writing: Writing, all: readonly Component[]): Map<string, Component> {
  return new Map(all.flatMap((one) => withMembers(writing, one).map(({ id }) => [id, one] as const)))
}

function startWithoutExample(writing: Writing, module: Module, possible: readonly Component[]): Component | null {
  if (importedSurfaces(writing).length === 0) return typedOf(writing, possible)
  const shown = calledInReadme(writing)
  const start = possible.some(({ id }) => shown.has(id)) ? startOf(writing, module) : null
  return start !== null && shown.has(start.id) ? start : null
}

/** The definition whose name, or that of a member, is the first in the code of an example. */
function firstNamed(
  writing: Writing,
  { called, code }: DocumentCode,
  possible: readonly Component[],
  owners: ReadonlyMap<string, Component>,
): Component | undefined {
  // A variable may be declared as an interface, but something else creates its value.
  const isInterface = ({ kind }: Component): boolean => kind === 'interface'
  const isOnlyInterfaces = called.flatMap((id) => owners.get(id) ?? []).every(isInterface)
  const starts = isOnlyInterfaces ? possible : possible.filter((one) => !isInterface(one))
  const byWord = calledOwners(writing, called, ownersOf(writing, starts))
  const words = new Set([...byWord.keys(), ...starts.flatMap(({ name }) => writtenForms(name))])
  const members = possible.flatMap(({ id }) => (writing.repo.members.get(id) ?? []).map(({ name }) => name))
  const word = firstOwnWord(asCalls(code.value, code.lang ?? ''), words, [writing.subject.name, ...members])
  return byWord.get(word ?? '')
}

/** The owners of what an example calls, by the words that its code may contain for them. */
function calledOwners(
  { repo }: Writing,
  called: readonly string[],
  owners: ReadonlyMap<string, Component>,
): Map<string, Component> {
  const found = new Map<string, Component>()
  for (const id of called) {
    const owner = owners.get(id)
    const name = repo.components.get(id)?.name
    if (owner === undefined || name === undefined) continue
    for (const word of [...writtenForms(name), owner.name]) found.set(word, owner)
  }
  return found
}

/** `PlanAttribute` is written `[Plan]` in C#. */
const writtenForms = (name: string): string[] => [name, name.replace(/(?<=\w)Attribute$/, '')]

/** Whether users can import it only from a path other than the main one of its package. */
function isFromInnerPath(writing: Writing, { id }: Component): boolean {
  const named = [...publicNames(writing).values()].flat().filter(({ component }) => component?.id === id)
  // Python paths are modules, none of which is the main one.
  return named.length > 0 && named.every(({ isInner, path }) => isInner === true && path.language !== 'python')
}

/** The documented type named after the module or the subject of the repository, if the documents begin with another type. */
function namesakeFor(
  first: Component,
  possible: readonly Component[],
  module: Module,
  about: string,
): Component | undefined {
  if (!TYPES.has(first.kind)) return undefined
  const isNamed = ({ name }: Component): boolean =>
    [nameOf(module.title), about].some((holder) => isNamesake(name, holder, about))
  return isNamed(first) ? undefined : possible.find((one) => TYPES.has(one.kind) && one.doc !== null && isNamed(one))
}

/** The only function that is named like a command. */
function typedOf(writing: Writing, all: readonly Component[]): Component | null {
  const named = (command: string): Component[] =>
    all.filter(({ kind, name }) => kind === 'function' && comparableName(name) === comparableName(command))
  for (const command of typedCommands(writing)) {
    const [one, ...more] = named(command)
    if (one !== undefined && more.length === 0) return one
  }
  return null
}

/** Whether a path or title is that of a benchmark. */
export function isBenchmark(name: string): boolean {
  return MEASURES.test(name) || MEASURES_INSIDE.test(name)
}
