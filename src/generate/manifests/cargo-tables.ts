/** The tables of a Cargo.toml: those with dependencies, and the `[workspace]` that applies to a package. */

import { at, type Entry, entriesAt, type Located, textAt } from '#generate/formats/located.ts'
import type { Dependency } from '#generate/model.ts'
import { folderOf, inFolder, joinPath } from '#generate/paths.ts'
import type { RepositoryFiles } from './repository-files.ts'

const KINDS = [
  ['dependencies', 'runtime'],
  ['dev-dependencies', 'development'],
  ['dev_dependencies', 'development'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
] as const

interface DependencyTable {
  entries: Entry[]
  kind: Dependency['kind']
  /** `cfg(unix)`; `null` for any. */
  target: string | null
}

/** All dependency tables, each with the kind of its dependencies and their target. */
export function tablesOf(manifest: Located | undefined): DependencyTable[] {
  // `cfg(any())` is never true; it only keeps versions in step.
  const systems = entriesAt(manifest, 'target').filter(({ key }) => key.replace(/\s+/g, '') !== 'cfg(any())')
  const tables = [
    { table: manifest, target: null },
    ...systems.map(({ key, value }) => ({ table: value, target: key })),
  ]
  return tables.flatMap(({ table, target }) =>
    KINDS.map(([key, kind]) => ({ entries: entriesAt(table, key), kind, target })),
  )
}

/** Whether a field is inherited: `version.workspace = true`. */
export function isInherited(value: Located | undefined): boolean {
  return at(value, 'workspace')?.text === 'true'
}

/** The `[workspace]` table that applies to a package. */
export function workspaceOf(own: Located | undefined, folder: string, files: RepositoryFiles): Located | undefined {
  const path = workspacePath(own, folder, files)
  return path === undefined ? undefined : at(files.values(path), 'workspace')
}

function workspacePath(own: Located | undefined, folder: string, files: RepositoryFiles): string | undefined {
  const written = textAt(own, 'workspace')
  const named = written === undefined ? undefined : joinPath(folder, written)
  const paths = named === undefined ? files.above(folder, 'Cargo.toml') : [inFolder(named, 'Cargo.toml')]
  return paths.find((path) => at(files.values(path), 'workspace') !== undefined)
}

/** The folders of a package's path dependencies, declared by itself or by its workspace. */
export function localCrates(path: string, files: RepositoryFiles): string[] {
  const manifest = files.values(path)
  const own = at(manifest, 'package')
  const workspace = workspaceOf(own, folderOf(path), files)
  const home = folderOf(workspacePath(own, folderOf(path), files) ?? path)
  return tablesOf(manifest).flatMap(({ entries }) =>
    entries.flatMap(({ key, value }) => {
      const isShared = isInherited(value)
      const written = isShared ? textAt(workspace, 'dependencies', key, 'path') : textAt(value, 'path')
      return written === undefined ? [] : (joinPath(isShared ? home : folderOf(path), written) ?? [])
    }),
  )
}

/** The names under which a package or workspace declares its dependencies. */
export function neededIn(manifest: Located | undefined): string[] {
  const shared = entriesAt(manifest, 'workspace', 'dependencies')
  return [...shared, ...tablesOf(manifest).flatMap(({ entries }) => entries)].map(({ key }) => key)
}
