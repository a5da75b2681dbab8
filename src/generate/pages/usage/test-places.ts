/** Describes where the tests are; their number is omitted, because tools count differently. */

import { isSideline } from '#generate/beside-code.ts'
import { compareText } from '#generate/model.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { isTestFunction, testFiles } from './test-files.ts'

const MAX_FOLDERS = 3
/** Minimum share of the lines of all tests that is worth mentioning. */
const NOTABLE = 0.25
/** Matches folders of tests. */
const FOLDER = /^(?:.{0,60}[._-])?(?:__tests__|e2e|specs?|(?:integration|unit)?tests?|test-d|testing)$/i
/** Matches source sets of tests: `src/jvmTest`. */
const SOURCE_SET = /^[a-z]\w{0,60}Test$/

/** `tests in test, os/test and beside the code`, or `tests beside the code`. */
export function testPlaces(writing: Writing): Inline[] {
  const { texts, repo } = writing
  const all = [...testFiles(writing)]
  // Shell scripts beside other tests start or set up something.
  const isShell = (path: string): boolean => repo.files.get(path)?.language === 'bash'
  const tests = all.every(isShell) ? all : all.filter((path) => !isShell(path))
  const counts = new Map<string, number>()
  for (const folder of tests.map(testFolderOf))
    if (folder !== undefined) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  const folders = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([folder]) => [code(folder)])
  const linesIn = (paths: readonly string[]): number =>
    paths.reduce((sum, path) => sum + (repo.files.get(path)?.lines ?? 0), 0)
  // Leaves out tests beside the code of examples and benchmarks only.
  const others = tests.filter(
    (path) =>
      testFolderOf(path) === undefined &&
      (repo.folders.get(folderOf(path)) ?? []).some((file) => file.path !== path && isMain(file.path, repo)),
  )
  const inside = new Set<string>()
  for (const id of repo.inTests) {
    const one = repo.components.get(id)
    if (one !== undefined && isTestFunction(one) && isMain(one.file, repo)) inside.add(one.file)
  }
  if (folders.length === 0) return others.length + inside.size > 0 ? [texts.overview.testsBeside] : []
  const names = [...join(folders.slice(0, MAX_FOLDERS), texts.comma), ...(folders.length > MAX_FOLDERS ? [', …'] : [])]
  return inside.size > 1 || (others.length > 1 && linesIn(others) >= NOTABLE * linesIn(tests))
    ? texts.overview.testsInAndBeside(names)
    : texts.overview.testsIn(names)
}

/** The outermost folder of tests around a file, unless it is below one of scripts or tools. */
function testFolderOf(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1)
  const at = folders.findIndex((folder) => FOLDER.test(folder) || SOURCE_SET.test(folder))
  return at === -1 || isSideline(folders.slice(0, at).join('/')) ? undefined : folders.slice(0, at + 1).join('/')
}
