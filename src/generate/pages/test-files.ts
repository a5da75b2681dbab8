/** Which files of tests hold tests, and which of the code they are about; helpers, fixtures and benchmarks hold none. */

import { type Component, compareText, type SourceFile } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { isCode, isMain, type Survey } from './survey.ts'
import { few, NOT_CODE } from './words.ts'
import { toFile, type Writing, within } from './writing.ts'

const MAX_COVERED = 5
/** Names by which test runners find their files. */
const TEST_NAME = /^tests?[_-].|[._-](?:tests?|spec|cy)\.\w+$|(?:Tests?|Spec|IT)\.\w+$|^tests?\.\w+$/
const HELPER = /^(?:__init__|conftest|(?:spec_|test_)?helpers?|setup|base|utils?|fixtures?)\.\w+$|bench/i
/** What a test of some language begins with; read line by line. */
const BEGINS =
  /^\s{0,16}(?:(?:async )?def test|class Test|#\[(?:\w+::)?test\b|@(?:Parameterized)?Test\b|func Test|\[(?:Fact|Theory|Test|TestMethod|TestCase)\b|(?:describe|it|test)[ .(]|TEST(?:_F|_P|_CASE)?\s?\(|public function test|RSpec\.describe|context )/
const MAX_LINES = 4_000
/** Says nothing without its folder. */
const ENTRY = /^(?:__init__|index|lib|main|mod)\.\w+$/

const known = new WeakMap<Survey, ReadonlySet<string>>()

/**
 * The test files of the repository, wherever they are counted. Where most tests of a language have names by which its test
 * runners find them, others hold none.
 */
export function testFiles({ survey }: Pick<Writing, 'survey'>): ReadonlySet<string> {
  const found = known.get(survey)
  if (found !== undefined) return found
  const byLanguage = new Map<string, SourceFile[]>()
  for (const file of survey.files.values()) {
    const { path, role, language, generated, vendored, text } = file
    if (role !== 'test' || generated || vendored || NOT_CODE.test(language ?? '')) continue
    if (holdsTests(path, text ?? '')) byLanguage.set(language ?? '', [...(byLanguage.get(language ?? '') ?? []), file])
  }
  const tests = new Set<string>()
  for (const files of byLanguage.values()) {
    const named = files.filter(({ path }) => TEST_NAME.test(nameOf(path)))
    for (const { path } of named.length * 2 >= files.length ? named : files) tests.add(path)
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

/** `13 test files of a.py, b.py and 2 more`, those first that have tests of their own; nothing where none holds a test. */
export function testHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { survey, texts } = writing
  const all = testFiles(writing)
  const tests = files.filter((path) => all.has(path))
  if (tests.length === 0) return []
  const subjects = new Set(tests.map(subjectOf))
  const covered = new Map<string, number>()
  for (const path of tests)
    for (const [to] of survey.links.get(path) ?? [])
      if (isCode(survey.files.get(to)) && isMain(to, survey)) covered.set(to, (covered.get(to) ?? 0) + 1)
  // What others than its own tests only touch is not what they are about.
  const named = [...covered].filter(([path]) => subjects.has(plain(bare(nameOf(path)))))
  const names = [...(named.length > 1 ? named : named.length > 0 ? [] : covered)]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .map(([path]) => toFile(path, ENTRY.test(nameOf(path)) ? within(folderOf(folderOf(path)), path) : nameOf(path)))
  return names.length === 0
    ? [texts.testFiles(tests.length)]
    : texts.module.testsOf(texts.testFiles(tests.length), few(names, MAX_COVERED, texts))
}

function holdsTests(path: string, text: string): boolean {
  const name = nameOf(path)
  if (HELPER.test(name)) return false
  return TEST_NAME.test(name) || text.split('\n', MAX_LINES).some((line) => BEGINS.test(line.slice(0, 120)))
}
