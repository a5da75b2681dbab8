/** Describes tests by what they test and where they are, not by their number, which each tool counts differently. */

import { compareText } from '#generate/model.ts'
import { few } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { code, type Inline } from '#markdown/build.ts'
import { testFiles } from './test-files.ts'
import { ENTRY, testSubjects, testsOnly } from './test-subjects.ts'

/** Limit on the tested files that are named. */
const MAX_COVERED = 3
/** Minimum share of the lines of tests with known subjects that are about the named files. */
const CLEAR = 0.6
/** Limit on the test files that are named if their subjects are unknown. */
const MAX_NAMED = 5
const MAX_FOLDERS = 3
/** Minimum share of the lines of all tests that is worth mentioning. */
const NOTABLE = 0.25
/** Matches source roots of languages: `src/test/java/org`. */
const SOURCE_ROOT = /^(?:groovy|java|kotlin|scala|swift)$/
/** Matches folders of tests, and test source sets: `src/jvmTest`. */
const FOLDER = /^(?:.{0,60}[._-])?(?:__tests__|e2e|specs?|tests?|testing)$|^[a-z]\w{0,60}Test$/i

/**
 * `tests of a.py, b.py` if most tests are about a few files; otherwise their folders, or the most tested files, or
 * the names of some tests if most subjects are unknown.
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

/** The name of a file, with its folder if it has no extension. */
const nameIn = (path: string): string =>
  ENTRY.test(nameOf(path)) || !nameOf(path).includes('.') ? within(folderOf(folderOf(path)), path) : nameOf(path)

/** The subjects of a test file and its length in lines. */
interface Subjects {
  paths: readonly string[]
  lines: number
}

/** The subjects with the number of lines of their tests, largest first: one long file may contain most of the tests. */
function bySubject(subjects: readonly Subjects[]): [path: string, lines: number][] {
  const counts = new Map<string, number>()
  for (const { paths, lines } of subjects)
    for (const subject of paths) counts.set(subject, (counts.get(subject) ?? 0) + lines)
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
}

/** All subjects if they are few; otherwise the first ones, if most tests are about them and far fewer about the next. */
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

/** The folders directly below the common folder, those with the most tests first; none if most tests are in no such folder. */
function foldersIn(paths: readonly string[]): string[] {
  const split = paths.map((path) => folderOf(path).split('/'))
  const [first = []] = split
  const differs = first.findIndex((name, at) => split.some((folders) => folders[at] !== name))
  // Below a source root, folders are packages.
  if (differs !== -1 && first.slice(0, differs).some((name) => SOURCE_ROOT.test(name))) return []
  const depth = differs === -1 ? first.length : differs
  const counts = new Map<string, number>()
  for (const { [depth]: folder } of split) if (folder !== undefined) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  const isBeside = split.filter((folders) => folders.length <= depth).length * 2 > split.length
  return isBeside ? [] : [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([folder]) => folder)
}

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
  const at = folders.findIndex((folder) => FOLDER.test(folder))
  return at === -1 ? undefined : folders.slice(0, at + 1).join('/')
}
