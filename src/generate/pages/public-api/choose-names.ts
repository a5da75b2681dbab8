/** Selects the names of a package for its table; the others go into the lists below. */

import type { Component, Surface } from '#generate/model.ts'
import { compileDefault } from '#generate/pages/module/compile-options.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { isInExamples } from './listed-names.ts'
import { packageOf } from './own-packages.ts'
import type { PublicName } from './public-names.ts'
import { meantBy, rowWords } from './row-words.ts'
import { namesOfItsOwn } from './sister-packages.ts'

/** Limit on the import paths of which names are shown, as many as there are import lines. */
const MAX_LINES = 3
/** Limit on the names whose sentences are read. */
const MAX_READ = 300
const FOR_TESTS = /(?:^|[./:\\])(?:[a-z\d]{0,20}(?:test|testing|testutils?)|mocks?|fixtures?)$/i

export interface Choice {
  candidates: readonly PublicName[]
  /** Names with a row in the table. */
  shown: readonly PublicName[]
}

/** Only names of which a sentence says what they are have a row. */
export function choose(writing: Writing, surface: Surface, all: readonly PublicName[], max: number): Choice {
  const names = namesOfItsOwn(writing, surface, all)
  const [main] = surface.paths
  const first = distinct(names.filter(({ path }) => path === main))
  // A path with hardly any names only leads to the others.
  const isWide = first.filter(({ component }) => component !== null).length < 3 || names[0]?.path !== main
  const candidates = isWide ? distinct(names) : first
  const readme = calledInReadme(writing)
  const isCalled = ({ id }: Component): boolean => readme.has(id) || isInExamples(writing, id)
  // A comment on one of several macros of C is often on all, and few of them are for users.
  const hasMore = candidates.some(({ component }) => component !== null && component.kind !== 'macro')
  const isAside = ({ component }: PublicName): boolean =>
    hasMore && component?.kind === 'macro' && !component.file.endsWith('.rs') && !isCalled(component)
  const about = packageOf(writing, surface)
  // The function of a console script: `orbit.cli:main`.
  const programs = new Set(['main', ...(about?.programs ?? []).map(({ runs }) => runs.split(':')[1] ?? '')])
  const meant = new Set<Component>()
  const told = candidates.slice(0, MAX_READ).filter((one) => {
    if (isOption(writing, one) || isOperator(one) || isHelper(one) || isAside(one) || isUnwritten(one)) return false
    if (one.path.language === 'ruby' && !isReachable(writing, surface, one)) return false
    if (programs.has(one.name)) return false
    if (rowWords(writing, about, one).length === 0) return false
    const { component } = one
    const subject = component && meantBy(writing, component)
    if (subject === null) return true
    // Of several names for one thing, the most used one has a row.
    const isNew = !meant.has(subject)
    meant.add(subject)
    return isNew
  })
  return { candidates, shown: imported(told).slice(0, max) }
}

/** Languages with a line for each path from which names are imported. */
const BY_PATH = new Set(['javascript', 'jsx', 'python', 'rust', 'tsx', 'typescript'])

/** The names of the paths for which there are import lines. */
function imported(names: readonly PublicName[]): PublicName[] {
  const paths = new Set([...new Set(names.map(({ path }) => path))].slice(0, MAX_LINES))
  return names.filter(({ path }) => !BY_PATH.has(path.language) || paths.has(path))
}

/** A type of a function that is there itself, or of switches: nobody writes it. */
const isUnwritten = ({ component, name }: PublicName): boolean =>
  (component?.kind === 'type' || component?.kind === 'interface') && /[a-z](?:Method|FeatureFlags)$/.test(name)

const loaded = new WeakMap<Surface, ReadonlySet<string>>()
const LOADS_BY_ITSELF = /\bautoload\b|\bZeitwerk\b|\bDir(?:\.glob|\[)/

/** Whether the file that `require 'orbit'` loads leads to the definition, and whether it is not a method without its class. */
function isReachable(writing: Writing, surface: Surface, { component }: PublicName): boolean {
  if (component === null) return true
  const { repo } = writing
  if (FUNCTIONS.test(component.kind) && component.parent === null && !calledInCode(writing).has(component.id))
    return false
  let files = loaded.get(surface)
  if (files === undefined) {
    const folder = surface.folder === '' ? '' : `${surface.folder}/`
    const main = `${folder}lib/${surface.package.replaceAll('-', '/')}.rb`
    const edges = writing.analysis.edges.filter(({ kind }) => kind === 'imports')
    const found = new Set([`${folder}lib/${surface.package}.rb`, main].filter((path) => repo.files.has(path)))
    for (const file of found) for (const { from, to } of edges) if (from === file) found.add(to)
    const isOpen = [...found].some((file) => LOADS_BY_ITSELF.test(repo.files.get(file)?.text ?? ''))
    files = isOpen ? new Set() : found
    loaded.set(surface, files)
  }
  return files.size < 2 || files.has(component.file)
}

const FUNCTIONS = /^(?:function|method)$/

/** An overloaded operator: `operator+`, in Swift `<=`. */
const isOperator = ({ component }: PublicName): boolean =>
  /^(?:operator\b|[^\p{L}\p{N}_$]+$)/u.test(component?.name ?? '')

/** Whether a name is from a package or module for tests. */
const isHelper = ({ path, isInner }: PublicName): boolean => isInner === true && FOR_TESTS.test(path.path)

const isOption = ({ repo }: Writing, { component }: PublicName): boolean =>
  component !== null && compileDefault(repo, component) !== undefined

/**
 * Keeps the first of several paths to a definition, and of several names the one in its title. Macros of C are identified by name.
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
