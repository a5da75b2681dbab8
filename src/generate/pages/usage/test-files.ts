/** Which files of tests hold tests, and which of the code they are about; helpers, fixtures and benchmarks hold none. */

import { type Component, compareText } from '#generate/model.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import { isCode, isMain, type Survey } from '#generate/pages/survey.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import { NOT_CODE } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Inline, join } from '#markdown/build.ts'

const MAX_COVERED = 5
/** Of the tests of a folder, so many use what they are said to be about. */
const MIN_USERS = 0.1
/** A test that has the name of a file counts for as many more that use it. */
const OWN_TESTS = 2
const ERRORS = 0.2
/** Names by which test runners find their files. */
const TEST_NAME = /^tests?[_-].|[._-](?:tests?|spec|cy|test-d)\.\w+$|(?:Tests?|Spec|IT)\.\w+$|^tests?\.\w+$/
const NEVER = /^(?:__init__|conftest)\.\w+$|bench/i
const HELPER = /^(?:(?:spec_|test_)?helpers?|setup|base|utils?|fixtures?)\.\w+$/i
/** What a test of some language begins with; read line by line. */
const BEGINS: Readonly<Record<string, RegExp>> = {
  bash: /^\s{0,4}@test\s/,
  csharp: /^\s{0,16}\[(?:Fact|Theory|Test|TestCase|TestMethod)\b/,
  go: /^func (?:Test|Benchmark|Example|Fuzz)/,
  groovy: /^\s{0,16}(?:@Test\b|def ["'])/,
  java: /^\s{0,16}(?:@(?:Parameterized|Repeated)?Test\b|public void test)/,
  javascript: /^\s{0,16}(?:describe|it|test)[ .(]/,
  kotlin: /^\s{0,16}(?:@(?:Parameterized|Repeated)?Test\b|(?:context|describe|expect|it|should|test)\()/,
  php: /^\s{0,16}(?:(?:final )?public function (?:test|it_)|#\[(?:\w+\\)*Test\b|(?:describe|it|test)\()/,
  python: /^\s{0,16}(?:(?:async )?def test|class Test)/,
  ruby: /^\s{0,16}(?:def test|RSpec\.describe|(?:context|describe|it|should|specify|test)[ (])/,
  rust: /^\s{0,16}(?:#\[(?:\w+::)?(?:rs|wasm_bindgen_)?test\b|(?:proptest|quickcheck)!)/,
  scala: /^\s{0,16}(?:@Test\b|(?:describe|it|test|property)[ (])/,
  swift: /^\s{0,16}(?:(?:\w+ ){0,3}func test|@Test\b)/,
}
const SAME: Readonly<Record<string, string>> = {
  jsx: 'javascript',
  svelte: 'javascript',
  tsx: 'javascript',
  typescript: 'javascript',
  vue: 'javascript',
}
/** Languages in which a test is marked as such, whatever its file is called. */
const MARKED = new Set(['c', 'cpp', 'csharp', 'java'])
/** Of C and C++ every source file of the tests is one, or a part of one. */
const TEST_SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+)$/
const MAX_LINES = 4_000
/** Says nothing without its folder. */
const ENTRY = /^(?:__init__|index|lib|main|mod)\.\w+$/

const known = new WeakMap<Survey, ReadonlySet<string>>()

/**
 * The test files of the repository, wherever they are counted. Where a language marks tests, those with a test; else, where most
 * have names by which test runners find them, others hold none.
 */
export function testFiles({ survey }: Pick<Writing, 'survey'>): ReadonlySet<string> {
  const found = known.get(survey)
  if (found !== undefined) return found
  const byLanguage = new Map<string, { named: string[]; begun: string[]; all: string[] }>()
  for (const { path, role, language, generated, vendored, text } of survey.files.values()) {
    if (role !== 'test' || generated || vendored || NOT_CODE.test(language ?? '') || NEVER.test(nameOf(path))) continue
    const own = byLanguage.get(language ?? '') ?? { named: [], begun: [], all: [] }
    const [isNamed, isBegun] = [TEST_NAME.test(nameOf(path)), beginsTest(language ?? '', path, text ?? '')]
    // By its name a helper, by what it holds perhaps the tests of one.
    if (
      HELPER.test(nameOf(path)) &&
      !(isNamed && isBegun && BEGINS[SAME[language ?? ''] ?? language ?? ''] !== undefined)
    )
      continue
    byLanguage.set(language ?? '', own)
    if (isNamed) own.named.push(path)
    if (isBegun) own.begun.push(path)
    if (isNamed || isBegun) own.all.push(path)
  }
  const tests = new Set<string>()
  for (const [language, { named, begun, all }] of byLanguage) {
    const isMarked = MARKED.has(language) && begun.length > 0
    for (const path of isMarked ? begun : named.length * 2 >= all.length ? named : all) tests.add(path)
  }
  known.set(survey, tests)
  return tests
}

/** Around the name of what a file of tests is about. */
const AFFIX = /^[Tt]ests?[_.-]?(?=.)|[_.-](?:tests?|specs?|cy|it)$|(?:Tests?|Spec|IT)$/g

/** `FooTest.java`, `test_foo.py` and `foo.spec.ts` are about `foo`. */
const subjectOf = (path: string): string => plain(bare(nameOf(path)).replace(AFFIX, ''))
const bare = (name: string): string => name.replace(/\.\w+$/, '')
const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/** Whether the name of a file of tests is that of a definition or of its file. */
export function isTestOf(path: string, { name, file }: Component): boolean {
  const subject = subjectOf(path)
  return subject !== '' && (subject === plain(name) || subject === plain(bare(nameOf(file))))
}

/** `13 test files, mainly of a.py, b.py`: what most of them use, those first that have tests of their own; nothing where none holds a test. */
export function testHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { survey, texts } = writing
  const all = testFiles(writing)
  const tests = files.filter((path) => all.has(path))
  if (tests.length === 0) return []
  const subjects = new Map<string, number>()
  for (const subject of tests.map(subjectOf)) subjects.set(subject, (subjects.get(subject) ?? 0) + 1)
  const covered = new Map<string, number>()
  for (const path of tests)
    for (const [to] of survey.links.get(path) ?? [])
      if (isCode(survey.files.get(to)) && isMain(to, survey)) covered.set(to, (covered.get(to) ?? 0) + 1)
  const rows = [...covered].map(([path, users]) => {
    const own = subjects.get(plain(bare(nameOf(path)))) ?? 0
    // Errors are what most tests also name.
    const defined = declaredIn(path, survey)
    const share = defined.length > 0 && defined.every((one) => isError(survey, one)) ? ERRORS : 1
    return { path, users, weight: share * (users + OWN_TESTS * own) }
  })
  const names = rows
    // What a few tests touch by the way is not what all are about.
    .filter(({ users, weight }) => weight > users || weight >= tests.length * MIN_USERS)
    .sort((a, b) => b.weight - a.weight || compareText(a.path, b.path))
    .slice(0, MAX_COVERED)
    .map(({ path }) => toFile(path, ENTRY.test(nameOf(path)) ? within(folderOf(folderOf(path)), path) : nameOf(path)))
  return names.length === 0
    ? [texts.testFiles(tests.length)]
    : texts.module.testsOf(texts.testFiles(tests.length), join(names, texts.comma))
}

function beginsTest(language: string, path: string, text: string): boolean {
  if (language === 'c' || language === 'cpp') return TEST_SOURCE.test(path)
  const begins = BEGINS[SAME[language] ?? language]
  return begins !== undefined && text.split('\n', MAX_LINES).some((line) => begins.test(line.slice(0, 120)))
}
