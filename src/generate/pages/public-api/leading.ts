/** Which definitions lead a list: those that others begin with and from which most of what the files hold is reached. */

import { type Component, compareText } from '#generate/model.ts'
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
  isUnsettled,
  MADE_ELSEWHERE,
  minor,
} from './traits.ts'

/** Code of others that is kept under another name, and what is written for older systems or for the compiler alone. */
const ASIDE = /(?:^|[/_.-])(?:backports?|shaded|shim|third[_-]?party|vendor(?:ed)?)(?:[/_.-]|$)/i
const OF_COMPILER = /(?:^|[a-z])Macros?$/

/** Languages whose programs begin with a method `main` of a type. */
export const MAIN_IN_TYPE: ReadonlySet<string> = new Set(['csharp', 'groovy', 'java', 'kotlin', 'scala'])

/** Languages whose programs begin with a function of the name. */
export const MAIN_FUNCTION: ReadonlySet<string> = new Set(['c', 'cpp', 'go', 'rust'])
/** Said early enough by a README to lead what it never names: as one of the first three that it calls. */
const EARLY = 0.3
/** Of what a folder or a module is called after, or what its head file defines. */
const SUBJECT = 1.5
/** Files that stand for their folder. */
const HEAD = /^(?:__init__\.py|index\.[cm]?[jt]sx?|lib\.rs|mod\.rs)$/
/** What a README calls first is worth as much as this many doublings of users. */
const SAID = 6
/** Of what nothing is reached from. */
const MIN_REACH = 0.04
/** `type Type string`: another name for a plain type. */
const BARE = /^(?:export |pub )?type\s+\w+(?:\s*=\s*|\s+)[\w.]+;?$/
const BARE_TYPE = 0.5
/** By its name there is another one to begin with. */
const SUPERSEDED = /^(?:[Ll]egacy|[Dd]eprecated|[Oo]ld)(?=[\p{Lu}_])/u
const OLD = 0.3
/** Marks other definitions. */
const ANNOTATION = /^(?:[a-z]+ ){0,4}annotation class\b|@interface\b/
/** What tests the rest, by its name. */
const TESTING = /^(?:run_?)?[Tt]ests?(?![a-z])|(?:_t|T)est(?:s|Case)?$/
/** Helps others, by its name. */
export const HELPS = /[a-z](?:Helpers?|Utils?|Utilities)$/
/** What tests are made from. */
const TEST_CASE = /(?:_t|T)est_?[Cc]ase$/
const OWN_KINDS = new Set<Component['kind']>(['function', 'struct', 'class', 'enum', 'interface', 'trait'])
/** Files that show how something is used. */
const SHOWN = /^(?:bench|demo|example|sample|test)/i
/** Definitions whose reach is measured, those with most users. */
const MAX_MEASURED = 60

/**
 * What some files define at their top for others, the best to begin with first: programs, then what a README calls and what is
 * used from outside, by how much of the work of these files lies behind it. Constants and macros come later, then errors, what is
 * deprecated last. No namespaces, but what they hold. Tests have none, and examples only where there is nothing else.
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

/** What Go runs by itself: nobody can call it. */
const isInit = ({ file, kind, name }: Component): boolean =>
  name === 'init' && kind === 'function' && file.endsWith('.go')

/** Of what a file adds to a type, the type where that is among them as well. */
function wholeIn(repo: RepoIndex, component: Component, files: ReadonlySet<string>): Component {
  const owner = isAdded(component, repo.components) ? parentOf(component, repo.components) : undefined
  return owner !== undefined && files.has(owner.file) ? owner : component
}

/** @param inside - The files whose work counts, and whose own uses do not. */
export function byLead(writing: Writing, components: readonly Component[], inside: ReadonlySet<string>): Component[] {
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
    // Where nothing says what is offered, the README's order counts.
    offer: isSaidEarly(writing, component)
      ? offerOf(writing, component) || (calledInReadme(writing).get(component.id) ?? 0)
      : 0,
    weight:
      (isMadeElsewhere(repo, component) ? MADE_ELSEWHERE : 1) *
      // A constant does nothing: it matters by how many places use it.
      (minor(component) > 0
        ? Math.log2(2 + placesOf(component, repo).length)
        : (0.3 + use) * (MIN_REACH + (reach.get(component.id) ?? 0))) *
      (SUPERSEDED.test(component.name) || TESTING.test(component.name) || HELPS.test(component.name) ? OLD : 1) *
      (isSubject(component) ? SUBJECT : 1) *
      (isBareType(component) ? BARE_TYPE : ANNOTATION.test(component.signature) ? OLD : 1) *
      (component.doc === null ? 1 : 1.2),
  }))
  // A program beside a library is a tool of it.
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

