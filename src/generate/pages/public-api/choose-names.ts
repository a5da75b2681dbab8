/** Selects the names of a package for its table; the others go into the lists below. */

import { greatest } from '#base/long-arrays.ts'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component, Surface } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { ownName } from '#generate/pages/readme/mentioned-names.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import { isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { parameterList } from '#generate/signature-parameters.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { packageOf } from './own-packages.ts'
import { type PublicName, UNSETTLED_PATH } from './public-names.ts'
import { rowCell } from './row-cell.ts'
import { meantBy, rowWords } from './row-words.ts'
import { shownInDocuments, testsUsing } from './shown-to-users.ts'
import { namesOfItsOwn } from './sister-packages.ts'
import { isError, isForbidden, isList, isMadeElsewhere, isOptionsType, isUnsettled } from './traits.ts'

/** Names shown less than a tenth as often as the first one have no row. */
const MIN_SHARE = 10
/** The same for test files, which show less of what users need. */
const MIN_SHARE_OF_TESTS = 4
/** Names have no row if their sentence is in at least this many folders. */
const MIN_SHARED = 3
/** Limit on the names whose sentences are read. */
const MAX_READ = 300
const FOR_TESTS = /(?:^|[./:\\])(?:[a-z\d]{0,20}(?:test|testing|testutils?)|mocks?|fixtures?)$/i

/** Matches packages that build files name, and no code imports. */
const OF_BUILD = /[-:](?:gradle|maven)-plugin$/

export interface Choice {
  candidates: readonly PublicName[]
  /** The most important names. */
  central: readonly PublicName[]
  /** The central names with a row; none if fewer than a third have one, or fewer than half if the first one has none, because the table would list minor names. */
  shown: readonly PublicName[]
}

/** The names that documents, examples or, without those, tests show most. Only names with a sentence or methods have a row. */
export function choose(writing: Writing, surface: Surface, all: readonly PublicName[], max: number): Choice {
  const candidates = distinct(namesOfItsOwn(writing, surface, all))
  const about = packageOf(writing, surface)
  // The function of a console script: `orbit.cli:main`.
  const programs = new Set(['main', ...(about?.programs ?? []).map(({ runs }) => runs.split(':')[1] ?? '')])
  const isOld = candidates.every(({ isDeprecated }) => isDeprecated)
  const possible = candidates.filter(
    (one) =>
      (isOld || !one.isDeprecated) &&
      !(programs.has(one.name) && one.component?.kind === 'function') &&
      !isOption(one) &&
      !(one.isInner === true && UNSETTLED_PATH.test(one.path.path)) &&
      !isOperator(one) &&
      !isUnsettled(one) &&
      !isHelper(one) &&
      !(one.component !== null && isForbidden(one.component)) &&
      !(one.component !== null && isMadeElsewhere(writing.repo, one.component)) &&
      (one.path.language !== 'ruby' || isReachable(writing, one)),
  )
  // Documents of a program or of a plugin of a build mention its checks and settings, not what other code imports.
  const isProgram = (about?.programs.length ?? 0) > 0 || OF_BUILD.test(surface.package)
  const shares = new Map(
    possible.map((one) => [one, shownInDocuments(writing, one.name, one.component, one.path.path, isProgram)]),
  )
  const enough = Math.max(greatest(shares.values()) / MIN_SHARE, Number.MIN_VALUE)
  const inDocuments = possible.filter((one) => (shares.get(one) ?? 0) >= enough)
  const meant = new Set<Component | string>()
  const main = new Set(possible.flatMap(({ name, isInner }) => (isInner === true ? [] : name)))
  const ranked = plainest(writing, inDocuments.length > 0 || isProgram ? inDocuments : byTests(writing, possible))
    .filter((one) => !isInnerPath(one) || !main.has(one.name))
    .slice(0, MAX_READ)
  const described = ranked.filter(({ component, name, path }) => {
    if (component === null) return true
    // A function that is added to multiple types has one row.
    const subject = path.language === 'swift' ? ownName(name) : meantBy(writing, component)
    // If a definition has multiple names, the most used one has a row.
    const isNew = !meant.has(subject)
    meant.add(subject)
    return isNew
  })
  const central = described.slice(0, max)
  const folders = new Map<string, string[]>()
  for (const one of central) push(folders, textOf(writing, one), folderOf(one.component?.file ?? ''))
  // `New creates a new middleware.` of multiple packages does not tell them apart.
  const isShared = (text: string): boolean => new Set(folders.get(text)).size >= MIN_SHARED
  const texts = central.map((one) => textOf(writing, one))
  const isRepeated = (text: string, at: number): boolean =>
    texts.some(
      (other, before) =>
        before < at && other === text && central[before]?.component?.kind === central[at]?.component?.kind,
    )
  const shown = central.filter((_, at) => {
    const text = texts[at] ?? ''
    return text !== '' && !isRepeated(text, at) && !isShared(text)
  })
  const [first] = central
  const least = first !== undefined && shown.includes(first) ? 1 / 3 : 1 / 2
  return { candidates, central, shown: shown.length < least * central.length ? [] : shown }
}

