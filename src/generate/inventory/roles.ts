/** What a file is for, by its path and language. Rules in order; the first that fits wins. */

import type { FileRole } from '#generate/model.ts'
import { typeOfLanguage } from './languages.ts'

const MANIFESTS = new Set([
  'package.json',
  'pnpm-workspace.yaml',
  'lerna.json',
  'deno.json',
  'deno.jsonc',
  'jsr.json',
  'bower.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'Pipfile',
  'environment.yml',
  'Cargo.toml',
  'go.mod',
  'go.work',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'settings.gradle',
  'settings.gradle.kts',
  'build.sbt',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'rebar.config',
  'pubspec.yaml',
  'Package.swift',
  'Podfile',
  'CMakeLists.txt',
  'meson.build',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'Justfile',
  'justfile',
  'configure.ac',
  'conanfile.txt',
  'conanfile.py',
  'vcpkg.json',
  'dune-project',
  'stack.yaml',
  'elm.json',
  'shard.yml',
  'Project.toml',
  'DESCRIPTION',
  'WORKSPACE',
  'MODULE.bazel',
])

const MANIFEST_ENDINGS = ['.gemspec', '.cabal', '.csproj', '.fsproj', '.vbproj', '.sln', '.nimble', '.podspec', '.opam']

const CI_FOLDERS = [
  '.github/workflows/',
  '.github/actions/',
  '.circleci/',
  '.buildkite/',
  '.gitea/workflows/',
  '.forgejo/',
]
const CI_NAMES = new Set([
  '.gitlab-ci.yml',
  '.travis.yml',
  'appveyor.yml',
  '.appveyor.yml',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  'Jenkinsfile',
  '.drone.yml',
  '.woodpecker.yml',
  '.cirrus.yml',
  'cloudbuild.yaml',
])

const CONTAINER_NAME = /^(?:(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml|\.dockerignore)$/

const TEST_FOLDERS = new Set([
  'test',
  'tests',
  'testing',
  '__tests__',
  '__mocks__',
  '__fixtures__',
  'spec',
  'specs',
  'e2e',
  'testdata',
  'test-data',
  'fixtures',
  'cypress',
  'runtime-tests',
])
const TEST_NAME =
  /^(?:test_.*\.pyi?|.*_test\.(?:py|go|rb|dart|exs|cc|cpp|c)|conftest\.py|.*[.-](?:test|tests|spec|test-d|bench|e2e)\.[cm]?[jt]sx?|.*(?:Test|Tests|Spec|IT)\.(?:java|kt|scala|cs|php|swift|groovy)|.*_spec\.rb)$/

const EXAMPLE_FOLDERS = new Set([
  'example',
  'examples',
  'sample',
  'samples',
  'demo',
  'demos',
  'playground',
  'playgrounds',
])
const DOCS_FOLDERS = new Set(['doc', 'docs', 'documentation', 'man', 'website'])

const CONFIG_NAME =
  /^(?:\..*rc(?:\.[\w.]+)?|.*\.config\.[cm]?[jt]s|\.[\w.-]+|[jt]sconfig.*\.json|tox\.ini|.*\.toml|biome\.jsonc?)$/
const CONFIG_LANGUAGES = new Set(['ini', 'toml', 'yaml', 'dotenv', 'jsonc', 'ignore-list'])

/** Longer names are no file system's and are not looked into. */
const MAX_NAME = 255

/** Text that a program or a person wrote for one of these ends. */
export function roleOf(path: string, language: string | null, isDocumentation: boolean): FileRole {
  const segments = path.split('/')
  const name = segments.pop() ?? ''
  if (name.length > MAX_NAME) return 'data'
  const type = language === null ? undefined : typeOfLanguage(language)
  if (CI_NAMES.has(name) || CI_FOLDERS.some((folder) => path.startsWith(folder))) return 'ci'
  if (language === 'dockerfile' || CONTAINER_NAME.test(name)) return 'container'
  if (isTestPath(segments, name)) return 'test'
  if (segments.some((folder) => EXAMPLE_FOLDERS.has(folder))) return 'example'
  if (MANIFESTS.has(name) || MANIFEST_ENDINGS.some((ending) => name.endsWith(ending))) return 'manifest'
  if (isDocumentation || type === 'prose') return 'docs'
  if (type !== undefined && type !== 'data' && segments[0] !== undefined && DOCS_FOLDERS.has(segments[0])) return 'docs'
  if (CONFIG_NAME.test(name)) return 'config'
  if (type === 'code' || type === 'markup') return 'code'
  if (language !== null && CONFIG_LANGUAGES.has(language)) return 'config'
  return 'data'
}

function isTestPath(folders: readonly string[], name: string): boolean {
  return TEST_NAME.test(name) || folders.some((folder) => TEST_FOLDERS.has(folder))
}
