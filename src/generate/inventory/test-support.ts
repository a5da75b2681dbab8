/**
 * Finds test code that paths do not reveal: base classes and helpers that extend a test framework. Excluded if the documents
 * name them, or if the framework is installed with the package: then they are part of the product.
 */

import { push } from '#base/multimap.ts'
import type { Incidents } from '#generate/incidents.ts'
import { compareText, type SourceFile } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'

interface Framework {
  languages: RegExp
  /** Matches a line of a file that uses the framework. */
  line: RegExp
  /** Names of the manifests that list the dependencies of users. */
  manifest: RegExp
  /** Whether a manifest with this text installs the framework for users. */
  isShipped(text: string): boolean
}

const MAX_TEXT = 200_000
const MAX_LINES = 5_000
const MAX_LINE = 200
const MAX_NAMES = 20
/** Changelogs and the like, which name everything. */
const HISTORY = /(?:^|\/)(?:change|history|news|release|migrat|upgrad)/i
const never = (): boolean => false

const FRAMEWORKS: readonly Framework[] = [
  {
    languages: /^php$/,
    line: /\bextends \\?(?:PHPUnit\\Framework\\)?(?:\w{0,80}TestCase|Assert)\b|\bextends \\?(?:Codeception\\|Behat\\)/,
    manifest: /^composer\.json$/,
    isShipped: (text) => /"(?:phpunit\/|pestphp\/|codeception\/|orchestra\/testbench)/.test(tableOf(text, 'require')),
  },
  {
    languages: /^python$/,
    line: /^class \w{1,80}\([^)]{0,80}\b(?:unittest\.|IsolatedAsyncio)?TestCase\b|^(?:import pytest$|from (?:pytest|_pytest)\b)/,
    manifest: /^(?:pyproject\.toml|setup\.(?:py|cfg))$/,
    isShipped: (text) =>
      /\bpytest11\b|^dependencies\s?=\s?\[[^\]]{0,2000}["']pytest|install_requires[^\]]{0,2000}["'\s]pytest/m.test(
        text,
      ),
  },
  {
    languages: /^go$/,
    line: /^func (?:\([^)]{1,60}\) )?[A-Z]\w{0,60}\((?:[^)]{0,80}[ ,])?\*?testing\.(?:T|TB|B|F)\b/,
    manifest: /^$/,
    isShipped: never,
  },
  {
    languages: /^swift$/,
    line: /^import (?:XCTest|Testing)\b/,
    manifest: /^Package\.swift$/,
    isShipped: (text) => /\.library\([^)]{0,400}"\w{0,60}(?:XCT|Test)\w{0,60}"/.test(text),
  },
  {
    languages: /^ruby$/,
    line: /^\s{0,8}class \S{1,80} < (?:::)?(?:Minitest::Test|Test::Unit::TestCase|ActiveSupport::TestCase)\b/,
    manifest: /\.gemspec$/,
    isShipped: (text) =>
      /\.add_(?:runtime_)?dependency[ (]{1,3}["'](?:minitest|test-unit|activesupport|rails)\b/.test(text),
  },
  {
    languages: /^(?:javascript|typescript|jsx|tsx)$/,
    line: /^import .{0,120} from ['"](?:vitest|@jest\/globals|node:test|mocha|ava|uvu|tape|@playwright\/test)['"]/,
    manifest: /^package\.json$/,
    isShipped: (text) =>
      /"(?:vitest|@jest\/globals|jest|mocha|ava|uvu|tape|@playwright\/test)"/.test(
        tableOf(text, 'dependencies') + tableOf(text, 'peerDependencies'),
      ),
  },
]

/** A comment for a test of types: the next line must not compile, or must have a certain type. */
const TYPE_TEST = /^\s{0,60}\/\/ (?:THROWS \S|\$Expect(?:Error|Type)\b)/
const MANY_ERRORS = 3
/** Match the project file of a .NET test project, and of a project that only refers to a test library. */
const NO_TEST_PROJECT = /<IsTestProject>\s?false/i
const TEST_PROJECT =
  /<IsTestProject>\s?true|"Microsoft\.NET\.Test\.Sdk"|\bInclude="(?:xunit|NUnit|MSTest)(?:\.\w{1,40})?"/i

/** Paths of test code among the files that have the role `code`. */
export function testSupportIn(files: readonly SourceFile[], incidents: Incidents): ReadonlySet<string> {
  const code = files.filter(
    ({ role, text, vendored, generated }) => role === 'code' && text !== null && !vendored && !generated,
  )
  const found = new Set<string>()
  const typeTests = new Set<string>()
  const isTestProject = (text: string): boolean => TEST_PROJECT.test(text) && !NO_TEST_PROJECT.test(text)
  const projects = files
    .filter(
      ({ path, text, role }) =>
        /\.(?:cs|fs|vb)proj$/.test(path) && role !== 'test' && isTestProject((text ?? '').slice(0, MAX_TEXT)),
    )
    .map(({ path }) => `${folderOf(path)}/`)
  const about = { stage: 'inventory', fileOf: ({ path }: SourceFile): string => path }
  incidents.each(code, about, (file) => {
    const { path, language } = file
    const framework = FRAMEWORKS.find(({ languages }) => languages.test(language ?? ''))
    const isOfProject = language === 'csharp' && projects.some((folder) => path.startsWith(folder))
    if (isOfProject || (framework !== undefined && linesOf(file).some((line) => framework.line.test(line))))
      found.add(path)
    if (/^(?:typescript|tsx)$/.test(language ?? '') && isTypeTest(file)) typeTests.add(path)
  })
  if (found.size === 0) return typeTests
  const shipped = new Map(FRAMEWORKS.map((framework) => [framework, new Map<string, boolean>()]))
  const manifests = files.filter(({ role }) => role === 'manifest')
  incidents.each(manifests, about, ({ path, text }) => {
    for (const [framework, folders] of shipped)
      if (framework.manifest.test(nameOf(path)))
        folders.set(
          folderOf(path),
          folders.get(folderOf(path)) === true || framework.isShipped((text ?? '').slice(0, MAX_TEXT)),
        )
  })
  const isShipped = ({ path, language }: SourceFile): boolean =>
    [...shipped].some(([{ languages }, folders]) => languages.test(language ?? '') && nearest(folders, path) === true)
  const words = wordsOfDocuments(files)
  // A package of Go is imported as a whole: most of its files are for tests, or none is.
  const packages = new Map<string, SourceFile[]>()
  for (const one of code) if (one.language === 'go') push(packages, folderOf(one.path), one)
  const ofOthers = new Set(
    [...packages.values()].flatMap((all) =>
      all.filter(({ path }) => found.has(path)).length * 2 < all.length ? all : [],
    ),
  )
  // If most of the code is of this kind, it is the product.
  const kept = code.filter(
    (file) =>
      found.has(file.path) && !isShipped(file) && !ofOthers.has(file) && !namesOf(file).some((name) => words.has(name)),
  )
  const support = kept.length * 2 > code.length ? [] : kept.map(({ path }) => path)
  return new Set([...support, ...typeTests].sort(compareText))
}

/** The value of the nearest folder around a path. */
function nearest(folders: ReadonlyMap<string, boolean>, path: string): boolean | undefined {
  for (let folder = path; folder !== ''; ) {
    folder = folderOf(folder)
    const found = folders.get(folder)
    if (found !== undefined) return found
  }
  return undefined
}

/** Matches names of test doubles: `StubConnection.php`, `ConnectionMock.php`. */
const DOUBLE = /^(?:Fake|Mock|Stub)(?=[A-Z])|[a-z\d](?:Fake|Mock|Stub|TestCase)\.\w{1,9}$/

/** Whether a file is for tests by its name, which a library for tests may use as well. */
export const isTestDouble = (path: string): boolean => DOUBLE.test(nameOf(path))

const linesOf = ({ text }: SourceFile): string[] =>
  (text ?? '')
    .slice(0, MAX_TEXT)
    .split('\n', MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE))

/** Whether a file consists of tests of types: it has multiple, or one and no exports. */
function isTypeTest(file: SourceFile): boolean {
  const lines = linesOf(file)
  const expected = lines.filter((line) => TYPE_TEST.test(line)).length
  return expected >= MANY_ERRORS || (expected > 0 && !lines.some((line) => /^export\b/.test(line)))
}

/** The names by which documents would refer to a file: its types and functions, and its package if that is named after tests. */
function namesOf(file: SourceFile): string[] {
  const own = linesOf(file).flatMap(
    (line) =>
      DEFINES.exec(line)
        ?.slice(1)
        .find((name) => name !== undefined) ?? [],
  )
  const stems = [nameOf(folderOf(file.path)), nameOf(file.path).replace(/\.\w+$/, '')]
  return [...own.slice(0, MAX_NAMES), ...stems.filter((stem) => OF_TESTS.test(stem) && !GENERIC.test(stem))]
}

/** Matches the definition of a class, or of a top-level function. */
const DEFINES =
  /^(?:\s{0,8}(?:(?:export|abstract|final|public) ){0,3}class (\w{3,80})|(?:export )?(?:async )?(?:def|func|function) (\w{4,80}))/
const OF_TESTS = /.test|test./i
const GENERIC = /^test(?:s|ing|util)/i

function wordsOfDocuments(files: readonly SourceFile[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const { path, text, role } of files)
    if (role === 'docs' && !HISTORY.test(path) && /\.(?:md|mdx|markdown|rst|rdoc|adoc|txt)$/i.test(path))
      for (const [word] of (text ?? '').slice(0, MAX_TEXT).matchAll(/\w{3,80}/g)) words.add(word)
  return words
}

/** The text of one object of a JSON file, by its key. */
function tableOf(text: string, key: string): string {
  const at = text.indexOf(`"${key}"`)
  const open = at === -1 ? -1 : text.indexOf('{', at)
  return open === -1 ? '' : text.slice(open, text.indexOf('}', open) + 1)
}
