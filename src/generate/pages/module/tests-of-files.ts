/** Lists the tests of files. */

import { isTest } from '#generate/pages/repo-index.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { comparableFileName, subjectOf } from '#generate/pages/usage/test-subjects.ts'
import { byWeight, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

/** Test files that use one of these files, heaviest first; test helpers only if there are no others. */
export function testsOf(writing: Writing, files: readonly string[]): string[] {
  const { repo } = writing
  const tests = new Map<string, number>()
  for (const file of files) {
    if (isTest(file, repo)) continue
    for (const [from, weight] of repo.linksTo.get(file) ?? []) {
      if (isTest(from, repo)) tests.set(from, (tests.get(from) ?? 0) + weight)
    }
  }
  // A test named after the file counts as its test even if it barely uses it.
  const isNamed = (path: string): boolean => files.some((file) => subjectOf(path) === comparableFileName(nameOf(file)))
  const sorted = byWeight(tests).sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
  const withTests = sorted.filter((path) => testFiles(writing).has(path))
  return withTests.length > 0 ? withTests : sorted
}
