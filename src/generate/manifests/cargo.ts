/** Reads Cargo.toml: inherited fields, dependencies and the features that enable them, the library and the programs. */

import { memoized } from '#base/memoize.ts'
import { at, type Entry, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

const KINDS = [
  ['dependencies', 'runtime'],
  ['dev-dependencies', 'development'],
  ['dev_dependencies', 'development'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
] as const

/** Limit on the features named for one optional dependency. */
const MAX_FEATURES = 6

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
  const library = libraryOf(manifest, folder, files)
  return newPackage('cargo', path, {
    name,
    version: text('version'),
    needs: ['Rust', text('rust-version')],
    description: text('description'),
    licence: text('license'),
    isPrivate,
    isInner,
    dependencies: dependenciesOf(manifest, workspace),
    programs: name === undefined ? [] : programsOf(manifest, name, folder, library !== undefined, files),
    tools: ['cargo'],
    entries: library === undefined ? [] : [{ subpath: '.', file: library }],
  })
}

/** Whether a field is inherited: `version.workspace = true`. */
function isInherited(value: Located | undefined): boolean {
  return at(value, 'workspace')?.text === 'true'
}

function isUnpublished(own: Located | undefined, workspace: Located | undefined): boolean {
  const publish = isInherited(at(own, 'publish')) ? at(workspace, 'package', 'publish') : at(own, 'publish')
  return publish?.text === 'false' || publish?.items?.length === 0
}

/** Names of crates that a package needs by a path only; Cargo does not publish such a package. */
function unversioned(manifest: Located, workspace: Located | undefined): string[] {
  return ['dependencies', 'build-dependencies'].flatMap((table) =>
    entriesAt(manifest, table).flatMap(({ key, value }) => {
      const written = isInherited(value) ? at(workspace, 'dependencies', key) : value
      const isByPath = textAt(written, 'path') !== undefined && textAt(written, 'version') === undefined
      return isByPath ? [textAt(written, 'package') ?? key] : []
    }),
  )
}

/** Names of the crates that another package of the repository, which is not marked as unpublished, needs by a path only. */
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

/** The `[workspace]` table that applies to a package. */
function workspaceOf(own: Located | undefined, folder: string, files: RepositoryFiles): Located | undefined {
  const path = workspacePath(own, folder, files)
  return path === undefined ? undefined : at(files.values(path), 'workspace')
}

function workspacePath(own: Located | undefined, folder: string, files: RepositoryFiles): string | undefined {
  const written = textAt(own, 'workspace')
  const named = written === undefined ? undefined : joinPath(folder, written)
  const paths = named === undefined ? files.above(folder, 'Cargo.toml') : [inFolder(named, 'Cargo.toml')]
  return paths.find((path) => at(files.values(path), 'workspace') !== undefined)
}

/** The folders of the crates that a package needs by a path, its own or that of its workspace. */
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

/** The names by which a package or workspace refers to what it needs. */
export function neededIn(manifest: Located | undefined): string[] {
  const shared = entriesAt(manifest, 'workspace', 'dependencies')
  return [...shared, ...tablesOf(manifest).flatMap(({ entries }) => entries)].map(({ key }) => key)
}

/** The tables of dependencies, with the kind of these and the system that they are for. */
function tablesOf(
  manifest: Located | undefined,
): { entries: Entry[]; kind: Dependency['kind']; target: string | null }[] {
  // Target tables add dependencies for one system; `cfg(any())` never holds and only ties versions together.
  const systems = entriesAt(manifest, 'target').filter(({ key }) => key.replace(/\s+/g, '') !== 'cfg(any())')
  const tables = [
    { table: manifest, target: null },
    ...systems.map(({ key, value }) => ({ table: value, target: key })),
  ]
  return tables.flatMap(({ table, target }) =>
    KINDS.map(([key, kind]) => ({ entries: entriesAt(table, key), kind, target })),
  )
}

function dependenciesOf(manifest: Located, workspace: Located | undefined): Dependency[] {
  const features = featuresOf(manifest)
  const byDefault = enabledBy('default', features)
  return tablesOf(manifest).flatMap(({ entries, kind, target }) =>
    entries.flatMap(({ key: alias, value }): Dependency[] => {
      const shared = isInherited(value) ? at(workspace, 'dependencies', alias) : undefined
      const name = textAt(value, 'package') ?? textAt(shared, 'package') ?? alias
      if (at(value, 'optional')?.text !== 'true') return dependencies([name], kind, target)
      const enabling = enablingFeatures(features, alias)
      if (!byDefault.has(alias)) {
        const system = target === null ? [] : [target]
        const groups = enabling.length === 0 ? [alias] : enabling
        return groups.flatMap((feature) =>
          dependencies([name], kind === 'runtime' ? 'optional' : kind, [feature, ...system].join(', ')),
        )
      }
      // Default features enable it for every user who does not disable them.
      const feature = enabling.find((one) => one !== 'default' && byDefault.has(one)) ?? defaultFeature(features, alias)
      return dependencies([name], kind, cfgOf(feature, target))
    }),
  )
}

const featuresOf = (manifest: Located): ReadonlyMap<string, string[]> =>
  new Map(entriesAt(manifest, 'features').map(({ key, value }) => [key, textsOf(value)]))

/** Features that name a dependency by `dep:`, else those that name it or a feature of it. */
function enablingFeatures(features: ReadonlyMap<string, readonly string[]>, dependency: string): string[] {
  const byMark = [...features].filter(([, parts]) => parts.includes(`dep:${dependency}`))
  const found =
    byMark.length > 0 ? byMark : [...features].filter(([, parts]) => parts.some((one) => enables(one, dependency)))
  return found.map(([name]) => name).slice(0, MAX_FEATURES)
}

/** An optional dependency that `default` names is a feature of its own, unless it is hidden by `dep:`. */
function defaultFeature(features: ReadonlyMap<string, readonly string[]>, dependency: string): string {
  return features.get('default')?.includes(dependency) === true ? dependency : 'default'
}

/** `feature = "color"`, `cfg(all(feature = "color", unix))` */
function cfgOf(feature: string, target: string | null): string {
  const named = `feature = "${feature}"`
  if (target === null) return named
  const inner = /^cfg\((.*)\)$/.exec(target)?.[1]
  return inner === undefined ? `${named}, ${target}` : `cfg(all(${named}, ${inner}))`
}

/** `dep:name`, `name` and `name/feature`, but not `name?/feature`. */
function enables(part: string, dependency: string): boolean {
  return part === dependency || part === `dep:${dependency}` || part.startsWith(`${dependency}/`)
}

/** Names of the features and dependencies that a feature enables, directly or through other features. */
function enabledBy(feature: string, features: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>()
  const pending = [feature]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    for (const part of features.get(next) ?? []) {
      if (part.startsWith('dep:')) seen.add(part.slice('dep:'.length))
      else if (!part.includes('?/')) pending.push(part.split('/')[0] ?? '')
    }
  }
  return seen
}

