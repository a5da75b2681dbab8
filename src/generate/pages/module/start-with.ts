/** The function or type to begin reading a module with. */

import { type Component, compareText, type Module } from '#generate/model.ts'
import { typedCommands } from '#generate/pages/commands/typed-commands.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import {
  leading,
  MAIN_FUNCTION,
  MAIN_IN_TYPE,
  programOf,
  ranByPackages,
  useOf,
} from '#generate/pages/public-api/leading.ts'
import { extended, offerOf } from '#generate/pages/public-api/public-names.ts'
import { reachedFrom } from '#generate/pages/public-api/reach.ts'
import {
  isAmbient,
  isCallback,
  isDelegation,
  isDeprecated,
  isDiscouraged,
  isError,
  minor,
} from '#generate/pages/public-api/traits.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import { isMain } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { mostShown } from './shown.ts'
import { offering } from './type-words.ts'

/** Names of folders and modules that set up, configure or translate: nobody begins there. */
const NEVER =
  /(?:^|[/ :])(?:_?compat|conf|config|configs|configuration|constants?|env|environment|settings|defaults|migrations?|migrate|old_migrations|seeds?|locales?|i18n|lang|translations|scripts?|bin|tools?|details?|hooks?|impl|internals?|utils?|utilities|helpers?|misc|legacy)$/i

/** Measures, compares, breaks or helps to test what the repository is about. */
const ASIDE = /(?:^|[/ :_-])(?:compar(?:e|isons?)|demos?|fuzz(?:ing|ers?)?|[a-z]{0,12}(?:tests?|testing|testutils?))$/i
const MEASURES = /(?:^|[/ :_-])(?:bench(?:es|marks?|marking)?|perf)(?:[/.]|$)/i

/** Lines of a `main` that hands over. */
const MAX_HANDED = 20
/** Of the work of a program, what its main function reaches. */
const MIN_WORK = 0.25
const MAX_MEASURED = 200
/** Of what users have to do with. */
const MIN_OFFERED = 0.5
/** Files with something of the name: one for each way to import it is still the same. */
const MAX_HOMES = 5

/**
 * Of what users import only what documents call, the one thing that a module shows, or what bears its name: nobody else knows with what to
 * begin. Of a program what is used from outside and does something. `null` where nothing qualifies.
 */
export function startOf(writing: Writing, module: Module): Component | null {
  const { survey } = writing
  const isAside =
    ASIDE.test(module.path) || ASIDE.test(module.title) || isBenchmark(module.path) || isBenchmark(module.title)
  if (module.isBeside === true || (isAside && module.title !== writing.subject.name)) return null
  const files = survey.filesIn.get(module) ?? []
  const inside = new Set(files)
  const ran = ranByPackages(writing)
  const isClosed = (isSetUp(module.title) && module.title !== writing.subject.name) || isSetUp(module.path)
  // What a package offers is for its users, whatever the folder is called.
  const isOffered = (id: string): boolean => offerOf(writing, { id }) > MIN_OFFERED
  // Of folders that have nothing to do with each other none comes first.
  const folders = new Set(files.map((path) => nameOf(folderOf(path))))
  if ([...folders].filter((name) => name !== '' && wordsIn(module.title).has(name)).length > 1) return null
  const shown = mostShown(writing, leading(writing, files))
  const isProgram = importedSurfaces(writing).length === 0 && isRun(writing, shown[0])
  const isOnly = shown.filter((one) => minor(one) === 0).length === 1
  const possible = shown.filter(
    (one) =>
      !isDiscouraged(one) &&
      !isCallback(survey, one) &&
      !isDelegation(one) &&
      (isOffered(one.id) || !(isClosed || isSetUp(folderOf(one.file))) ? !one.name.startsWith('_') : ran.has(one.id)),
  )
  const all = possible.filter((one) => isProgram || isOnly || isKnown(writing, one, module))
  // A program beside a library that no manifest names is a tool of those who work on it.
  if (!isProgram && all[0] !== undefined && programOf(survey, all[0]) > 0 && !ran.has(all[0].id)) return null
  const found = (isProgram ? typedOf(writing, all) : undefined) ?? workOf(writing, all[0], possible, inside)
  const first = found === undefined ? undefined : offering(writing, found)
  if (first === undefined || isDeprecated(first) || isAmbient(first) || isError(survey, first)) return null
  // Two who know do not agree: what leads the module is not what users have most to do with.
  const most = shown.reduce((best, one) => Math.max(best, minor(one) > 0 ? 0 : offerOf(writing, one)), 0)
  if (!isProgram && plain(first.name) !== plain(nameOf(module.title)) && offerOf(writing, first) < most) return null
  // Where several files have something of the name, nobody knows which is meant.
  const homes = new Set(all.flatMap(({ name, file }) => (name === first.name ? file : [])))
  if (homes.size > 1 && first.name === 'main') return null
  if (homes.size > MAX_HOMES && !calledInCode(writing).has(first.id)) return null
  if (first !== found) return first
  if (first !== all[0] || !isProgram || programOf(survey, first) > 0 || ran.has(first.id)) return first
  return minor(first) === 0 && useOf(writing, first, inside) > 0 ? first : null
}

