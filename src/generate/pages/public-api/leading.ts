/** Orders definitions by importance: those that users begin with, and that reach most of the code in the files. */

import { type Component, compareText } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isCode, isCodeEnd, isMain, isTest, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, isAdded, parentOf, TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { parameterList, parametersOf } from '#generate/signature-parameters.ts'
import { isClosed } from './closed-functions.ts'
import { isHidden } from './hidden-names.ts'
import { offerOf } from './public-names.ts'
import { reachedFrom } from './reach.ts'
import { isReopened } from './reopened-classes.ts'
import {
  isAmbient,
  isDelegation,
  isDeprecated,
  isDiscouraged,
  isError,
  isHook,
  isMadeElsewhere,
  isMinor,
  isUnsettled,
  MADE_ELSEWHERE,
} from './traits.ts'

/** Matches paths of vendored code and of backports. */
const VENDORED = /(?:^|[/_.-])(?:backports?|shaded|shim|third[_-]?party|vendor(?:ed)?)(?:[/_.-]|$)/i
const OF_COMPILER = /(?:^|[a-z])Macros?$/

/** Languages whose programs begin with a `main` method of a type. */
const MAIN_IN_TYPE: ReadonlySet<string> = new Set(['csharp', 'groovy', 'java', 'kotlin', 'scala'])

/** Languages whose programs begin with a `main` function. */
const MAIN_FUNCTION: ReadonlySet<string> = new Set(['c', 'cpp', 'go', 'rust'])
/** Minimum weight in the README (one of its first three calls) for a name to precede those that the README never mentions. */
const EARLY = 0.3
/** Factor for definitions with the name of their folder or module, or from its main file. */
const SUBJECT = 1.5
/** Matches files that represent their folder. */
const HEAD = /^(?:__init__\.py|index\.[cm]?[jt]sx?|lib\.rs|mod\.rs)$/
/** The first name that a README calls is worth as much as doubling the number of users this many times. */
const README_WEIGHT = 6
/** Factor for definitions that reach nothing. */
const MIN_REACH = 0.04
/** Matches an alias of a plain type: `type Type string`. */
const BARE = /^(?:export |pub )?type\s+\w+(?:\s*=\s*|\s+)[\w.]+;?$/
const BARE_TYPE = 0.5
/** Matches names that indicate a newer alternative. */
const SUPERSEDED = /^(?:[Ll]egacy|[Dd]eprecated|[Oo]ld)(?=[\p{Lu}_])/u
const OLD = 0.3
/** Matches annotation types. */
const ANNOTATION = /^(?:[a-z]+ ){0,4}annotation class\b|@interface\b/
/** Matches names of tests. */
const TESTING = /^(?:run_?)?[Tt]ests?(?![a-z])|(?:_t|T)est(?:s|Case)?$/
/** Matches names of helpers. */
export const HELPER = /[a-z](?:Helpers?|Utils?|Utilities)$/
/** Matches base classes of tests. */
const TEST_CASE = /(?:_t|T)est_?[Cc]ase$/
const OWN_KINDS = new Set<Component['kind']>(['function', 'struct', 'class', 'enum', 'interface', 'trait'])
/** Matches files that show usage. */
const USAGE_FILE = /^(?:bench|demo|example|sample|test)/i
/** Limit on the definitions whose reach is measured, those with most users. */
const MAX_MEASURED = 60

/**
 * The public top-level definitions of some files, the most important first: programs, then definitions that a README calls or
 * that are used from outside, weighted by how much of the files' code they reach. Constants and macros come later, then
 * errors, and deprecated definitions last. Namespaces are replaced by their members. Tests are left out, and examples unless
 * there is nothing else.
 */
export function leading(writing: Writing, files: readonly string[]): Component[] {
  const { repo } = writing
  const code = files.filter((path) => isCode(repo.files.get(path)))
  const inside = new Set(files)
  const candidates = (code.length > 0 ? code : files.filter((path) => !isTest(path, repo)))
    .flatMap((path) => declaredIn(path, repo))
    .map((component) => wholeIn(repo, component, inside))
    .filter(
      (component) =>
        (isShown(repo, component) || isOfProgram(repo, component) || offerOf(writing, component) > 0) &&
        !isInit(component) &&
        !isHidden(writing, component) &&
        !isReopened(writing, component),
    )
  return byLead(writing, [...new Set(candidates)], inside)
}

/** Whether Go runs the function automatically; it cannot be called. */
const isInit = ({ file, kind, name }: Component): boolean =>
  name === 'init' && kind === 'function' && file.endsWith('.go')

/** The type that an extension belongs to, if it is in one of the files. */
function wholeIn(repo: RepoIndex, component: Component, files: ReadonlySet<string>): Component {
  const owner = isAdded(component, repo.components) ? parentOf(component, repo.components) : undefined
  return owner !== undefined && files.has(owner.file) ? owner : component
}