function libraryOf(manifest: Located, folder: string, files: RepositoryFiles): string | undefined {
  const written = textAt(manifest, 'lib', 'path')
  return files.fileAt(folder, written ?? 'src/lib.rs')
}

function programsOf(
  manifest: Located,
  name: string,
  folder: string,
  isLibrary: boolean,
  files: RepositoryFiles,
): Package['programs'] {
  const found: Package['programs'] = []
  const add = (program: string, runs: string | undefined, isOptional = false): void => {
    if (runs !== undefined && !found.some((one) => one.runs === runs || one.name === program))
      found.push({ name: program, runs, ...(isOptional ? { isOptional } : {}) })
  }
  const byDefault = enabledBy('default', featuresOf(manifest))
  for (const item of at(manifest, 'bin')?.items ?? []) {
    const program = textAt(item, 'name')
    if (program === undefined) continue
    const path = textAt(item, 'path')
    const usual = [`src/bin/${program}.rs`, `src/bin/${program}/main.rs`, ...(program === name ? ['src/main.rs'] : [])]
    add(
      program,
      path === undefined
        ? usual.map((one) => files.fileAt(folder, one)).find(Boolean)
        : (files.fileAt(folder, path) ?? path),
      textsOf(at(item, 'required-features')).some((feature) => !byDefault.has(feature)),
    )
  }
  if (at(manifest, 'package', 'autobins')?.text === 'false') return found
  add(name, files.fileAt(folder, 'src/main.rs'))
  const bins = inFolder(folder, 'src/bin')
  const others = [
    ...files.filesIn(bins).flatMap((path) => (path.endsWith('.rs') ? [[nameOf(path).slice(0, -3), path]] : [])),
    ...files.foldersWith(bins, 'main.rs').map((one) => [nameOf(one), inFolder(one, 'main.rs')]),
  ]
  // Beside a library, programs that the manifest does not name are for its developers.
  for (const [program = '', path] of others) if (!isLibrary || program === name) add(program, path)
  return found
}