/** Languages whose functions stand alone, with what they return before or behind them. */
const FREE = new Set(['c', 'cpp', 'go'])

/** What cannot be called without a value of a type comes behind the function that makes one, which the README calls if it calls anything. */
export function withMakerFirst(writing: Writing, sorted: Component[]): Component[] {
  const { repo } = writing
  const [first] = sorted
  const { language = '' } = repo.files.get(first?.file ?? '') ?? {}
  if (first?.kind !== 'function' || !FREE.has(language ?? '') || programOf(repo, first) > 0) return sorted
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

/** What the first is one of several of comes before it, where as many begin with that: a listener before one that calls others. */
function withBaseFirst(repo: RepoIndex, sorted: Component[], useFor: (component: Component) => number): Component[] {
  const [first, ...others] = sorted
  if (first === undefined || programOf(repo, first) > 0) return sorted
  const bases = new Set(repo.bases.get(first.id))
  const base = others.find((one) => bases.has(one.id) && !isDeprecated(one) && !isError(repo, one))
  if (base === undefined || useFor(base) < useFor(first)) return sorted
  const heirs = [...(repo.heirs.get(base.id) ?? [])].filter(([id, how]) => how !== 'overrides' && isCodeEnd(id, repo))
  return heirs.length < 2 ? sorted : [base, first, ...others.filter((one) => one !== base)]
}

/** How much those outside of some files begin with a definition. */
function useOf(writing: Writing, component: Component, inside: ReadonlySet<string>): number {
  const { repo } = writing
  let users = 0
  for (const end of repo.users.get(component.id)?.keys() ?? []) {
    const file = repo.components.get(end)?.file ?? end
    // What is called as a file is loaded is where a program goes on.
    const isRun = end === file && file !== component.file
    const isShown = file !== component.file && SHOWN.test(nameOf(file))
    if ((isRun || isShown || !inside.has(file)) && isMain(file, repo)) users++
  }
  const offer = offerOf(writing, component)
  const said = SAID * (calledInReadme(writing).get(component.id) ?? 0)
  // What is offered is there for others than the package's own code.
  return said + offer + Math.log2(1 + users) / (offer > 0 ? 3 : 1)
}

function orderOf(writing: Writing, component: Component, use: number): number {
  const said = calledInReadme(writing).get(component.id) ?? 0
  if (isDeprecated(component)) return 5
  if (isError(writing.repo, component)) return 3
  if (isAmbient(component) || isDiscouraged(component) || isUnsettled(component)) return 4
  if (component.name.startsWith('operator') && !/\w/.test(component.name.slice(8, 9))) return 2
  if (isHook(component) || TEST_CASE.test(component.name) || (minor(component) > 0 && said === 0)) return 2
  if (ASIDE.test(component.file) || (component.file.endsWith('.scala') && OF_COMPILER.test(component.name))) return 2
  // Private by its name.
  if (component.name.startsWith('_') && said === 0) return 2
  // It only passes on what is done elsewhere, or nobody else can call it.
  if (isDelegation(component) || isClosed(writing.repo, component)) return 2
  if (isBareType(component)) return 1
  return isSaidEarly(writing, component) ? -1 : use > 0 ? 0 : 1
}

function isSaidEarly(writing: Writing, { id }: Component): boolean {
  return (calledInReadme(writing).get(id) ?? 0) >= EARLY
}

/** Of what its folder is about: it is called like it, or stands in the file that speaks for it. */
function isSubject({ file, name }: Component): boolean {
  const plain = (text: string): string =>
    text
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toLowerCase()
      .replace(/s$/, '')
  const folder = nameOf(folderOf(file))
  return HEAD.test(nameOf(file)) || (folder !== '' && plain(folder) === plain(name))
}

/** Says less of what is done than what holds its values. */
export function isBareType({ kind, signature }: Component): boolean {
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

/** Nobody imports a program: what it begins with and its own types and functions are its names, exported or not. */
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

/** Functions that the commands of packages run. */
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

/** What programs of C include of others. */
export function isHeader(path: string): boolean {
  return /\.h(?:h|pp|xx)?$/.test(path)
}

/** What is run comes before all that it uses. */
export function programOf(repo: RepoIndex, { id, name, file, parent }: Component): number {
  const { language } = repo.files.get(file) ?? {}
  const isFunction =
    name === 'main' &&
    parent === null &&
    !SHOWN.test(nameOf(file)) &&
    (MAIN_FUNCTION.has(language ?? '') || /^(?:__main__|main|cli|app)\./.test(nameOf(file)))
  const isType = MAIN_IN_TYPE.has(language ?? '')
  const isProgram = isFunction || (isType && (repo.members.get(id) ?? []).some(({ name }) => /^main$/i.test(name)))
  return isProgram ? 1 : 0
}
