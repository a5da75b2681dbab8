/** Finds the public API of each package that users can install, and the public headers. */

import {
  type Analysis,
  compareText,
  type Ecosystem,
  type Package,
  type SourceFile,
  type Surface,
  type SurfacePath,
} from '#generate/model.ts'
import { foldersAround } from '#generate/paths.ts'
import { goImportPath, goPackages } from './go-packages.ts'
import { headersOf } from './headers.ts'
import { javascriptModules } from './javascript-modules.ts'
import { namespacesOf } from './namespaces.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { pythonModules } from './python-modules.ts'
import { crateOf } from './rust-crate.ts'
import { swiftModules } from './swift-modules.ts'
import { isThirdPartyHeader } from './third-party-headers.ts'

type Find = (about: NamedPackage, files: PackageFiles) => SurfacePath[]

/** All except `pythonModules`, which also returns other paths. */
const FINDERS: Partial<Record<Ecosystem, Find>> = {
  npm: javascriptModules,
  jsr: javascriptModules,
  cargo: crateOf,
  go: goPackages,
  rubygems: namespacesOf,
  packagist: namespacesOf,
  maven: namespacesOf,
  nuget: namespacesOf,
  swift: swiftModules,
  conan: (_, files) => headersOf(files),
}

/** Folders whose packages are for development, or are templates. */
const DEVELOPMENT_FOLDER =
  /(?:^|\/)_?(?:benchmarks?|demos?|docs?|e2e|examples?|fixtures?|fuzz|integration|playgrounds?|samples?|scripts|templates?|test(?:s|data|ing|_suite)?|tools?|website|www)\//i

/**
 * @param packages - All packages; those in tests, examples and vendored code are ignored.
 * @param name - Name of the repository, for headers and Go packages without a manifest.
 */
export function surfacesOf(
  packages: readonly Package[],
  analysis: Analysis,
  files: readonly SourceFile[],
  name: string,
): Surface[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const own = packages.filter(
    (one): one is NamedPackage =>
      one.name !== null && isOwn(byPath.get(one.manifest)) && !DEVELOPMENT_FOLDER.test(one.manifest),
  )
  const offered = files.filter((file) => isOwn(file) && !isThirdPartyHeader(file, name))
  const filesOf = filesByFolder(own, offered)
  const surfaces = own.flatMap((about): Surface[] => {
    const { ecosystem, folder, isPrivate } = about
    const inside = filesOf.get(ecosystem)?.get(folder) ?? []
    const context = { inside, analysis, byPath }
    const { paths, also } =
      ecosystem === 'pypi'
        ? pythonModules(about, context)
        : { paths: FINDERS[ecosystem]?.(about, context) ?? [], also: [] }
    if (paths.length === 0) return []
    return [{ ecosystem, package: about.name, folder, isPrivate, paths, ...(also.length > 0 && { also }) }]
  })
  if (!packages.some(({ ecosystem }) => ecosystem === 'go')) {
    const path = offered.some(({ language }) => language === 'go') ? goImportPath(name, files) : undefined
    const paths =
      path === undefined ? [] : goPackages({ name: path, folder: '' }, { inside: offered, analysis, byPath })
    if (path !== undefined && paths.length > 0)
      surfaces.push({ ecosystem: 'go', package: path, folder: '', isPrivate: false, paths })
  }
  const headers = surfaces.some(({ ecosystem }) => ecosystem === 'conan')
    ? []
    : headersOf({ inside: offered, analysis, byPath })
  if (headers.length > 0)
    surfaces.push({ ecosystem: null, package: name, folder: '', isPrivate: false, paths: headers })
  return surfaces.sort((a, b) => compareText(a.folder, b.folder) || compareText(a.package, b.package))
}

function isOwn(file: SourceFile | undefined): boolean {
  return file !== undefined && !file.vendored && file.role !== 'test' && file.role !== 'example' && file.role !== 'docs'
}

/** For each ecosystem, the files whose innermost package is in a folder, keyed by that folder. */
function filesByFolder(
  packages: readonly NamedPackage[],
  files: readonly SourceFile[],
): ReadonlyMap<Ecosystem, ReadonlyMap<string, SourceFile[]>> {
  const byEcosystem = new Map<Ecosystem, Map<string, SourceFile[]>>()
  for (const { ecosystem, folder } of packages) {
    const folders = byEcosystem.get(ecosystem) ?? new Map<string, SourceFile[]>()
    byEcosystem.set(ecosystem, folders.set(folder, []))
  }
  for (const file of files) {
    const around = [...foldersAround(file.path), '']
    for (const folders of byEcosystem.values())
      folders.get(around.find((folder) => folders.has(folder)) ?? '')?.push(file)
  }
  return byEcosystem
}
