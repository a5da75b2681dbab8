/** What tests are about, and where they are: never how many, which a newcomer does not ask and every tool counts otherwise. */

import { compareText } from '#generate/model.ts'
import { few } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { code, type Inline } from '#markdown/build.ts'
import { testFiles } from './test-files.ts'
import { ENTRY, testSubjects, testsOnly } from './test-subjects.ts'

/** Files that tests are said to be about: of more no one stands out. */
const MAX_COVERED = 3
/** Of the lines of the tests whose subjects are known, the share that those files are the subject of. */
const CLEAR = 0.6
/** Files of tests that are named where it is not known what they are about. */
const MAX_NAMED = 5
const MAX_FOLDERS = 3
/** Folders of a language: `src/test/java/org`. */
const SOURCE_ROOT = /^(?:groovy|java|kotlin|scala|swift)$/
/** A folder for tests, and one of a source set: `src/jvmTest`. */
const FOLDER = /^(?:.{0,60}[._-])?(?:__tests__|e2e|specs?|tests?|testing)$|^[a-z]\w{0,60}Test$/i

/**
 * `tests of a.py, b.py`: what they are about, where a few files stand out. Else the folders that they are in, or what of all most are
 * about; the names of some where that is not known of most.
 */
export function testHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { texts } = writing
  const known = testFiles(writing)
  const tests = files.filter((path) => known.has(path))
  if (tests.length === 0) return []
  const namesOf = (paths: readonly string[]): Inline[] =>
    few(
      paths.map((path) => toFile(path, nameIn(path))),
      MAX_COVERED,
      texts,
    )
  const subjects = tests
    .map((path) => ({ paths: testSubjects(writing, path), lines: writing.repo.files.get(path)?.lines ?? 0 }))
    .filter(({ paths }) => paths.length > 0)
  const isKnown = subjects.length * 2 > tests.length
  const covered = isKnown ? coveredBy(subjects) : []
  if (covered.length > 0) {
    const isAll = tests.every((path) => testsOnly(writing, path, covered))
    return texts.module.testsOf(namesOf(covered), isAll)
  }
  const folders = foldersIn(tests)
  if (folders.length > 1)
    return texts.overview.testsIn(
      few(
        folders.map((folder) => [{ ...code(folder), data: { isQuoted: true } }]),
        MAX_FOLDERS,
        texts,
      ),
    )
  const all = isKnown ? bySubject(subjects).map(([path]) => path) : []
  if (all.length > 0) return texts.module.testsOf(namesOf(all), true)
  return texts.module.testsNamed(
    few(
      tests.map((path) => toFile(path, nameOf(path))),
      MAX_NAMED,
      texts,
    ),
  )
}

/** The name of a file; without its folder, a program without an extension looks like a file that has one. */
const nameIn = (path: string): string =>
  ENTRY.test(nameOf(path)) || !nameOf(path).includes('.') ? within(folderOf(folderOf(path)), path) : nameOf(path)

/** Of a file of tests. */
interface Subjects {
  paths: readonly string[]
  lines: number
}

/** All subjects with the lines of the tests that are about each, the most first: one long file may hold most of the tests. */
function bySubject(subjects: readonly Subjects[]): [path: string, lines: number][] {
  const counts = new Map<string, number>()
  for (const { paths, lines } of subjects)
    for (const subject of paths) counts.set(subject, (counts.get(subject) ?? 0) + lines)
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
}

/** All subjects where they are few, else the first of them that most tests are about, each of them much more often than the next one. */
function coveredBy(subjects: readonly Subjects[]): string[] {
  const sorted = bySubject(subjects)
  const paths = sorted.map(([path]) => path)
  if (paths.length <= MAX_COVERED) return paths
  for (let end = 1; end <= MAX_COVERED; end++) {
    const first = paths.slice(0, end)
    const linesIn = (some: readonly Subjects[]): number => some.reduce((sum, { lines }) => sum + lines, 0)
    const covering = subjects.filter(({ paths: own }) => own.some((path) => first.includes(path)))
    if (linesIn(covering) >= CLEAR * linesIn(subjects) && (sorted[end]?.[1] ?? 0) * 2 <= (sorted[end - 1]?.[1] ?? 0))
      return first
  }
  return []
}

/** The folders below the one that all files are in. */
function foldersIn(paths: readonly string[]): string[] {
  const split = paths.map((path) => folderOf(path).split('/'))
  const [first = []] = split
  const differs = first.findIndex((name, at) => split.some((folders) => folders[at] !== name))
  // Behind a root of sources, folders are the names of packages.
  if (differs !== -1 && first.slice(0, differs).some((name) => SOURCE_ROOT.test(name))) return []
  const depth = differs === -1 ? first.length : differs
  return [...new Set(split.flatMap((folders) => folders[depth] ?? []))].sort(compareText)
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
