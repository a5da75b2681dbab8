/** Says where the tests are, not their number, which each tool counts differently. */

import { compareText } from '#generate/model.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'
import { testFiles } from './test-files.ts'

const MAX_FOLDERS = 3
/** Minimum share of the lines of all tests that is worth mentioning. */
const NOTABLE = 0.25
/** Matches folders of tests. */
const FOLDER = /^(?:.{0,60}[._-])?(?:__tests__|e2e|specs?|tests?|testing)$/i
/** Matches source sets of tests: `src/jvmTest`. */
const SOURCE_SET = /^[a-z]\w{0,60}Test$/

/** `tests in test, os/test`, or that tests are beside the code. */
export function testPlaces(writing: Writing): Inline[] {
  const { texts } = writing
  const tests = [...testFiles(writing)]
  if (tests.length === 0) return []
  const counts = new Map<string, number>()
  const outside: string[] = []
  for (const path of tests) {
    const folder = testFolderOf(path)
    if (folder === undefined) outside.push(path)
    else counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  if ((tests.length - outside.length) * 2 < tests.length) return [texts.overview.testsBeside]
  const folders = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([folder]) => folder)
  const linesIn = (paths: readonly string[]): number =>
    paths.reduce((sum, path) => sum + (writing.repo.files.get(path)?.lines ?? 0), 0)
  // A long file at the root may contain most of the tests.
  const others = linesIn(outside) >= NOTABLE * linesIn(tests) ? outside : []
  const places = [...folders, ...others].map((place) => [code(place)])
  return texts.overview.testsIn(few(places, MAX_FOLDERS, texts))
}

/** The outermost folder of tests around a file. */
function testFolderOf(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1)
  const at = folders.findIndex((folder) => FOLDER.test(folder) || SOURCE_SET.test(folder))
  return at === -1 ? undefined : folders.slice(0, at + 1).join('/')
}
