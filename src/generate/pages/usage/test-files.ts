/** Finds the files that contain tests, as opposed to helpers, fixtures and benchmarks, and those named after a definition. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { NOT_CODE } from '#generate/pages/language-names.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { comparableFileName, subjectOf } from './test-subjects.ts'

/** Names by which test runners find their files. */
const TEST_NAME = /^(?:tests?[_-]|spec_).|[._-](?:tests?|spec|cy|test-d)\.\w+$|(?:Tests?|Spec|IT)\.\w+$|^tests?\.\w+$/
const NEVER_TESTS =
  /^(?:__init__|conftest)\.\w+$|(?:(?<![A-Za-z])[bB]|B)ench(?:es|mark(?:s|ing)?)?(?![a-z])|(?:(?<![A-Za-z])[fF]|F)uzz(?:er|ing)?(?![a-z])|\.ru$/
/** Test libraries that repositories include as one file. */
const LIBRARY =
  /^(?:acutest|catch(?:_amalgamated)?|chai|doctest|expect|greatest|gtest[\w-]*|jasmine(?:-\w+)?|minunit|mocha|qunit|should|sinon|unity|utest)(?:[.-]\d[\d.]*)?(?:[.-]min)?\.\w+$/i
/** Test libraries that C repositories include as a folder, with examples and tests of their own. */
const LIBRARY_FOLDER =
  /^(?:acutest|catch2|ceedling|cmocka?|cpputest|doctest|gmock|googlemock|googletest|greatest|gtest|minunit|munit|unity)$/i
/** Folders of test data, which may contain whole projects with tests. */
const FIXTURES = /(?:^|\/)(?:__fixtures__|environments|fixtures?|test[-_]?data|_files)\//i
/** Folders of helpers, and folders that test runners ignore: `_helpers`. */
const HELPER_FOLDER = /(?:^|\/)(?:_(?!_)[^/]{1,100}|(?:specs?|tests?)\/(?:helpers?|support))\//
const HELPER = /^(?:\d{1,3}[-_])?(?:(?:spec_|test_)?helpers?|setup|base|utils?|fixtures?)\.\w+$/i
/** Matches C and C++ source files; their headers contain no tests. */
const TEST_SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+)$/
/** Languages that mark every test, whatever the name of the file. */
const MARKS_TESTS = new Set(['csharp', 'go', 'java', 'rust'])
/** The names by which runners find test functions. */
const TEST_FUNCTION = /^(?:tests?|it|should)(?![a-z])|^(?:Test(?!Main$)|Example|Fuzz)(?![a-z])/
/** A test of GoogleTest, by its suite and its name: `TEST_F(plan_test, burns)`. */
const GOOGLE_TEST = /^(?:TYPED_)?TEST(?:_[FP])?\(\s{0,9}\w+\s{0,9},\s{0,9}(\w+)\s{0,9}\)$/

/** Files in which the name of a function does not make it a test: languages that mark tests, and JavaScript, where tests are calls. */
const MARKED = /\.(?:cs|java|kt|rs|scala|[cm]?[jt]sx?)$/
/** Languages whose tests are often neither functions nor in files with recognisable names. */
const UNNAMED = new Set(['c', 'cpp', 'javascript', 'jsx', 'lua', 'ruby', 'tsx', 'typescript'])

/** Matches folders of test support for users, and of files that tests read: `testkit/`, `VaporTesting/`, `mock-assembly/`. */
export const TEST_KIT =
  /(?:^|[/_-])[Tt]est(?:ing|[Kk]it|[Uu]tils?)\/|[a-z](?:Testing|Test(?:Helper|Kit|Support|Util)s?|Mocks?|Fixtures?)\/|(?:^|\/)(?:mock|fake|fixture|stub)s?[-_/]/
/** Matches the start of a Java test without an annotation. */
const OLD_TEST = /^public void test[A-Z]/

/** Whether a function is a test by its mark, `@Test`, or by its name where tests have no marks: `test_plan`. */
export const isTestFunction = ({ kind, name, file, isTest, signature }: Component): boolean =>
  (kind === 'function' || kind === 'method') &&
  (isTest === true ||
    (file.endsWith('.java') && OLD_TEST.test(signature)) ||
    (!MARKED.test(file) && (TEST_FUNCTION.test(name) || googleTest(name) !== undefined)))

/** The second name of a test of GoogleTest: `burns` of `TEST_F(plan_test, burns)`. */
export const googleTest = (name: string): string | undefined => GOOGLE_TEST.exec(name)?.[1]

/**
 * The test files of the repository, for all lists of tests. In languages that mark tests, files with a test. Otherwise those with
 * test functions or names that test runners look for; in languages that need neither, all if these are few.
 */
export const testFiles = ({ repo }: Pick<Writing, 'repo'>): ReadonlySet<string> => testFilesIn(repo)

const testFilesIn = memoized((repo: RepoIndex): ReadonlySet<string> => {
  const holding = new Set<string>()
  for (const one of repo.components.values()) if (isTestFunction(one)) holding.add(one.file)
  const byLanguage = new Map<string, { withTests: string[]; found: string[]; all: string[] }>()
  for (const { path, role, language, generated, vendored, text } of repo.files.values()) {
    if (role !== 'test' || generated || vendored || NOT_CODE.test(language ?? '') || NEVER_TESTS.test(nameOf(path)))
      continue
    if (LIBRARY.test(nameOf(path)) || isOfLibrary(path) || isOfExample(path) || FIXTURES.test(path)) continue
    if ((language === 'c' || language === 'cpp') && !TEST_SOURCE.test(path)) continue
    // A Rust macro may define all tests of a file.
    const hasTest = holding.has(path) || (language === 'rust' && text?.includes('#[test]') === true)
    // A file in a folder of helpers may contain tests of a helper.
    if (!hasTest && (HELPER_FOLDER.test(path) || HELPER.test(nameOf(path)))) continue
    const own = byLanguage.get(language ?? '') ?? { withTests: [], found: [], all: [] }
    byLanguage.set(language ?? '', own)
    own.all.push(path)
    if (hasTest) own.withTests.push(path)
    if (hasTest || TEST_NAME.test(nameOf(path))) own.found.push(path)
  }
  const tests = new Set<string>()
  for (const [language, { withTests, found, all }] of byLanguage) {
    const isMarked = MARKS_TESTS.has(language) && withTests.length > 0
    const isNamed = !UNNAMED.has(language) || 2 * found.length >= all.length
    for (const path of isMarked ? withTests : isNamed ? found : all) tests.add(path)
  }
  return tests
})

/** Whether a file belongs to a test library in a folder below the tests. */
function isOfLibrary(path: string): boolean {
  return (
    TEST_SOURCE.test(path) &&
    path
      .split('/')
      .slice(1, -1)
      .some((folder) => LIBRARY_FOLDER.test(folder))
  )
}

/** Whether a file tests an example, not the program. */
function isOfExample(path: string): boolean {
  const folders = path.toLowerCase().split('/').slice(0, -1)
  const example = folders.findIndex((one) => /^(?:demo|example|sample)s?$/.test(one))
  const tests = folders.findIndex((one) => /^(?:spec|test)s?$/.test(one))
  return example !== -1 && (tests === -1 || example < tests)
}

/** Whether a test file is named after a definition or its file. */
export function isTestOf(path: string, { name, file }: Component): boolean {
  const subject = subjectOf(path)
  return subject !== '' && (subject === comparableName(name) || subject === comparableFileName(nameOf(file)))
}