/** @param inside - The files whose code counts, and whose own uses do not. */
function byLead(writing: Writing, components: readonly Component[], inside: ReadonlySet<string>): Component[] {
  const { repo } = writing
  const useIn = (component: Component): number => (isOfProgram(repo, component) ? 0 : useOf(writing, component, inside))
  const uses = new Map(components.map((component) => [component, useIn(component)]))
  const useFor = (component: Component): number => uses.get(component) ?? 0
  const measured = [...uses.keys()].sort((a, b) => useFor(b) - useFor(a) || compareText(a.id, b.id))
  const reach = reachedFrom(writing, inside, measured.slice(0, MAX_MEASURED))
  const rows = [...uses].map(([component, use]) => ({
    component,
    order: orderOf(writing, component, use),
    isOffered: offerOf(writing, component) > 0,
    // If nothing says what is public, the order of the README counts.
    offer: isCalledEarly(writing, component)
      ? offerOf(writing, component) || (calledInReadme(writing).get(component.id) ?? 0)
      : 0,
    weight:
      (isMadeElsewhere(repo, component) ? MADE_ELSEWHERE : 1) *
      // The importance of a constant depends only on the number of its uses.
      (isMinor(component)
        ? Math.log2(2 + placesOf(component, repo).length)
        : (0.3 + use) * (MIN_REACH + (reach.get(component.id) ?? 0))) *
      (SUPERSEDED.test(component.name) || TESTING.test(component.name) || HELPER.test(component.name) ? OLD : 1) *
      (isSubject(component) ? SUBJECT : 1) *
      (isBareType(component) ? BARE_TYPE : ANNOTATION.test(component.signature) ? OLD : 1) *
      (component.doc === null ? 1 : 1.2),
  }))
  // A program next to a library is one of its tools.
  const isLibrary = components.some((component) => offerOf(writing, component) > 0)
  const ran = ranByPackages(writing)
  const program = (component: Component): number =>
    isLibrary ? 0 : ran.has(component.id) ? 1 : programOf(repo, component)
  const sorted = rows
    .sort(
      (a, b) =>
        program(b.component) - program(a.component) ||
        a.order - b.order ||
        Number(b.isOffered) - Number(a.isOffered) ||
        b.offer - a.offer ||
        b.weight - a.weight,
    )
    .map(({ component }) => component)
  const isSaid = (component: Component): boolean => calledInReadme(writing).has(component.id) || ran.has(component.id)
  return withMakerFirst(
    writing,
    withBaseFirst(repo, sorted, (component) => (isSaid(component) ? Number.POSITIVE_INFINITY : useFor(component))),
  )
}

/** Languages with free functions and declared return types. */
const WITH_FREE_FUNCTIONS = new Set(['c', 'cpp', 'go'])

/** Moves the function that creates a value before a first function that needs one, unless the README calls only the latter. */
export function withMakerFirst(writing: Writing, sorted: Component[]): Component[] {
  const { repo } = writing
  const [first] = sorted
  const { language = '' } = repo.files.get(first?.file ?? '') ?? {}
  if (first?.kind !== 'function' || !WITH_FREE_FUNCTIONS.has(language ?? '') || programOf(repo, first) > 0)
    return sorted
  const types = new Set(sorted.flatMap(({ kind, name }) => (TYPES.has(kind) ? name : [])))
  const typesIn = (text: string): string[] => (text.match(/\w+/g) ?? []).filter((word) => types.has(word))
  const [needed] = typesIn(parametersOf(first.signature, first.name)?.[0] ?? '')
  if (needed === undefined) return sorted
  const called = calledInReadme(writing)
  const said = ({ id }: Component): number => called.get(id) ?? 0
  const makers = sorted.filter(({ kind, name, signature }) => {
    const list = kind === 'function' ? parameterList(signature, name) : null
    if (list === null || list.parts.some((part) => typesIn(part).length > 0)) return false
    return typesIn(language === 'go' ? signature.slice(list.end) : (signature.split(name, 1)[0] ?? '')).includes(needed)
  })
  const [maker] = makers.sort((a, b) => said(b) - said(a))
  if (maker === undefined || isDeprecated(maker) || (said(maker) === 0 && said(first) > 0)) return sorted
  return [maker, ...sorted.filter((one) => one !== maker)]
}

/**
 * Moves the base type of the first definition before it if the base has as many users: a listener before one that calls
 * others.
 */
function withBaseFirst(repo: RepoIndex, sorted: Component[], useFor: (component: Component) => number): Component[] {
  const [first, ...others] = sorted
  if (first === undefined || programOf(repo, first) > 0) return sorted
  const bases = new Set(repo.bases.get(first.id))
  const base = others.find((one) => bases.has(one.id) && !isDeprecated(one) && !isError(repo, one))
  if (base === undefined || useFor(base) < useFor(first)) return sorted
  const heirs = [...(repo.heirs.get(base.id) ?? [])].filter(([id, how]) => how !== 'overrides' && isCodeEnd(id, repo))
  return heirs.length < 2 ? sorted : [base, first, ...others.filter((one) => one !== base)]
}

