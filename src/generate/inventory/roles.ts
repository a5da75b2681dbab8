/** Determines the purpose of a file by its path and language. The first matching rule wins. */

import type { FileRole } from '#generate/model.ts'
import { typeOfLanguage } from './languages.ts'

const MANIFESTS = new Set(
  `package.json pnpm-workspace.yaml lerna.json deno.json deno.jsonc jsr.json bower.json pyproject.toml setup.py
  setup.cfg requirements.txt Pipfile environment.yml Cargo.toml go.mod go.work pom.xml build.gradle
  build.gradle.kts settings.gradle settings.gradle.kts build.sbt Gemfile composer.json mix.exs rebar.config
  pubspec.yaml Package.swift Podfile CMakeLists.txt meson.build Makefile makefile GNUmakefile Justfile justfile
  configure.ac conanfile.txt conanfile.py vcpkg.json dune-project stack.yaml elm.json shard.yml Project.toml
  DESCRIPTION WORKSPACE MODULE.bazel`.split(/\s+/),
)

const MANIFEST_ENDINGS = [
  ...['.gemspec', '.cabal', '.csproj', '.fsproj', '.vbproj', '.sln', '.nimble', '.podspec', '.opam'],
  ...['.sbt', '.gradle', '.gradle.kts'],
]
/** Code of the build in its own folder: `project/Dependencies.scala` of sbt, `buildSrc` of Gradle. */
const BUILD_CODE = /^(?:project\/[^/]{1,200}\.scala$|buildSrc\/)/

const CI_FOLDERS = [
  '.github/workflows/',
  '.github/actions/',
  '.circleci/',
  '.buildkite/',
  '.gitea/workflows/',
  '.forgejo/',
]
const CI_NAMES = new Set(
  `.gitlab-ci.yml .travis.yml appveyor.yml .appveyor.yml azure-pipelines.yml bitbucket-pipelines.yml Jenkinsfile
  .drone.yml .woodpecker.yml .cirrus.yml cloudbuild.yaml`.split(/\s+/),
)

