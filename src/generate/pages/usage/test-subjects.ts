/**
 * Finds the subjects of a test file: files that it is named after and uses, otherwise files that it imports, calls or creates
 * objects of.
 */

import { compareText } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import { isConfident, isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS_AND_COMPONENTS } from '#generate/pages/script-languages.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

/** Minimum number of calls of a subject, relative to the first one. */
const MIN_SHARE = 0.5
const MAX_SUBJECTS = 3
/** Languages in which a file imports each file that it uses. */
const BY_FILE = SCRIPTS_AND_COMPONENTS
/** Matches the affixes of test file names. */
const AFFIX =
  /^(?:[Tt]ests?(?:[_.-]|(?=[A-Z]))|spec_)(?=.)|[_.-](?:tests?|specs?|cy|it)$|(?:Tests?|Spec|(?<=[a-z0-9])IT)$/g
/** Matches file names that mean nothing without their folders. */
const ENTRY = /^(?:__init__|__main__|index|lib|main|mod)\.\w+$/
/** Longer entry files do not count as barrels. */
const MAX_BARREL_LINES = 60
/** Limit on the files through which a test helper reaches what is tested. */
const MAX_REACHED = 2_000

/** `FooTest.java`, `test_foo.py`, `spec_foo.rb` and `foo.spec.ts` test `foo`. */
export const subjectOf = (path: string): string => comparableFileName(withoutExtension(nameOf(path)).replace(AFFIX, ''))
/** The word in the name of a file; `__main__.py` differs from `main.py`. */
export const comparableFileName = (name: string): string =>
  /^__main__(?:\.|$)/.test(name) ? '__main__' : comparableName(withoutExtension(name))
export const withoutExtension = (name: string): string => name.replace(/\.\w+$/, '')

interface Facts {
  /** Files of the main code, keyed by their names and those of their types. */
  named: ReadonlyMap<string, ReadonlySet<string>>
  /** Files such as `main.py`, keyed by the names of their folders. */
  entries: ReadonlyMap<string, ReadonlySet<string>>
  /** Number of calls and instantiations from each file to another. */
  calls: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Number of calls of functions in other test files that use the main code, by test file and by that file. */
  helpers: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Files with definitions that each test file imports, for the languages in `BY_FILE`. */
  imports: ReadonlyMap<string, ReadonlySet<string>>
  /** Short entry files and the files that they re-export. A test that imports a barrel may test any of them. */
  barrels: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether the main code has a single file with definitions. */
  isSingle: boolean
}

const known = new WeakMap<RepoIndex, Facts>()

/**
 * The tested files of the main code, most important first; empty if neither the name nor the calls of the test show them, or
 * if there is only one file to test.
 */
export function testSubjects(writing: Writing, path: string): string[] {
  return factsOf(writing).isSingle ? [] : usedSubjects(writing, path).slice(0, MAX_SUBJECTS)
}

/** Whether a test file uses only these files of the main code, by its imports or its calls. */
export function testsOnly(writing: Writing, path: string, subjects: readonly string[]): boolean {
  const { calls, imports, barrels } = factsOf(writing)
  const used = [...(imports.get(path) ?? calls.get(path)?.keys() ?? [])]
  return used.every((one) => subjects.includes(one) || barrels.has(one))
}

function usedSubjects(writing: Writing, path: string): string[] {
  const { named, entries, calls, helpers, imports, barrels } = factsOf(writing)
  const subject = subjectOf(path)
  const used = calls.get(path) ?? new Map<string, number>()
  const helping = helpers.get(path) ?? new Map<string, number>()
  const direct = [...(imports.get(path) ?? [])]
  const imported = new Set(direct.flatMap((one) => [one, ...(barrels.get(one) ?? [])]))
  const isByFile = BY_FILE.has(writing.repo.files.get(path)?.language ?? '')
  // A file that is reached only through another file is not a subject.
  const isUsed = (one: string): boolean =>
    used.has(one) ||
    imported.has(one) ||
    (writing.repo.links.get(path)?.has(one) === true && !(isByFile && used.size > 0))
  const own = [...(named.get(subject) ?? []), ...[...(entries.get(subject) ?? [])].filter(isUsed)]
  const linked = own.filter(isUsed)
  // A test that does not use its namesake does not test it, unless no uses are known at all.
  const byName = linked.length > 0 || usesMain(writing.repo, path, used) ? linked : own
  if (byName.length > 0 && byName.length <= MAX_SUBJECTS)
    return byName.sort((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0) || compareText(a, b))
  // What it mainly calls through helpers is tested; what it calls itself may only be used to check the results.
  if (sum(helping) > sum(used)) {
    const [namesake] = own
    return namesake !== undefined && own.length === 1 && reaches(writing.repo, [...helping.keys()], namesake) ? own : []
  }
  const isImported = [...used.keys()].some((one) => imported.has(one))
  const plain = direct.filter((one) => !barrels.has(one))
  if (!isImported && plain.length > 0 && plain.length <= MAX_SUBJECTS) return plain.sort(compareText)
  const rows = [...used]
    .filter(([one]) => !isImported || imported.has(one))
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
  const least = MIN_SHARE * (rows[0]?.[1] ?? 0)
  const subjects = rows.filter(([, count]) => count >= least)
  // A test that uses many files equally, or mostly others, has no subject.
  const isMost = 2 * sum(new Map(subjects)) > sum(used)
  return subjects.length <= MAX_SUBJECTS && isMost ? subjects.map(([one]) => one) : []
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, one) => all + one, 0)