/** How much a definition is used outside of some files. */
function useOf(writing: Writing, component: Component, inside: ReadonlySet<string>): number {
  const { repo } = writing
  let users = 0
  for (const end of repo.users.get(component.id)?.keys() ?? []) {
    const file = repo.components.get(end)?.file ?? end
    // A function that is called when a file is loaded continues the program.
    const isRun = end === file && file !== component.file
    const isShown = file !== component.file && USAGE_FILE.test(nameOf(file))
    if ((isRun || isShown || !inside.has(file)) && isMain(file, repo)) users++
  }
  const offer = offerOf(writing, component)
  const said = README_WEIGHT * (calledInReadme(writing).get(component.id) ?? 0)
  // A public definition is not meant for the package's own code, so uses count less.
  return said + offer + Math.log2(1 + users) / (offer > 0 ? 3 : 1)
}

function orderOf(writing: Writing, component: Component, use: number): number {
  const said = calledInReadme(writing).get(component.id) ?? 0
  if (isDeprecated(component)) return 5
  if (isError(writing.repo, component)) return 3
  if (isAmbient(component) || isDiscouraged(component) || isUnsettled(component)) return 4
  if (component.name.startsWith('operator') && !/\w/.test(component.name.slice(8, 9))) return 2
  if (isHook(component) || TEST_CASE.test(component.name) || (isMinor(component) && said === 0)) return 2
  if (VENDORED.test(component.file) || (component.file.endsWith('.scala') && OF_COMPILER.test(component.name))) return 2
  // Private by naming convention.
  if (component.name.startsWith('_') && said === 0) return 2
  // It only delegates, or only its own project can call it.
  if (isDelegation(component) || isClosed(writing.repo, component)) return 2
  if (isBareType(component)) return 1
  return isCalledEarly(writing, component) ? -1 : use > 0 ? 0 : 1
}

function isCalledEarly(writing: Writing, { id }: Component): boolean {
  return (calledInReadme(writing).get(id) ?? 0) >= EARLY
}

/** Whether a definition has the name of its folder, or is in the folder's main file. */
function isSubject({ file, name }: Component): boolean {
  const plain = (text: string): string => comparableName(text).replace(/s$/, '')
  const folder = nameOf(folderOf(file))
  return HEAD.test(nameOf(file)) || (folder !== '' && plain(folder) === plain(name))
}

/** Whether a type is only an alias of a plain type. */
function isBareType({ kind, signature }: Component): boolean {
  return kind === 'type' && BARE.test(signature)
}

function isShown(repo: RepoIndex, component: Component): boolean {
  const { kind, name, exported } = component
  return (
    (programOf(repo, component) > 0 || (exported && name !== 'main')) &&
    kind !== 'namespace' &&
    /[\p{L}\p{N}]/u.test(name) &&
    !/^(?:default|export=)$/.test(name)
  )
}

/** Whether a definition counts as a name of a program. A program is not imported, so it need not be exported. */
function isOfProgram(repo: RepoIndex, { file, kind, name, parent, exported }: Component): boolean {
  const { language } = repo.files.get(file) ?? {}
  if (exported || parent !== null || !OWN_KINDS.has(kind) || name.startsWith('_') || isTest(file, repo)) return false
  if (language === 'go') return filesBeside(repo, file).some((path) => hasMain(repo, path))
  return language === 'rust' && hasMain(repo, file)
}

const hasMain = (repo: RepoIndex, path: string): boolean =>
  (repo.tops.get(path) ?? []).some((component) => programOf(repo, component) > 0)

function filesBeside(repo: RepoIndex, path: string): string[] {
  return (repo.folders.get(folderOf(path)) ?? []).flatMap((file) => (file.language === 'go' ? [file.path] : []))
}

const runs = new WeakMap<Writing, ReadonlySet<string>>()

/** Functions that package commands run. */
export function ranByPackages(writing: Writing): ReadonlySet<string> {
  let found = runs.get(writing)
  if (found === undefined) {
    const { nodes, edges } = writing.analysis.artifacts
    const files = new Map(nodes.map(({ id, file }) => [id, file]))
    const manifests = new Set(writing.packages.map(({ manifest }) => manifest))
    found = new Set(
      edges.flatMap(({ from, to, kind }) =>
        kind === 'runs' && to.includes('#') && manifests.has(files.get(from) ?? '') ? [to] : [],
      ),
    )
    runs.set(writing, found)
  }
  return found
}

/** Whether a path is a C or C++ header. */
export function isHeader(path: string): boolean {
  return /\.h(?:h|pp|xx)?$/.test(path)
}

/** Rank of a program entry, which comes before all that it uses. */
function programOf(repo: RepoIndex, { id, name, file, parent }: Component): number {
  const { language } = repo.files.get(file) ?? {}
  const isFunction =
    name === 'main' &&
    parent === null &&
    !USAGE_FILE.test(nameOf(file)) &&
    (MAIN_FUNCTION.has(language ?? '') || /^(?:__main__|main|cli|app)\./.test(nameOf(file)))
  const isType = MAIN_IN_TYPE.has(language ?? '')
  const isProgram = isFunction || (isType && (repo.members.get(id) ?? []).some(({ name }) => /^main$/i.test(name)))
  return isProgram ? 1 : 0
}
