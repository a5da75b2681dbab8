/** Reads Cargo.toml: inherited fields, the library, and whether the package is published. */

import { memoized } from '#base/memoize.ts'
import { at, type Located, textAt } from '#generate/formats/located.ts'
import type { Package } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { dependenciesOf } from './cargo-dependencies.ts'
import { featuresOf } from './cargo-features.ts'
import { programsOf } from './cargo-programs.ts'
import { isInherited, tablesOf, workspaceOf } from './cargo-tables.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

export function readCargo(path: string, files: RepositoryFiles): Package | undefined {
  const manifest = files.values(path)
  const own = at(manifest, 'package')
  if (manifest === undefined || (own === undefined && at(manifest, 'workspace') === undefined)) return undefined
  const folder = folderOf(path)
  const workspace = workspaceOf(own, folder, files)
  const text = (key: string): string | undefined =>
    isInherited(at(own, key))
      ? textAt(workspace, 'package', key)
      : (textAt(own, key) ?? (own === undefined ? textAt(manifest, 'workspace', 'package', key) : undefined))
  const name = textAt(own, 'name')
  const isPrivate = isUnpublished(own, workspace)
  const isInner =
    name !== undefined &&
    (isPrivate || unversioned(manifest, workspace).length > 0 || (folder !== '' && innerNames(files).has(name)))
  const features = featuresOf(manifest)
  const library = files.fileAt(folder, textAt(manifest, 'lib', 'path') ?? 'src/lib.rs')
  const isLibrary = library !== undefined
  return newPackage('cargo', path, {
    name,
    version: text('version'),
    needs: ['Rust', text('rust-version')],
    description: text('description'),
    licence: text('license'),
    isPrivate,
    isInner,
    dependencies: dependenciesOf(manifest, workspace, features),
    programs: name === undefined ? [] : programsOf(manifest, { name, folder, isLibrary }, features, files),
    tools: ['cargo'],
    entries: isLibrary ? [{ subpath: '.', file: library }] : [],
  })
}

function isUnpublished(own: Located | undefined, workspace: Located | undefined): boolean {
  const publish = isInherited(at(own, 'publish')) ? at(workspace, 'package', 'publish') : at(own, 'publish')
  return publish?.text === 'false' || publish?.items?.length === 0
}

/** Names of the crates that a package depends on by path, without a version; Cargo does not publish such a package. */
function unversioned(manifest: Located, workspace: Located | undefined): string[] {
  const tables = tablesOf(manifest).filter(({ kind }) => kind !== 'development')
  return tables.flatMap(({ entries }) =>
    entries.flatMap(({ key, value }) => {
      const written = isInherited(value) ? at(workspace, 'dependencies', key) : value
      const isByPath = textAt(written, 'path') !== undefined && textAt(written, 'version') === undefined
      return isByPath ? [textAt(written, 'package') ?? key] : []
    }),
  )
}

/** Names of the crates on which a publishable package of the repository depends by path, without a version. */
const innerNames = memoized((files: RepositoryFiles): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { path, role } of files.all()) {
    if (nameOf(path) !== 'Cargo.toml' || role === 'test' || role === 'example') continue
    const manifest = files.values(path)
    const own = at(manifest, 'package')
    if (manifest === undefined || own === undefined) continue
    const workspace = workspaceOf(own, folderOf(path), files)
    if (!isUnpublished(own, workspace)) for (const name of unversioned(manifest, workspace)) names.add(name)
  }
  return names
})
