/** Finds the files that contain tests, unlike helpers, fixtures and benchmarks, and those named after a definition. */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { NOT_CODE } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { comparableFileName, subjectOf } from './test-subjects.ts'

/** Names by which test runners find their files. */
const TEST_NAME = /^tests?[_-].|[._-](?:tests?|spec|cy|test-d)\.\w+$|(?:Tests?|Spec|IT)\.\w+$|^tests?\.\w+$/
const NEVER_TESTS = /^(?:__init__|conftest)\.\w+$|bench|\.ru$/i
/** Test libraries that repositories include as one file. */
const LIBRARY =
  /^(?:acutest|catch(?:_amalgamated)?|chai|doctest|expect|greatest|gtest[\w-]*|jasmine(?:-\w+)?|minunit|mocha|qunit|should|sinon|unity|utest)(?:[.-]\d[\d.]*)?(?:[.-]min)?\.\w+$/i
/** Test libraries that C repositories include as a folder, with examples and tests of their own. */
const LIBRARY_FOLDER =
  /^(?:acutest|catch2|ceedling|cmocka?|cpputest|doctest|gmock|googlemock|googletest|greatest|gtest|minunit|munit|unity)$/i
/** Folders of test data, which may contain whole projects with tests. */
const FIXTURES = /(?:^|\/)(?:__fixtures__|fixtures?|test[-_]?data)\//i
/** Folders of helpers, and folders that test runners ignore: `_helpers`. */
const HELPER_FOLDER = /(?:^|\/)(?:_(?!_)[^/]{1,100}|(?:specs?|tests?)\/(?:helpers?|support))\//
/** `test.js` may also be a settings file, so such a file counts only if it contains a test. */
const PLAIN_NAME = /^tests?\.\w+$/i
const ASSERTS = /\b(?:assert\w*|expect\w*|should|verify\w*)\b ?[.(!]|\bassert /
const COMMENT = /^\s*(?:#|\/\/|\*|--|;)/
const HELPER = /^(?:\d{1,3}[-_])?(?:(?:spec_|test_)?helpers?|setup|base|utils?|fixtures?)\.\w+$/i
/** The line on which a test starts, by language. */
const BEGINS: Readonly<Record<string, RegExp>> = {
  bash: /^\s{0,4}@test\s/,
  csharp: /^\s{0,16}\[(?:\w{0,20}(?:Fact|Theory)|Test|TestCase(?:Source)?|(?:Data)?TestMethod)\b/,
  go: /^func (?:Test(?!Main\b)|Example|Fuzz)/,
  groovy: /^\s{0,16}(?:@Test\b|def ["'])/,
  java: /^\s{0,16}@(?:org\.junit\.(?:jupiter\.api\.)?)?(?:(?:Parameterized|Repeated)?Test|TestFactory|TestTemplate)\b|\bextends \w{0,60}TestCase\b/,
  javascript: /^\s{0,16}(?:await )?(?:(?:describe|it|test)[ .(]|QUnit\.(?:module|test)\()/,
  kotlin: /^\s{0,16}(?:@(?:Parameterized|Repeated)?Test\b|(?:context|describe|expect|it|should|test)\()/,
  php: /^\s{0,16}(?:(?:final )?public function (?:test|it_)|#\[(?:\w+\\)*Test\b|(?:describe|it|test)\()/,
  python: /^\s{0,16}(?:(?:async )?def test|class Test)/,
  ruby: /^\s{0,16}(?:def test|RSpec\.describe|(?:context|describe|it|should|specify|test)[ (])/,
  rust: /^\s{0,16}(?:#\[(?:\w+::)?(?:rs|wasm_bindgen_)?test\b|(?:proptest|quickcheck)!)/,
  scala:
    /^\s{0,16}(?:@Test\b|(?:describe|it|test|property)[ (]|(?:final )?(?:class|object) \w{1,80}[^=]{0,40}\bextends [\w.]{0,60}(?:Suite|Spec|Properties)\w{0,15}\b)/,
  swift: /^\s{0,16}(?:(?:\w+ ){0,3}func test|@Test\b)/,
}
const LANGUAGE_ALIASES: Readonly<Record<string, string>> = {
  jsx: 'javascript',
  svelte: 'javascript',
  tsx: 'javascript',
  typescript: 'javascript',
  vue: 'javascript',
}
/** Languages that mark tests in the code, whatever the name of the file. */
const MARKS_TESTS = new Set(['c', 'cpp', 'csharp', 'go', 'java', 'rust'])
/** Languages whose test runners find tests by classes, whatever the name of the file. */
const FINDS_BY_CLASS = new Set(['groovy', 'kotlin', 'scala', 'swift'])
/** Matches imports of test runners that run all files of a folder. */
const RUNNER =
  /^(?:\}|(?:import|const|let|var) .{0,200}\b(?:describe|it|suite|t|tap|tape|test)\b).{0,60}\b(?:from|require\()\s?['"](?:ava|node:test|tap|tape|uvu|@tapjs\/\w{1,40})['"]/
const RUNS = /^\s{0,16}(?:await )?(?:describe|it|suite|t|tap|tape|test)(?:\.\w{1,40})?\(/
/** Matches C and C++ source files, which are tests if they check something. */
const TEST_SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+)$/
const CHECKS =
  /\b(?:[A-Z]\w{0,40}_)?(?:TEST|TEST_[A-Z]\w{0,40}|SCENARIO|CHECK\w{0,40}|REQUIRE\w{0,40}|ASSERT\w{0,40}|EXPECT\w{0,40})[ \t]?\(|\bassert\w{0,40}[ \t]?\(|\b(?:t|\w{1,40}_)?tests?(?:_\w{1,60})?[ \t]?\(/
const FUZZES = 'LLVMFuzzerTestOneInput'
const MAX_LINES = 4_000
const known = new WeakMap<RepoIndex, ReadonlySet<string>>()

/**
 * The test files of the repository, for all lists of tests. In languages that mark tests, files with a test. Otherwise, if most
 * files have names that test runners look for, only those, unless the runner needs no such names.
 */
export function testFiles({ repo }: Pick<Writing, 'repo'>): ReadonlySet<string> {
  const found = known.get(repo)
  if (found !== undefined) return found
  const byLanguage = new Map<string, { named: number; withTests: string[]; found: string[]; others: string[] }>()
  for (const { path, role, language, generated, vendored, text } of repo.files.values()) {
    if (role !== 'test' || generated || vendored || NOT_CODE.test(language ?? '') || NEVER_TESTS.test(nameOf(path)))
      continue
    if (LIBRARY.test(nameOf(path)) || isOfLibrary(path) || isOfExample(path) || FIXTURES.test(path)) continue
    const own = byLanguage.get(language ?? '') ?? { named: 0, withTests: [], found: [], others: [] }
    const isRun = runsTests(language ?? '', text ?? '')
    const hasTest = isRun || beginsTest(language ?? '', path, text ?? '')
    const isNamed =
      TEST_NAME.test(nameOf(path)) &&
      (!PLAIN_NAME.test(nameOf(path)) || hasTest || !isKnown(language ?? '') || text === null || asserts(text))
    // A file in a folder of helpers may contain tests of a helper.
    if (HELPER_FOLDER.test(path) && !hasTest && isKnown(language ?? '')) continue
    if (
      HELPER.test(nameOf(path)) &&
      !(isNamed && hasTest && BEGINS[LANGUAGE_ALIASES[language ?? ''] ?? language ?? ''] !== undefined)
    )
      continue
    byLanguage.set(language ?? '', own)
    if (hasTest) own.withTests.push(path)
    if (isNamed) own.named += 1
    if (isNamed || isRun || (hasTest && FINDS_BY_CLASS.has(language ?? ''))) own.found.push(path)
    else if (hasTest) own.others.push(path)
  }
  const tests = new Set<string>()
  for (const [language, { named, withTests, found, others }] of byLanguage) {
    const isMarked = MARKS_TESTS.has(language) && withTests.length > 0
    for (const path of isMarked ? withTests : named >= others.length ? found : [...found, ...others]) tests.add(path)
  }
  known.set(repo, tests)
  return tests
}

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

/** Whether tests of the language can be recognised: `config/environments/test.rb` contains none. */
const isKnown = (language: string): boolean =>
  language !== 'bash' && BEGINS[LANGUAGE_ALIASES[language] ?? language] !== undefined

const asserts = (text: string): boolean => linesOf(text).some((line) => ASSERTS.test(line) && !COMMENT.test(line))

/** Whether a test file is named after a definition or its file. */
export function isTestOf(path: string, { name, file }: Component): boolean {
  const subject = subjectOf(path)
  return subject !== '' && (subject === comparableName(name) || subject === comparableFileName(nameOf(file)))
}

function beginsTest(language: string, path: string, text: string): boolean {
  if (language === 'c' || language === 'cpp')
    return TEST_SOURCE.test(path) && !text.includes(FUZZES) && linesOf(text).some((line) => CHECKS.test(line))
  // Go runs only the tests in files with this ending.
  if (language === 'go' && !path.endsWith('_test.go')) return false
  const begins = BEGINS[LANGUAGE_ALIASES[language] ?? language]
  return begins !== undefined && linesOf(text).some((line) => begins.test(line))
}

/** Whether a script imports a test runner and calls it. */
function runsTests(language: string, text: string): boolean {
  if ((LANGUAGE_ALIASES[language] ?? language) !== 'javascript') return false
  const lines = linesOf(text)
  return lines.some((line) => RUNNER.test(line)) && lines.some((line) => RUNS.test(line))
}

const linesOf = (text: string): string[] => text.split('\n', MAX_LINES).map((line) => line.slice(0, 120))