/** Whether files use another file, also by way of others. */
function reaches({ links }: RepoIndex, from: readonly string[], to: string): boolean {
  const reached = new Set(from)
  for (const path of reached) {
    if (path === to) return true
    for (const next of links.get(path)?.keys() ?? []) if (reached.size < MAX_REACHED) reached.add(next)
  }
  return false
}

function usesMain(repo: RepoIndex, path: string, used: ReadonlyMap<string, number>): boolean {
  return used.size > 0 || [...(repo.links.get(path)?.keys() ?? [])].some((to) => isMain(to, repo))
}

/** Whether the main code is a single file. */
export const isSingleSource = (writing: Writing): boolean => factsOf(writing).isSingle

function factsOf(writing: Writing): Facts {
  const { repo } = writing
  const found = known.get(repo)
  if (found !== undefined) return found
  const sources = [...repo.leaves.keys()].filter((one) => isMain(one, repo) && repo.tops.has(one))
  const facts = {
    ...namesIn(repo),
    ...callsIn(writing),
    imports: importsIn(writing),
    barrels: barrelsIn(writing),
    isSingle: sources.length === 1,
  }
  known.set(repo, facts)
  return facts
}

function namesIn(repo: RepoIndex): Pick<Facts, 'named' | 'entries'> {
  const named = new Map<string, Set<string>>()
  const entries = new Map<string, Set<string>>()
  const put = (name: string, path: string, into = named): void => {
    if (name !== '') into.set(name, (into.get(name) ?? new Set<string>()).add(path))
  }
  for (const path of repo.leaves.keys())
    if (isMain(path, repo)) put(comparableFileName(nameOf(path)), path, ENTRY.test(nameOf(path)) ? entries : named)
  // Types count as well; a file of the same name takes precedence.
  const types = [...repo.components.values()].filter(
    ({ kind, file }) => (kind === 'class' || kind === 'struct') && isMain(file, repo),
  )
  const ofFiles = new Set(named.keys())
  for (const { name, file } of types) if (!ofFiles.has(comparableName(name))) put(comparableName(name), file)
  return { named, entries }
}

function callsIn({ analysis, repo }: Writing): Pick<Facts, 'calls' | 'helpers'> {
  const calls = new Map<string, Map<string, number>>()
  const helpers = new Map<string, Map<string, number>>()
  const add = (into: Map<string, Map<string, number>>, from: string, file: string, count: number): void => {
    const row = into.get(from) ?? new Map<string, number>()
    into.set(from, row)
    row.set(file, (row.get(file) ?? 0) + count)
  }
  const isHelper = (path: string): boolean =>
    repo.files.get(path)?.role === 'test' && [...(repo.links.get(path)?.keys() ?? [])].some((one) => isMain(one, repo))
  const creatorsOf = creatorFiles(repo)
  for (const edge of analysis.edges) {
    if ((edge.kind !== 'calls' && edge.kind !== 'instantiates') || !isConfident(edge)) continue
    const from = repo.components.get(edge.from)?.file ?? edge.from
    if (repo.files.get(from)?.role !== 'test') continue
    const target = repo.components.get(edge.to)
    if (target === undefined) continue
    const count = Math.max(1, repo.occurrences.usesOf(edge.from, edge.to).length)
    if (target.file !== from && isHelper(target.file)) add(helpers, from, target.file, count)
    if (!isMain(target.file, repo) || isError(repo, target)) continue
    for (const file of new Set([target.file, ...creatorsOf(target.id)])) add(calls, from, file, count)
  }
  return { calls, helpers }
}

function importsIn({ analysis, repo }: Writing): Map<string, Set<string>> {
  const imports = new Map<string, Set<string>>()
  for (const { kind, from, to } of analysis.edges) {
    if (kind !== 'imports' || !isMain(to, repo) || !repo.tops.has(to)) continue
    const { role, language } = repo.files.get(from) ?? {}
    if (role === 'test' && BY_FILE.has(language ?? ''))
      imports.set(from, (imports.get(from) ?? new Set<string>()).add(to))
  }
  return imports
}

function barrelsIn({ analysis, repo }: Writing): Map<string, Set<string>> {
  const barrels = new Map<string, Set<string>>()
  for (const { kind, from, to } of analysis.edges) {
    if (kind !== 'imports' || !isMain(from, repo) || !isMain(to, repo) || !repo.tops.has(to)) continue
    const { language, lines = 0 } = repo.files.get(from) ?? {}
    if (ENTRY.test(nameOf(from)) && BY_FILE.has(language ?? '') && lines <= MAX_BARREL_LINES)
      barrels.set(from, (barrels.get(from) ?? new Set<string>()).add(to))
  }
  return barrels
}

/** Returns the files of the functions that create a constant: `const ofetch = createFetch()`. */
function creatorFiles(repo: RepoIndex): (id: string) => string[] {
  return (id) => {
    const constant = repo.components.get(id)
    if (constant?.kind !== 'constant') return []
    return [constant.id, constant.file]
      .flatMap((from) => repo.occurrences.usesIn(from))
      .filter(({ kind, line }) => kind === 'calls' && line >= constant.startLine && line <= constant.endLine)
      .flatMap(({ to }) => repo.components.get(to)?.file ?? [])
      .filter((path) => isMain(path, repo))
  }
}
