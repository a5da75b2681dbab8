/**
 * Finds the tests that are about a definition: those whose function or class names it. A test that only uses it is about
 * something else.
 */

import { hasText } from '#base/find-text.ts'
import { memoizedByText } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { type Component, compareText } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { parentOf, TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { sharedFolders } from '#generate/paths.ts'
import { googleTest, isTestFunction, isTestOf } from './test-files.ts'
import { isSingleSource, testSubjects } from './test-subjects.ts'
import { referrersOf } from './tests-and-examples.ts'

/** A test that is about a definition. */
export interface NamedTest {
  readonly test: Component
  /** How many words it names besides the definition, half a one more in a file that is about something else; negative for the kind of the definition. */
  readonly rank: number
}

/** The name of a definition, its words, and those of the type around it. */
interface Names {
  readonly own: readonly string[]
  readonly owner: readonly string[]
  readonly isType: boolean
  readonly isError: boolean
  /** The names of the members of a type. */
  readonly members: ReadonlySet<string>
}

const MAX_NAME = 300
/** Maximum number of lines of a class with the tests of a function or method: longer ones test everything. */
const MAX_OF_FUNCTION = 100
/** Limit on the tests in files that are about other things. */
const MAX_ELSEWHERE = 3
/** Matches what turns a test off: `@Disabled`, `[Ignore("…")]`, `#[ignore]`, `@pytest.mark.skip`. */
const TURNED_OFF = /^(?:@|#?\[)\s*(?:[\w.]+\.)?(?:Disabled|[Ii]gnored?|skip)\b/
/** Words in the names of tests that check no results. */
const UNCHECKED = /^(?:bench(?:mark)?s?|concurren(?:t|cy|tly)|fuzz(?:ing)?|parallel|races?|stress)$/
/** Words in the names of tests for failures, which show how not to use something. */
const FAILING =
  /^(?:errors?|exceptions?|fail\w*|illegal|invalid|malformed|not?|panics?|raises?|rejects?|throws?|unknown|wrong)$/
/** Words in the names of tests that say that they are tests. */
const AFFIX = new Set(['test', 'tests', 'spec', 'specs', 'suite', 'case', 'it', 'should'])
/** Words by which the tests of a type differ from those of a page or a command of its name: `PingModelTest` beside `PingTest`. */
const KIND = new Set(['class', 'entity', 'enum', 'model', 'struct', 'type'])
const OF_KIND = -1
/** Shorter names are parts of too many others. */
const MIN_NAME = 3

/** The best first: those with nothing but the name. */
export function testsAbout(writing: Writing, component: Component): NamedTest[] {
  const { repo } = writing
  const own = wordsOf(component.name)
  if (comparableName(component.name).length < MIN_NAME) return []
  const owner = wordsOf(parentOf(component, repo.components)?.name ?? '')
  const members = new Set((repo.members.get(component.id) ?? []).map(({ name }) => name))
  const names = { own, owner, members, isType: TYPES.has(component.kind), isError: isError(repo, component) }
  const found = new Map<string, NamedTest>()
  // A test of one function may call what it is named after by way of a helper, of which nothing says which overload it calls.
  const isSingle = component.kind === 'function' && component.label === undefined && own.length > 1
  for (const { path, users } of referrersOf(writing, component).tests) {
    // Tests of many things use a type with a plain name.
    const isHome =
      isTestOf(path, component) || (!(names.isType && own.length === 1) && isSubject(writing, path, component.file))
    // What makes an error itself does not test what raises it.
    const callers = names.isError ? users.filter((user) => !makes(repo, user, component)) : users
    const namesakes = isHome && isSingle ? testsNamed(repo, path).get(own.join(' ')) : undefined
    for (const test of namesakes ?? []) if (!isOff(repo, test)) found.set(test.id, { test, rank: 0 })
    for (const user of callers)
      for (let test = repo.components.get(user); test?.file === path; test = parentOf(test, repo.components)) {
        if (!isTest(repo, test, names.isType) || isOff(repo, test)) continue
        const isNear = isHome || holds(wordsOf(test.qualifiedName), owner)
        const rank = rankOf(names, test, isNear)
        // In a file about something else, further words mean a special case.
        if (rank === undefined || (rank > 0 && (!isNear || namesBetter(repo, user, names, test)))) continue
        if (names.isType && !TYPES.has(test.kind) && usesNamesake(repo, user, own)) continue
        const shown = enclosing(repo, test, user)
        if (shown !== undefined) found.set(shown.id, { test: shown, rank: rank + (isNear ? 0 : 0.5) })
      }
  }
  const all = [...found.values()]
  // Its own class of tests says all, and a test of one of its parts little.
  const ofType = all.filter(({ test }) => names.isType && TYPES.has(test.kind))
  const ofKind = ofType.filter(({ rank }) => rank < 0)
  const groups = ofKind.length > 0 ? ofKind : ofType
  // In the package of the definition, if there are several.
  const near = ({ test }: NamedTest): number => sharedFolders(test.file, component.file)
  const sorted = (groups.length > 0 ? groups : all.filter(({ rank }) => !names.isType || rank < 1)).sort(
    (a, b) =>
      a.rank - b.rank ||
      near(b) - near(a) ||
      compareText(a.test.file, b.test.file) ||
      a.test.startLine - b.test.startLine,
  )
  // A single test of a special case is an odd pick, and so are some of many elsewhere.
  const isHome = ({ rank }: NamedTest): boolean => Number.isInteger(rank) || rank < 0
  const isMany = !names.isError && sorted.filter((one) => !isHome(one)).length > MAX_ELSEWHERE
  const shown = isMany ? sorted.filter(isHome) : sorted
  return shown.length === 1 && (shown[0]?.rank ?? 0) >= 1 ? [] : shown
}

/** The class of tests if its lines enclose the user; for one in an extension elsewhere, its own test function. */
function enclosing({ components }: RepoIndex, test: Component, id: string): Component | undefined {
  const user = components.get(id)
  if (user === undefined || (user.startLine >= test.startLine && user.endLine <= test.endLine)) return test
  return isTestFunction(user) ? user : undefined
}

/** Whether a test uses a function with the name of the type, which is what it is named after: `method_filter()`, not `MethodFilter`. */
function usesNamesake(repo: RepoIndex, user: string, own: readonly string[]): boolean {
  const name = own.join(' ')
  return repo.occurrences.usesIn(user).some(({ to }) => {
    const used = repo.components.get(to)
    return (used?.kind === 'function' || used?.kind === 'method') && wordsOf(used.name).join(' ') === name
  })
}

/** The test functions of a file, by the words of their names. */
const testsNamed = memoizedByText((repo: RepoIndex, path: string): ReadonlyMap<string, readonly Component[]> => {
  const named = new Map<string, Component[]>()
  const tops = repo.tops.get(path) ?? []
  for (const test of tops.flatMap((one) => [one, ...(repo.members.get(one.id) ?? [])]))
    if (!TYPES.has(test.kind) && isTest(repo, test, false))
      push(named, withoutAffixes(wordsOf(writtenName(test))).join(' '), test)
  return named
})

/** Whether a test, or an enclosing class, does not run. */
function isOff({ components }: RepoIndex, test: Component): boolean {
  for (let at: Component | undefined = test; at !== undefined; at = parentOf(at, components))
    if (at.decorators?.some((one) => TURNED_OFF.test(one)) === true) return true
  return false
}

/**
 * A class is a stand-in if its name has no word such as `Test`, or has it before others and the class has no tests. Types of Go are rows of
 * tables, and functions beside tests of GoogleTest are helpers.
 */
function isTest(repo: RepoIndex, one: Component, isOfType: boolean): boolean {
  if (TYPES.has(one.kind)) {
    const words = wordsOf(one.name)
    const isNamed =
      AFFIX.has(words.at(-1) ?? '') ||
      (words.some((word) => AFFIX.has(word)) && repo.members.get(one.id)?.some(isTestFunction) === true)
    const isFitting = isOfType || one.endLine - one.startLine < MAX_OF_FUNCTION
    return !one.file.endsWith('.go') && isFitting && isNamed
  }
  const isHelper = (): boolean => repo.tops.get(one.file)?.some(({ name }) => googleTest(name) !== undefined) === true
  return isTestFunction(one) && (googleTest(one.name) !== undefined || !isHelper())
}

/** @param isHome - Whether its file tests the file of the definition, or it names the owner. Elsewhere a single word means something else: `testDebug`. */
function rankOf({ own, owner, isError }: Names, test: Component, isHome: boolean): number | undefined {
  const isGroup = TYPES.has(test.kind)
  const words = wordsOf(googleTest(test.name) ?? writtenName(test))
  if ((own.length === 1 && !isHome && !isGroup) || words.some((word) => UNCHECKED.test(word))) return undefined
  const rest = withoutAffixes(words)
  // Its own class only checks its fields; a test of what raises it has its name anywhere: `test_take_raises_no_plan`.
  if (isError) return !isGroup && holds(rest, own) ? 0 : undefined
  const bare = holds(rest.slice(0, owner.length), owner) && rest.length > owner.length ? rest.slice(owner.length) : rest
  if ([rest, bare].some((one) => one.length === own.length && holds(one, own))) return 0
  if (isGroup && KIND.has(rest.at(-1) ?? '') && rest.length === own.length + 1 && holds(rest, own)) return OF_KIND
  if (isGroup || words.some((word) => FAILING.test(word))) return undefined
  // Further words after a single one, or before several, mean another thing: `test_command_class`.
  return own.length > 1 && holds(bare.slice(0, own.length), own) ? bare.length - own.length : undefined
}

function isSubject(writing: Writing, path: string, file: string): boolean {
  if (isSingleSource(writing)) return true
  return subjectsOf(writing, path).includes(file)
}

const makes = ({ callees }: RepoIndex, user: string, { id }: Component): boolean =>
  callees.get(user)?.get(id) === 'instantiates'

const subjectsOf = memoizedByText(testSubjects)

/** Whether a test that names a definition is rather about another: `test_run_all`, or a member of the type. */
function namesBetter(repo: RepoIndex, user: string, { own, members }: Names, test: Component): boolean {
  const words = wordsOf(writtenName(test))
  const used = new Set(repo.occurrences.usesIn(user).map(({ to }) => repo.components.get(to)?.name ?? ''))
  return [...used].some((name) => {
    const others = wordsOf(name)
    return (others.length > own.length || members.has(name)) && holds(words, others)
  })
}

/** The name of a test, with the spaces of one that is a sentence, as Kotlin has them. */
export function writtenName({ name, qualifiedName, title }: Component): string {
  return title?.includes(' ') === true ? title.slice(qualifiedName.length - name.length) : name
}

/** The words of a name in lower case: `runAll`, `run_all` and `RunAll` are equal. */
const wordsOf = (name: string): string[] =>
  name
    .slice(0, MAX_NAME)
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
