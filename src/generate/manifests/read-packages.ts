/** Reads the packages of a repository from their manifests. */

import { Incidents } from '#generate/incidents.ts'
import { compareText, type Inventory, type Package } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { readCargo } from './cargo.ts'
import { readComposer } from './composer.ts'
import { readConanRecipe, readConanText } from './conan.ts'
import { readDenoJson } from './deno-json.ts'
import { readDotnet } from './dotnet.ts'
import { readGoModule } from './go-module.ts'
import { readGradle } from './gradle.ts'
import { readMaven } from './maven.ts'
import { readPackageJson } from './package-json.ts'
import { isRequirements, readPythonProject, readRequirements } from './python-project.ts'
import { RepositoryFiles } from './repository-files.ts'
import { readGemfile, readGemspec } from './ruby-gem.ts'
import { readScalaBuild } from './scala-build.ts'
import { readSwift } from './swift.ts'

type Read = (path: string, files: RepositoryFiles) => Package | undefined

const BY_NAME: ReadonlyMap<string, Read> = new Map([
  ['package.json', readPackageJson],
  ['deno.json', readDenoJson],
  ['deno.jsonc', readDenoJson],
  ['pyproject.toml', readPythonProject],
  ['setup.cfg', readPythonProject],
  ['setup.py', readPythonProject],
  ['Cargo.toml', readCargo],
  ['go.mod', readGoModule],
  ['Gemfile', readGemfile],
  ['composer.json', readComposer],
  ['pom.xml', readMaven],
  ['build.gradle', readGradle],
  ['build.gradle.kts', readGradle],
  ['build.sbt', readScalaBuild],
  ['build.sc', readScalaBuild],
  ['build.mill', readScalaBuild],
  ['Package.swift', readSwift],
  ['conanfile.txt', readConanText],
  ['conanfile.py', readConanRecipe],
])
const BY_ENDING: readonly (readonly [ending: string, read: Read])[] = [
  ['.gemspec', readGemspec],
  ['.csproj', readDotnet],
  ['.fsproj', readDotnet],
  ['.vbproj', readDotnet],
]
/** Matches files that a Maven or Gradle project packs as data, such as the `pom.xml` of an archetype. */
const RESOURCE = /(?:^|\/)src\/\w+\/resources\//
/** Limit on manifests; those nearest to the root are read. */
const MAX_MANIFESTS = 1_000

/**
 * @returns Packages by depth, then by path. Manifests of tests and examples, vendored and generated ones, and those that are
 * resources of a program are left out.
 */
export function readPackages({ files }: Pick<Inventory, 'files'>, incidents = new Incidents()): Package[] {
  const repository = new RepositoryFiles(files)
  const own = files
    .filter(({ role, vendored, generated }) => role !== 'test' && role !== 'example' && !vendored && !generated)
    .map(({ path }) => path)
    .filter((path) => (readerOf(path) !== undefined || isRequirements(path)) && !RESOURCE.test(path))
    .sort(byPlace)
    .slice(0, MAX_MANIFESTS)
  const found: Package[] = []
  const readEach = (paths: readonly string[], read: Read): void => {
    incidents.each(paths, { stage: 'manifests', fileOf: (path) => path }, (path) => {
      const one = read(path, repository)
      if (one !== undefined) found.push(one)
    })
  }
  readEach(own, (path) => readerOf(path)?.(path, repository))
  const python = found.filter(({ ecosystem }) => ecosystem === 'pypi')
  readEach(own.filter(isRequirements), (path) => readRequirements(path, repository, python))
  return found.sort((a, b) => byPlace(a.manifest, b.manifest))
}

function byPlace(a: string, b: string): number {
  return depthOf(a) - depthOf(b) || compareText(folderOf(a), folderOf(b)) || compareText(a, b)
}

function depthOf(path: string): number {
  return path.split('/').length
}

function readerOf(path: string): Read | undefined {
  const name = nameOf(path)
  return BY_NAME.get(name) ?? BY_ENDING.find(([ending]) => name.endsWith(ending))?.[1]
}