const CONTAINER_NAME = /^(?:(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml|\.dockerignore)$/

const TEST_FOLDERS = new Set(
  `test tests testing __tests__ __mocks__ __fixtures__ __testfixtures__ spec specs e2e testdata test-data fixtures cypress
  runtime-tests unittests integrationtests compile-fail compile_fail trybuild`.split(/\s+/),
)
/** Names of folders for one kind of test: `tests_e2e`, `test-utils`. */
const KIND_OF_TESTS =
  /^tests?[-_](?:acceptance|api|browser|data|e2e|functional|helpers?|integration|smoke|support|system|ui|unit|utils?)$/
const TEST_NAME =
  /^(?:tests?\.(?:c|cc|cpp|py|rb|[cm]?[jt]s|sh)|test_.*\.pyi?|.*_test\.(?:py|go|rb|dart|exs|cc|cpp|c)|conftest\.py|.*[.-](?:test|tests|spec|test-d|bench|e2e)\.[cm]?[jt]sx?|.*(?:Test|Tests|Spec|IT)\.(?:java|kt|scala|cs|php|swift|groovy)|.*_spec\.rb)$/

const EXAMPLE_FOLDERS = new Set(
  'example examples sample samples demo demos playground playgrounds docs_src docs-src'.split(' '),
)
/**
 * Files that set up tests, in any folder: `spec_helper.rb`, `test-helpers.ts`, `vitest.setup.ts`, `setupTests.js`. Not of Go, where
 * they are part of the package.
 */
const TEST_HELPER =
  /^(?:(?:test|spec)[-_.]?(?:helpers?|setup)\.(?:py|rb|php|exs?|dart|[cm]?[jt]sx?)|(?:jest|vitest|karma|playwright)[-._]?setup\.[cm]?[jt]sx?|setup[-_]?tests?\.[cm]?[jt]sx?)$/i

/** An example beside the code, in the top folder. */
const EXAMPLE_NAME = /^(?:examples?|demo)\.(?:c|cc|cpp|py|rb|php|sh|swift|[cm]?[jt]s)$/

/** The subject of an example, before the word: `watchOS Example`, `redis-demo`. */
const EXAMPLE_OF = /^.{1,60}[ _-](?=(?:example|sample|demo)s?$)/
/** Names of projects in Xcode; elsewhere, `example-parser` may be a package. */
const EXAMPLE_FOR = /^Examples?[ _-]/
/** Source sets of Maven and Gradle below `src`: `main`, `commonMain`; `androidTest`, `testFixtures`, `jmh` (benchmarks). */
const MAIN_SET = /^(?:main|[a-z]\w{0,60}Main)$/
/** The folder between a source set and its packages. */
const IN_SET = /^(?:java|kotlin|scala|groovy|clojure|resources|webapp|proto|cpp|jni|res|aidl)(?:-?[\d.]{1,8})?$/
const TEST_SET = /^(?:jmh|[a-z]\w{0,60}Test|test[A-Z]\w{0,60})$/
/** Those that elsewhere may be packages: `src/it/java`, `src/integration-test/resources`. */
const TEST_SET_BEFORE_LANGUAGE = /^(?:it|[a-z][\w-]{0,60}-tests?)$/
/** Files that build the documents in their folder. */
const OF_DOCS = /^(?:(?:GNUm|M|m)akefile|make\.bat|requirements[\w-]*\.txt|environment\.yml|Gemfile|conf\.py)$/
const DOCS_FOLDERS = new Set(['doc', 'docs', 'documentation', 'man', 'website'])

const CONFIG_NAME =
  /^(?:\..*rc(?:\.[\w.]+)?|.*\.config\.[cm]?[jt]s|\.[\w.-]+|[jt]sconfig.*\.json|tox\.ini|.*\.toml|biome\.jsonc?)$/
const CONFIG_LANGUAGES = new Set(['ini', 'toml', 'yaml', 'dotenv', 'jsonc', 'ignore-list'])

/** Limit on the length of a name; no file system has longer ones. */
const MAX_NAME = 255

/** Facts about folders that depend on all paths of the repository. */
export interface Folders {
  /** Whether a folder has a manifest, or is a Python package inside another. */
  isPackage(folder: string): boolean
  /** Whether a folder is a Python package, at the top too. */
  isPython(folder: string): boolean
  /** Whether examples in this folder are the main code, because there is hardly any other. */
  isMain(folder: string): boolean
  /** Whether Composer loads the folder for users (`true`) or for tests only; `undefined` if no manifest names it. */
  isLoaded?(folder: string): boolean | undefined
  /** Whether a folder `t` holds the tests of Perl, `*.t`, or one of a gem the helper of its tests: `lib/orbit/spec/spec_helper.rb`. */
  isOfTests?(folder: string): boolean
  /** Whether a file `test.js` exports the class `Test`. */
  isOffered?(path: string): boolean
}

const NOTHING_KNOWN: Folders = { isPackage: () => false, isPython: () => false, isMain: () => false }

/** The role of a text file. */
export function roleOf(
  path: string,
  language: string | null,
  isDocumentation: boolean,
  known: Folders = NOTHING_KNOWN,
): FileRole {
  const segments = path.split('/')
  const name = segments.pop() ?? ''
  if (name.length > MAX_NAME) return 'data'
  const type = language === null ? undefined : typeOfLanguage(language)
  if (CI_NAMES.has(name) || CI_FOLDERS.some((folder) => path.startsWith(folder))) return 'ci'
  if (language === 'dockerfile' || CONTAINER_NAME.test(name)) return 'container'
  const main = language === 'ruby' ? libraryIn(segments, known) : mainSetIn(segments)
  const around = main === -1 ? segments : segments.slice(0, main)
  const source = language === 'php' ? sourceIn(segments, known) : -1
  // A namespace may be about tests: `Node/Expression/Test/OddTest.php` of a template engine, `test.py` of a package for
  // the web, `test.js` with the class of a test framework. Actual tests extend a test case or import pytest.
  const isOfSource =
    (source >= 0 && name.endsWith('Test.php')) ||
    (name === 'test.py' && known.isPython(segments.join('/'))) ||
    known.isOffered?.(path) === true
  const outside = source < 0 ? around : around.map((folder, at) => (at >= source && folder === 'Test' ? '' : folder))
  if (!isDocument(segments, language, known)) {
    if (main === -1 && ((TEST_NAME.test(name) && !isOfSource) || TEST_HELPER.test(name))) return 'test'
    if (isTestFolder(isTestPackage(segments, name) ? outside.slice(0, -1) : outside, known, main !== -1)) return 'test'
  }
  const example = exampleFolderOf(path)
  if (example !== undefined && !known.isMain(example)) return 'example'
  if (segments.length === 0 && EXAMPLE_NAME.test(name) && !known.isMain('')) return 'example'
  if (OF_DOCS.test(name) && DOCS_FOLDERS.has(segments[0]?.toLowerCase() ?? '')) return 'docs'
  if (MANIFESTS.has(name) || MANIFEST_ENDINGS.some((ending) => name.endsWith(ending))) return 'manifest'
  if (isDocumentation || type === 'prose') return 'docs'
  if (type === 'code' && BUILD_CODE.test(path)) return 'config'
  if (type !== undefined && type !== 'data' && DOCS_FOLDERS.has(segments[0]?.toLowerCase() ?? '')) return 'docs'
  if (CONFIG_NAME.test(name)) return 'config'
  if (type === 'code' || type === 'markup') return 'code'
  if (language !== null && CONFIG_LANGUAGES.has(language)) return 'config'
  return 'data'
}

/** Whether a file is the main one of a package of Go that helps users write tests: `hooks/test/test.go`. */
const isTestPackage = (segments: readonly string[], name: string): boolean =>
  segments.length > 1 && !segments.includes('internal') && name === `${segments.at(-1)}.go`

/**
 * The first folder of a path that is named as a folder of examples. Names of packages do not count:
 * `src/main/java/org/springframework/samples` is the main code.
 */
export function exampleFolderOf(path: string): string | undefined {
  const segments = path.split('/').slice(0, -1)
  const main = mainSetIn(segments)
  const isDotnet = /\.(?:cs|fs|vb)(?:proj)?$/.test(path)
  const at = (main === -1 ? segments : segments.slice(0, main)).findIndex((folder) => {
    // Go's tools ignore `_example`.
    const word = wordOf(folder).replace(/^_/, '').replace(EXAMPLE_OF, '')
    // Code included in .NET documents; elsewhere `snippets` may be those of an editor.
    return EXAMPLE_FOLDERS.has(word) || EXAMPLE_FOR.test(folder) || (isDotnet && word === 'snippets')
  })
  return at === -1 ? undefined : segments.slice(0, at + 1).join('/')
}

/** Folders for step definitions of Cucumber and Behave. */
const STEPS = /^(?:steps?|step_definitions|support)$/

/** Index of the segment where a main source set begins; everything after it is a package. -1 without one. */
function mainSetIn(folders: readonly string[]): number {
  return folders.findIndex(
    (folder, index) => MAIN_SET.test(folder) && folders[index - 1] === 'src' && IN_SET.test(folders[index + 1] ?? ''),
  )
}

/**
 * Index of a gem's `lib` folder, below which everything is part of the library, even `rack/test.rb`, except a suite of tests with its
 * helper. -1 without one.
 */
function libraryIn(folders: readonly string[], known: Folders): number {
  const isSuite = (folder: string, index: number): boolean =>
    TEST_FOLDERS.has(folder) && known.isOfTests?.(folders.slice(0, index + 1).join('/')) === true
  const library = folders.findIndex(
    (folder, index) => folder === 'lib' && known.isPackage(folders.slice(0, index).join('/')),
  )
  return library !== -1 && folders.some((folder, index) => index > library && isSuite(folder, index)) ? -1 : library
}

/** Number of the leading folders that are a source root of a package of PHP for users; -1 if there is none. */
function sourceIn(folders: readonly string[], known: Folders): number {
  for (let end = folders.length; end >= 0; end--) {
    const isLoaded = known.isLoaded?.(folders.slice(0, end).join('/'))
    if (isLoaded !== undefined) return isLoaded ? end : -1
    const isSource = /^(?:src|lib)$/.test(folders[end - 1] ?? '')
    if (isSource && known.isPackage(folders.slice(0, end - 1).join('/'))) return end
  }
  return -1
}

/** Whether it is a page in a folder of documents that is not a folder of tests: `doc/tests/odd.rst`. */
function isDocument(folders: readonly string[], language: string | null, known: Folders): boolean {
  if (language === null || language === 'text' || typeOfLanguage(language) !== 'prose') return false
  const at = folders.findIndex((folder) => DOCS_FOLDERS.has(folder.toLowerCase()))
  return at >= 0 && !isTestFolder(folders.slice(0, at), known)
}

/** @param isPublished - Whether a source set for users is below the folders. */
function isTestFolder(folders: readonly string[], known: Folders, isPublished = false): boolean {
  return folders.some((folder, index) => {
    if (folders[index - 1] === 'src') {
      if (TEST_SET.test(folder)) return true
      if (TEST_SET_BEFORE_LANGUAGE.test(folder) && IN_SET.test(folders[index + 1] ?? '')) return true
    }
    if (folder === 't') return known.isOfTests?.(folders.slice(0, index + 1).join('/')) === true
    const word = wordOf(folder)
    // The sources before and after a rewrite rule.
    if (/^(?:in|out)put$/.test(word) && folders.some((one) => one.startsWith('scalafix'))) return true
    // Step definitions are test code.
    if (word === 'features' && STEPS.test(folders[index + 1] ?? '')) return true
    // Packages about testing, such as `numpy.testing`, `@nestjs/testing` and `modules/testing/src/main`, are not tests.
    if (word === 'testing' && index > 0) return !isPublished && !known.isPackage(folders.slice(0, index + 1).join('/'))
    return TEST_FOLDERS.has(word) || KIND_OF_TESTS.test(word)
  })
}

/** The last word of a folder's name: `Acme.Core.Tests` → `tests`. */
function wordOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('.') + 1).toLowerCase()
}