/** Whether anything of the repository is a program, where the language needs a `main`: else it is a library that no manifest tells of. */
function isRun(writing: Writing, first: Component | undefined): boolean {
  const { survey } = writing
  const language = survey.files.get(first?.file ?? '')?.language ?? ''
  if (!(MAIN_IN_TYPE.has(language) || MAIN_FUNCTION.has(language)) || ranByPackages(writing).size > 0) return true
  return [...survey.tops.values()].some((tops) =>
    tops.some((one) => isMain(one.file, survey) && programOf(survey, one) > 0),
  )
}

/** Of what a program's commands run the one that documents type first; nothing where the program itself is there. */
function typedOf(writing: Writing, all: readonly Component[]): Component | undefined {
  const [first] = all
  if (first === undefined || programOf(writing.survey, first) > 0 || ranByPackages(writing).has(first.id))
    return undefined
  const named = (command: string): Component[] =>
    all.filter(({ kind, name }) => kind === 'function' && plain(name) === plain(command))
  for (const command of typedCommands(writing)) {
    const [one, ...more] = named(command)
    if (one !== undefined && more.length === 0) return one
  }
  return undefined
}

function isKnown(writing: Writing, one: Component, { title }: Module): boolean {
  const isRun = programOf(writing.survey, one) > 0 || ranByPackages(writing).has(one.id)
  const called = calledInCode(writing)
  const isCalled = [one, ...(writing.survey.members.get(one.id) ?? [])].some(({ id }) => called.has(id))
  return isRun || isCalled || extended(writing, one) > 0 || plain(one.name) === plain(nameOf(title))
}

const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

const wordsIn = (title: string): Set<string> => new Set(title.split(/[\s,]+/))

/** The first; for a program that only hands over to what does the work, that. */
function workOf(
  writing: Writing,
  first: Component | undefined,
  all: readonly Component[],
  inside: ReadonlySet<string>,
): Component | undefined {
  if (first === undefined || programOf(writing.survey, first) === 0) return first
  if (first.endLine - first.startLine >= MAX_HANDED) return first
  const others = all.filter(
    (one) => one !== first && minor(one) === 0 && !isDeprecated(one) && programOf(writing.survey, one) === 0,
  )
  const reach = reachedFrom(writing, inside, others.slice(0, MAX_MEASURED))
  const best = [...others]
    .filter((one) => one.endLine - one.startLine > first.endLine - first.startLine)
    .sort((a, b) => (reach.get(b.id) ?? 0) - (reach.get(a.id) ?? 0) || compareText(a.id, b.id))[0]
  return best !== undefined && (reach.get(best.id) ?? 0) >= MIN_WORK ? best : first
}

/** By its path or title. */
export function isBenchmark(name: string): boolean {
  return MEASURES.test(name)
}

/** By the name of a folder or a module. */
export function isSetUp(name: string): boolean {
  return NEVER.test(name)
}
