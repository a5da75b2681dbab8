/**
 * Finds the tests that are about a definition: those whose function, class or title names it. A test that only uses it is about
 * something else.
 */

import { endOfQuote } from '#base/end-of-quote.ts'
import { hasText } from '#base/find-text.ts'
import { type Component, compareText } from '#generate/model.ts'
import { codeLines, indentOf, wordAt } from '#generate/pages/code-lines.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { expectsFailure } from './failing-tests.ts'
import type { Told } from './telling-lines.ts'
import { isTestOf } from './test-files.ts'
import { isSingleSource, testSubjects } from './test-subjects.ts'
import { referrersOf } from './tests-and-examples.ts'
import { usesOf } from './use-lines.ts'

/** A test that is about a definition. */
export interface NamedTest {
  readonly name: string
  readonly path: string
  readonly startLine: number
  /** The same as `startLine` if only the title of the test is known. */
  readonly endLine: number
  /** The lines in it that use the definition. */
  readonly lines: Told[]
}

/** The name of a definition, its words, and those of the type around it. */
interface Names {
  readonly name: string
  readonly own: readonly string[]
  readonly owner: readonly string[]
  readonly isType: boolean
  /** The names of the members of a type. */
  readonly members: ReadonlySet<string>
}

/** Matches the line on which a test or a group of tests with a title starts. */
const TITLED = /^\s{0,40}(?:@test|RSpec\.describe|context|describe|it|scenario|should|specify|t\.Run|test)\b/
/** `describe Clock do` */
const OF_CONSTANT = /^\s{0,40}(?:RSpec\.)?(?:context|describe)\s([A-Z][\w:]{0,100})\s?(?:do|,|$)/
/** `TEST_F(ClockTest, Now) {` */
const MACRO = /^\s{0,40}TEST\w{0,20}\(\s?(\w{1,100}),\s?(\w{1,100})\)/
const MAX_LINE = 300
const MAX_LINES = 20_000
const MAX_GROUP = 1_000
/** Limit on the lines of a file that are searched for tests around them. */
const MAX_USES = 200
/** Matches annotations of test functions. */
const MARKED =
  /@\w{0,20}Test\b|\[(?:Fact|Theory|TestMethod|Test(?:Case)?)\b|#\[(?:\w{1,40}\W{1,2}){0,3}(?:rs)?[Tt]est\b/
/** Words in the names of tests that check no results. */
const UNCHECKED = /^(?:bench(?:mark)?s?|concurren(?:t|cy|tly)|fuzz(?:ing)?|parallel|races?|stress)$/
/** Matches what checks a result, whatever the library. */
const CHECKS =
  /assert|check|compare|equal|expect|\bfail|fatal|\b(?:is|ok|not|same|t|throws)\(|\bt\.\w|must|panic|raise|require|should|snapshot|throws|verif|[=!]=/i
const MAX_TEST = 400
/** Words in the names of tests that say that they are tests. */
const AFFIX = new Set(['test', 'tests', 'spec', 'specs', 'suite', 'case', 'it', 'should'])
/** Shorter names are parts of too many others. */
const MIN_NAME = 3

/** The best first: those with nothing but the name. */
export function testsAbout(writing: Writing, component: Component): NamedTest[] {
  const { repo } = writing
  const own = wordsOf(component.name)
  if (comparableName(component.name).length < MIN_NAME) return []
  const owner = wordsOf(repo.components.get(component.parent ?? '')?.name ?? '')
  const members = new Set((repo.members.get(component.id) ?? []).map(({ name }) => name))
  const names = { own, owner, members, name: component.name, isType: TYPES.has(component.kind) }
  const uses = usesOf(writing, component)
  const found = new Map<string, NamedTest & { rank: number; isGroup: boolean }>()
  for (const { path, users } of referrersOf(writing, component).tests) {
    // Tests of many things use a type with a plain name.
    const isHome =
      isTestOf(path, component) || (!(names.isType && own.length === 1) && isSubject(writing, path, component.file))
    for (const user of users) {
      const lines = uses.lines(user).slice(0, MAX_USES)
      for (const one of lines.length === 0 ? [undefined] : lines)
        for (const test of testsAround(repo, user, path, one?.line)) {
          const rank = rankOf(names, test, isHome || test.within.some((name) => holds(wordsOf(name), owner)))
          if (rank === undefined || (rank > 0 && namesBetter(repo, user, names, test))) continue
          const key = `${path} ${test.startLine}`
          const known = found.get(key) ?? { ...test, path, lines: [], rank: rank + (isHome ? 0 : 0.5) }
          if (one !== undefined) known.lines.push({ ...one, user })
          found.set(key, known)
          break
        }
    }
  }
  const all = [...found.values()]
  // Its own class of tests says all.
  const groups = all.filter((one) => one.isGroup && names.isType)
  // A test of one of its parts says little of a type.
  return (groups.length > 0 ? groups : all.filter(({ rank }) => !names.isType || rank < 1))
    .filter((one) => one.isGroup || one.name.startsWith('Example') || checksIn(repo, one))
    .filter((one) => one.isGroup || !expectsFailure(repo, one.name, one.path, one.startLine))
    .sort((a, b) => a.rank - b.rank || compareText(a.path, b.path) || a.startLine - b.startLine)
}

/** Whether a test has a line that checks something; one of which only the first line is known, up to the end of its block. */
function checksIn(repo: RepoIndex, { path, startLine, endLine }: NamedTest): boolean {
  const [head = '', ...rest] = codeLines(repo, path, startLine, Math.max(endLine, startLine + MAX_TEST))
  const end = rest.findIndex((line) => line.trim() !== '' && indentOf(line) <= indentOf(head))
  const body = rest.slice(0, endLine > startLine ? endLine - startLine : end < 0 ? rest.length : end)
  const start = head.slice(0, MAX_LINE).search(/["'`]/)
  const title = start < 0 ? -1 : endOfQuote(head, start)
  return [head.slice(title + 1), ...body].some((line) => CHECKS.test(line.slice(0, MAX_LINE)))
}

interface Around {
  readonly name: string
  readonly startLine: number
  readonly endLine: number
  /** Whether it groups tests. */
  readonly isGroup: boolean
}

interface Nested extends Around {
  /** Its name, after those of the groups around it. */
  readonly within: readonly string[]
}

/** The tests and groups of tests around a use, outermost first. */
function testsAround(repo: RepoIndex, user: string, path: string, line: number | undefined): Nested[] {
  const around: Around[] = []
  for (let at = repo.components.get(user); at !== undefined; at = repo.components.get(at.parent ?? '')) {
    const isGroup = TYPES.has(at.kind)
    // A class without such a word is a stand-in, a very long one has the tests of everything.
    const isTest = isGroup
      ? at.endLine - at.startLine < MAX_GROUP && wordsOf(at.name).some((word) => AFFIX.has(word))
      : isTestFunction(repo, at)
    if (at.file === path && isTest) around.unshift({ ...at, isGroup })
  }
  const all = line === undefined ? around : [...around, ...titlesAt(repo, path, line)]
  return all.map((one, at) => ({ ...one, within: all.slice(0, at + 1).map(({ name }) => name) }))
}

/**
 * How many words a test names besides the definition; `undefined` if it is not about it.
 *
 * @param isHome - Whether its file tests the file of the definition, or it names the owner. Elsewhere a single word means something else: `testDebug`.
 */
function rankOf({ name, own, owner }: Names, test: Around, isHome: boolean): number | undefined {
  const words = wordsOf(test.name)
  if ((own.length === 1 && !isHome && !test.isGroup) || words.some((word) => UNCHECKED.test(word))) return undefined
  // What a sentence says elsewhere is about something that gives or takes it.
  if (/\s/.test(test.name.trim()))
    return !test.isGroup && isHome && titleNames(test.name, name) ? words.length : undefined
  const rest = withoutAffixes(words)
  const bare = holds(rest.slice(0, owner.length), owner) && rest.length > owner.length ? rest.slice(owner.length) : rest
  if ([rest, bare].some((one) => one.length === own.length && holds(one, own))) return 0
  if (test.isGroup) return undefined
  // Further words behind a single one, or before several, mean another thing: `test_command_class`.
  return own.length > 1 && holds(bare.slice(0, own.length), own) ? bare.length - own.length : undefined
}

const homes = new WeakMap<RepoIndex, Map<string, readonly string[]>>()

function isSubject(writing: Writing, path: string, file: string): boolean {
  if (isSingleSource(writing)) return true
  const byPath = homes.get(writing.repo) ?? new Map<string, readonly string[]>()
  homes.set(writing.repo, byPath)
  const subjects = byPath.get(path) ?? testSubjects(writing, path)
  byPath.set(path, subjects)
  return subjects.includes(file)
}

/** Whether a sentence begins with the name of a definition, alone or behind that of the type around it. */
function titleNames(title: string, name: string): boolean {
  const at = wordAt(title, name)
  if (at < 0 || /\s/.test(title.slice(0, at))) return false
  // `context mismatch` may be about any context.
  return at > 0 || wordsOf(name).length > 1 || /^(?:[^\p{L}\s]|\s[^\p{L}])/u.test(title.slice(name.length))
}

/** Whether a function is a test by its name or the annotations above it. */
function isTestFunction(repo: RepoIndex, { name, file, startLine, decorators = [] }: Component): boolean {
  if (/^(?:tests?|it|should)(?![a-z])|^(?:Test|Example)(?![a-z])/.test(name)) return true
  return [...decorators, ...codeLines(repo, file, startLine - 2, startLine)].some((one) =>
    MARKED.test(one.slice(0, MAX_LINE)),
  )
}

interface UsedName {
  readonly name: string
  readonly words: readonly string[]
}

const usedNames = new WeakMap<RepoIndex, Map<string, UsedName[]>>()

/** Whether a test that names a definition is rather about another one: `test_run_all`, or a member of the type. */
function namesBetter(repo: RepoIndex, user: string, { own, members }: Names, test: Around): boolean {
  const words = wordsOf(test.name)
  return usedBy(repo, user).some(
    (one) => (one.words.length > own.length || members.has(one.name)) && holds(words, one.words),
  )
}

function usedBy(repo: RepoIndex, user: string): UsedName[] {
  const byUser = usedNames.get(repo) ?? new Map<string, UsedName[]>()
  usedNames.set(repo, byUser)
  const known = byUser.get(user)
  if (known !== undefined) return known
  const names = new Set(repo.occurrences.usesIn(user).map(({ to }) => repo.components.get(to)?.name ?? ''))
  const used = [...names].map((name) => ({ name, words: wordsOf(name) }))
  byUser.set(user, used)
  return used
}

/** The words of a name in lower case: `runAll`, `run_all` and `RunAll` are equal. */
const wordsOf = (name: string): string[] =>
  name
    .slice(0, MAX_LINE)
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())

function withoutAffixes(words: readonly string[]): string[] {
  const from = words.findIndex((word) => !AFFIX.has(word))
  const to = words.findLastIndex((word) => !AFFIX.has(word))
  return words.slice(Math.max(0, from), to + 1)
}

/** Whether words contain others one after another. */
const holds = (words: readonly string[], others: readonly string[]): boolean =>
  others.length > 0 && hasText(` ${words.join(' ')} `, ` ${others.join(' ')} `)

const known = new WeakMap<RepoIndex, Map<string, Int32Array>>()

/** The titles of tests around a line, by indentation, outermost first. */
function titlesAt(repo: RepoIndex, path: string, line: number): Around[] {
  const parents = parentsOf(repo, path)
  const titles: Around[] = []
  for (let at = line; at > 0; at = parents[at] ?? 0) {
    const [text = ''] = codeLines(repo, path, at, at)
    const name = titleIn(text.slice(0, MAX_LINE))
    const isGroup = /^\s{0,40}(?:RSpec\.)?(?:describe|context)\b/.test(text)
    if (name !== undefined) titles.unshift({ name, startLine: at, endLine: at, isGroup })
  }
  return titles
}

function titleIn(text: string): string | undefined {
  const [, suite, test] = MACRO.exec(text) ?? []
  if (suite !== undefined && test !== undefined) return `${suite}.${test}`
  if (!TITLED.test(text)) return undefined
  const start = text.search(/["'`]/)
  const end = start < 0 ? -1 : endOfQuote(text, start)
  return OF_CONSTANT.exec(text)?.[1] ?? (end < 0 ? undefined : text.slice(start + 1, end))
}

/** For each line of a file, the last one above it with less indentation; 0 if there is none. */
function parentsOf(repo: RepoIndex, path: string): Int32Array {
  const files = known.get(repo) ?? new Map<string, Int32Array>()
  known.set(repo, files)
  const found = files.get(path)
  if (found !== undefined) return found
  const lines = codeLines(repo, path, 1, MAX_LINES)
  const parents = new Int32Array(lines.length + 1)
  const open: { line: number; indent: number }[] = []
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '') continue
    const indent = indentOf(text)
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop()
    parents[index + 1] = open.at(-1)?.line ?? 0
    open.push({ line: index + 1, indent })
  }
  files.set(path, parents)
  return parents
}
