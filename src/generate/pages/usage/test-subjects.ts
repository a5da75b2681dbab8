/** What a file of tests is about: programs that it starts, what it is named after and uses, else what it imports, calls and makes; a type that it only mentions is not. */

import { compareText } from '#generate/model.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import { isConfident, isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { startedBy } from './started-programs.ts'

/** What is called less than this share as often as the first is no subject. */
const MIN_SHARE = 0.5
const MAX_SUBJECTS = 3
/** Languages in which a file names each file that it uses. */
const BY_FILE = new Set(['javascript', 'jsx', 'typescript', 'tsx', 'vue', 'svelte'])
/** Around the name of what a file of tests is about. */
const AFFIX = /^[Tt]ests?[_.-]?(?=.)|[_.-](?:tests?|specs?|cy|it)$|(?:Tests?|Spec|IT)$/g
/** Says nothing without its folder. */
export const ENTRY = /^(?:__init__|__main__|index|lib|main|mod)\.\w+$/

/** `FooTest.java`, `test_foo.py` and `foo.spec.ts` are about `foo`. */
export const subjectOf = (path: string): string => wordOf(bare(nameOf(path)).replace(AFFIX, ''))
/** What a file is called after; `__main__.py` runs `main.py` and is not it. */
export const wordOf = (name: string): string => (/^__main__(?:\.|$)/.test(name) ? '__main__' : plain(bare(name)))
export const bare = (name: string): string => name.replace(/\.\w+$/, '')
export const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

interface Facts {
  /** Files of the main code by their names and by those of the types in them. */
  named: ReadonlyMap<string, ReadonlySet<string>>
  /** Those whose names say nothing without their folders: `main.py`. */
  entries: ReadonlyMap<string, ReadonlySet<string>>
  /** How often each file calls or makes what stands in another. */
  calls: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Files with definitions that a file of tests imports, in languages of which each file imports others. */
  imports: ReadonlyMap<string, ReadonlySet<string>>
  /** The main code has one file with definitions. */
  isSingle: boolean
}

const known = new WeakMap<RepoIndex, Facts>()

/**
 * Files of the main code that a file of tests is about, the first first; none where neither its name nor its calls tell, or where there
 * is only one file that tests could be about.
 */
export function testSubjects(writing: Writing, path: string): string[] {
  // What it starts it is about, whatever it also imports.
  const started = startedBy(writing.repo, path)
  if (factsOf(writing).isSingle) return started.slice(0, MAX_SUBJECTS)
  return [...new Set([...started, ...usedSubjects(writing, path)])].slice(0, MAX_SUBJECTS)
}

/** Whether a file of tests uses nothing of the main code but these files: what it imports where it names files, else what it calls. */
export function testsOnly(writing: Writing, path: string, subjects: readonly string[]): boolean {
  const { calls, imports } = factsOf(writing)
  return [...(imports.get(path) ?? calls.get(path)?.keys() ?? [])].every((one) => subjects.includes(one))
}

function usedSubjects(writing: Writing, path: string): string[] {
  const { named, entries, calls, imports } = factsOf(writing)
  const subject = subjectOf(path)
  const used = calls.get(path) ?? new Map<string, number>()
  const imported = imports.get(path) ?? new Set<string>()
  const isByFile = BY_FILE.has(writing.repo.files.get(path)?.language ?? '')
  // What is only looked at, by way of another file, is not what the test is about.
  const isUsed = (one: string): boolean =>
    used.has(one) ||
    imported.has(one) ||
    (writing.repo.links.get(path)?.has(one) === true && !(isByFile && used.size > 0))
  const own = [...(named.get(subject) ?? []), ...[...(entries.get(subject) ?? [])].filter(isUsed)]
  const linked = own.filter(isUsed)
  // Of what a file uses nothing of it is no test, but for one of which no use is known.
  const byName = linked.length > 0 || usesMain(writing.repo, path, used) ? linked : own
  if (byName.length > 0 && byName.length <= MAX_SUBJECTS)
    return byName.sort((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0) || compareText(a, b))
  const isImported = [...used.keys()].some((one) => imported.has(one))
  if (!isImported && imported.size > 0 && imported.size <= MAX_SUBJECTS) return [...imported].sort(compareText)
  const rows = [...used]
    .filter(([one]) => !isImported || imported.has(one))
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
  const least = MIN_SHARE * (rows[0]?.[1] ?? 0)
  const most = rows.filter(([, count]) => count >= least).map(([one]) => one)
  // What uses many things alike is about none of them.
  return most.length <= MAX_SUBJECTS ? most : []
}

function usesMain(repo: RepoIndex, path: string, used: ReadonlyMap<string, number>): boolean {
  return used.size > 0 || [...(repo.links.get(path)?.keys() ?? [])].some((to) => isMain(to, repo))
}

/** Whether the main code is one file: what else there is uses it. */
export const isSingleSource = (writing: Writing): boolean => factsOf(writing).isSingle

function factsOf(writing: Writing): Facts {
  const { repo } = writing
  const found = known.get(repo)
  if (found !== undefined) return found
  const sources = [...repo.leaves.keys()].filter((one) => isMain(one, repo) && repo.tops.has(one))
  const facts = {
    ...namesIn(repo),
    calls: callsIn(writing),
    imports: importsIn(writing),
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
    if (isMain(path, repo)) put(wordOf(nameOf(path)), path, ENTRY.test(nameOf(path)) ? entries : named)
  // A type in a file of another name; the file of the same name comes before it.
  const types = [...repo.components.values()].filter(
    ({ kind, file }) => (kind === 'class' || kind === 'struct') && isMain(file, repo),
  )
  const ofFiles = new Set(named.keys())
  for (const { name, file } of types) if (!ofFiles.has(plain(name))) put(plain(name), file)
  return { named, entries }
}

function callsIn({ analysis, repo }: Writing): Map<string, Map<string, number>> {
  const calls = new Map<string, Map<string, number>>()
  const made = makersOf(repo)
  for (const edge of analysis.edges) {
    if ((edge.kind !== 'calls' && edge.kind !== 'instantiates') || !isConfident(edge)) continue
    const from = repo.components.get(edge.from)?.file ?? edge.from
    if (repo.files.get(from)?.role !== 'test') continue
    const target = repo.components.get(edge.to)
    if (target === undefined || !isMain(target.file, repo) || isError(repo, target)) continue
    const count = Math.max(1, repo.occurrences.usesOf(edge.from, edge.to).length)
    const row = calls.get(from) ?? new Map<string, number>()
    calls.set(from, row)
    for (const file of new Set([target.file, ...made(target.id)])) row.set(file, (row.get(file) ?? 0) + count)
  }
  return calls
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

/** Where the function stands that makes a constant: `const ofetch = createFetch()`. */
function makersOf(repo: RepoIndex): (id: string) => string[] {
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
