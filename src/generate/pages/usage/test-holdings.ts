/** What tests are about, and where they are: never how many, which a newcomer does not ask and every tool counts otherwise. */

import { compareText } from '#generate/model.ts'
import { few } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { code, type Inline } from '#markdown/build.ts'
import { testFiles } from './test-files.ts'
import { ENTRY, testSubjects, testsOnly } from './test-subjects.ts'

const MAX_COVERED = 6
/** Files of tests that are named where it is not known what they are about. */
const MAX_NAMED = 5
const MAX_FOLDERS = 3
/** A folder for tests, and one of a source set: `src/jvmTest`. */
const FOLDER = /^(?:.{0,60}[._-])?(?:__tests__|e2e|specs?|tests?|testing)$|^[a-z]\w{0,60}Test$/i

/** `tests of a.py, b.py`: what they are about, else their names where they are few. */
export function testHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { texts } = writing
  const all = testFiles(writing)
  const tests = files.filter((path) => all.has(path))
  const subjects = tests.map((path) => testSubjects(writing, path))
  const counts = new Map<string, number>()
  for (const subject of subjects.flat()) counts.set(subject, (counts.get(subject) ?? 0) + 1)
  const isMost = subjects.filter((own) => own.length > 0).length * 2 > tests.length
  // A test or two that use many files are about none of them.
  if (isMost && counts.size <= tests.length) {
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([path]) => path)
    const nameIn = (path: string): string =>
      // Without its folder, a program without an extension looks like a file that has one.
      ENTRY.test(nameOf(path)) || !nameOf(path).includes('.') ? within(folderOf(folderOf(path)), path) : nameOf(path)
    return texts.module.testsOf(
      few(
        sorted.map((path) => toFile(path, nameIn(path))),
        MAX_COVERED,
        texts,
      ),
      tests.every((path) => testsOnly(writing, path, sorted)),
    )
  }
  if (tests.length === 0 || tests.length > MAX_NAMED) return []
  return texts.module.testsNamed(
    few(
      tests.map((path) => toFile(path, nameOf(path))),
      MAX_NAMED,
      texts,
    ),
  )
}

/** `tests in test, os/test`; of a repository without folders for them that they are beside the code. */
export function testPlaces(writing: Writing): Inline[] {
  const { texts } = writing
  const tests = [...testFiles(writing)]
  if (tests.length === 0) return []
  const counts = new Map<string, number>()
  for (const path of tests) {
    const folder = testFolderOf(path)
    if (folder !== undefined) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const inFolders = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (inFolders * 2 < tests.length) return [texts.overview.testsBeside]
  const folders = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([folder]) => [code(folder)])
  return texts.overview.testsIn(few(folders, MAX_FOLDERS, texts))
}

/** The outermost folder around that is for tests. */
function testFolderOf(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1)
  const at = folders.findIndex((folder) => FOLDER.test(folder))
  return at === -1 ? undefined : folders.slice(0, at + 1).join('/')
}
