/** Which files of tests hold tests, and which of the code they are about; helpers, fixtures and benchmarks hold none. */

import { compareText } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { isCode, isMain } from './survey.ts'
import { few } from './words.ts'
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

/** `13 test files of a.py, b.py and 2 more`; nothing where none holds a test. */
export function testHoldings({ survey, texts }: Writing, files: readonly string[]): Inline[] {
  const tests = files.filter((path) => holdsTests(path, survey.files.get(path)?.text ?? ''))
  if (tests.length === 0) return []
  const covered = new Map<string, number>()
  for (const path of tests)
    for (const [to] of survey.links.get(path) ?? [])
      if (isCode(survey.files.get(to)) && isMain(to, survey)) covered.set(to, (covered.get(to) ?? 0) + 1)
  const names = [...covered]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .map(([path]) => toFile(path, ENTRY.test(nameOf(path)) ? within(folderOf(folderOf(path)), path) : nameOf(path)))
  return names.length === 0
    ? [texts.testFiles(tests.length)]
    : texts.module.testsOf(texts.testFiles(tests.length), few(names, MAX_COVERED, texts))
}

export function holdsTests(path: string, text: string): boolean {
  const name = nameOf(path)
  if (HELPER.test(name)) return false
  return TEST_NAME.test(name) || text.split('\n', MAX_LINES).some((line) => BEGINS.test(line.slice(0, 120)))
}