const textOf = (writing: Writing, one: PublicName): string => plainText(paragraph(...rowCell(writing, one)))

/** One function for each name declared in multiple headers: preferably one with a sentence, then the plain one, `format(text)` rather than `format(style, text)`. */
function plainest(writing: Writing, names: readonly PublicName[]): PublicName[] {
  const costOf = (one: PublicName): number =>
    (rowWords(writing, one).length === 0 ? MAX_READ : 0) +
    (one.component === null ? 0 : (parameterList(one.component.signature, one.component.name)?.parts.length ?? 0))
  const found = new Map<unknown, PublicName>()
  for (const one of names) {
    const isOverloaded = one.component?.kind === 'function' && /^c(?:pp)?$/.test(one.path.language)
    const key = isOverloaded ? one.name : one
    const known = found.get(key)
    if (known === undefined || costOf(one) < costOf(known)) found.set(key, one)
  }
  return [...found.values()]
}

/**
 * Names by the test files that use them, types with a test file of their own and many methods first. Errors, settings and
 * lists are left out unless there is nothing else.
 */
function byTests(writing: Writing, names: readonly PublicName[]): PublicName[] {
  const { repo } = writing
  const tests = new Map(names.map((one) => [one, one.component === null ? 0 : testsUsing(writing, one.component)]))
  const countOf = (one: PublicName): number => tests.get(one) ?? 0
  const isTested = ({ name, component }: PublicName): boolean =>
    component !== null && TYPES.has(component.kind) && testedSubjects(repo).has(comparableName(name))
  const isSecondary = ({ name, component }: PublicName): boolean =>
    component !== null &&
    (isError(repo, component) || isList(repo, component) || isOptionsType(component) || SETTINGS.test(name))
  const methodsOf = ({ component }: PublicName): number =>
    (repo.members.get(component?.id ?? '') ?? []).filter(({ kind, exported }) => kind === 'method' && exported).length
  const weights = new Map(
    names.map((one) => [
      one,
      // Values such as attributes are in most tests.
      Math.sqrt(Math.log2(1 + countOf(one))) * Math.max(MIN_METHODS, methodsOf(one)) * (isTested(one) ? 2 : 1),
    ]),
  )
  const weightOf = (one: PublicName): number => weights.get(one) ?? 0
  const used = names.filter((one) => countOf(one) > 0)
  const primary = used.filter((one) => !isSecondary(one))
  const meant = primary.length > 0 ? primary : used
  const least = greatest(meant.map(countOf)) / MIN_SHARE_OF_TESTS
  return meant.filter((one) => countOf(one) >= least || isTested(one)).sort((a, b) => weightOf(b) - weightOf(a))
}

/** A function and a small type count as much as a type with this number of methods. */
const MIN_METHODS = 3

const SETTINGS = /^(?:Config|Configuration|Options|Settings)$/

/** What test files are named after: `plan` for `PlanTest.php`, `plan_test.go`, `test_plan.py` and `plan.spec.ts`. */
const testedSubjects = memoized(
  (repo: RepoIndex): ReadonlySet<string> =>
    new Set(
      [...repo.files.keys()].flatMap((path) => {
        const [, before, after] = isTest(path, repo) ? (OF_TEST.exec(nameOf(path)) ?? []) : []
        return before === undefined && after === undefined ? [] : [comparableName(before ?? after ?? '')]
      }),
    ),
)

const OF_TEST = /^(?:test_([^.]{1,80})\.|([^.]{1,80}?)(?:[._-](?:test|spec)|Tests?|Spec)\.)/

/** Languages whose names are imported from paths of a package. */
const BY_PATH = new Set(['javascript', 'jsx', 'python', 'rust', 'tsx', 'typescript'])

/** Whether a name is not imported from the main path of its package. */
const isInnerPath = ({ isInner, path }: PublicName): boolean => isInner === true && BY_PATH.has(path.language)

/** False for a Ruby method without its class, unless code in documents calls it. */
function isReachable(writing: Writing, { component }: PublicName): boolean {
  if (component === null || !/^(?:function|method)$/.test(component.kind) || component.parent !== null) return true
  return calledInCode(writing).has(component.id)
}

/** An overloaded operator: `operator+`, in Swift `<=`. */
const isOperator = ({ component }: PublicName): boolean =>
  /^(?:operator\b|[^\p{L}\p{N}_$]+$)/u.test(component?.name ?? '')

/** Whether a name is from a package or module for tests. */
const isHelper = ({ path, isInner }: PublicName): boolean => isInner === true && FOR_TESTS.test(path.path)

const isOption = ({ component }: PublicName): boolean => component?.default !== undefined

/**
 * Keeps the first path to a definition, and of multiple names the one in its title. C macros are identified by name.
 */
export function distinct(names: readonly PublicName[]): PublicName[] {
  const found = new Map<string, PublicName>()
  for (const one of names) {
    const { name, component } = one
    const isOfC = component?.kind === 'macro' && one.path.language !== 'rust'
    const key = component === null || isOfC ? name : component.id
    const known = found.get(key)
    if (known === undefined) found.set(key, one)
    else if (known.path === one.path && component !== null && name === titleOf(component)) found.set(key, one)
  }
  return [...found.values()]
}
