/**
 * What is a crate in a repository, told to rust-analyzer as a `rust-project.json`: `cargo metadata` cannot resolve
 * dependencies without a registry, and where it cannot, rust-analyzer knows none between the crates of a workspace either.
 * Features are all on; crates from elsewhere are left out, and what is named from them has no meaning.
 */

import { execFileSync } from 'node:child_process'
import path from 'node:path'

/** The files that crates begin with, and of libraries by the names that others know them by. */
export interface Roots {
  readonly roots: ReadonlySet<string>
  readonly crates: ReadonlyMap<string, string>
}

/** Of `cargo metadata --no-deps`. */
interface Metadata {
  readonly packages: readonly Package[]
}

interface Package {
  readonly name: string
  readonly version: string
  readonly manifest_path: string
  readonly targets: readonly Target[]
  readonly features: Readonly<Record<string, unknown>>
  readonly dependencies: readonly {
    readonly name: string
    readonly rename: string | null
    readonly path?: string
    readonly kind: 'dev' | 'build' | null
  }[]
}

interface Target {
  readonly name: string
  readonly kind: readonly string[]
  readonly src_path: string
  readonly edition: string
}

interface Crate {
  readonly display_name: string
  readonly root_module: string
  readonly edition: string
  readonly deps: readonly { readonly crate: number; readonly name: string }[]
  readonly cfg: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly is_workspace_member: true
  readonly is_proc_macro: boolean
  readonly source: { readonly include_dirs: readonly string[]; readonly exclude_dirs: readonly string[] }
}

const LIBRARIES: readonly string[] = ['lib', 'rlib', 'dylib', 'cdylib', 'staticlib', 'proc-macro']
const isLibrary = (target: Target): boolean => target.kind.some((kind) => LIBRARIES.includes(kind))

/**
 * @param manifests - Absolute paths of all `Cargo.toml`; cargo tells of a whole workspace at once.
 * @param sysroot - The sources of the standard library.
 */
export function projectOf(manifests: readonly string[], sysroot: string | undefined): Roots & { project: object } {
  const packages = readPackages(manifests)
  const byFolder = new Map(packages.map((one) => [path.dirname(one.manifest_path), one]))
  const targets = packages.flatMap((of) => of.targets.map((target) => ({ of, target })))
  const libraries = new Map(targets.flatMap(({ of, target }, at) => (isLibrary(target) ? [[of, at] as const] : [])))

  const crates = targets.map(({ of, target }): Crate => {
    const deps: { crate: number; name: string }[] = []
    const own = libraries.get(of)
    const library = own === undefined ? undefined : targets[own]?.target
    const usesOwn = !isLibrary(target) && !target.kind.includes('custom-build')
    if (own !== undefined && library !== undefined && usesOwn) deps.push({ crate: own, name: crateName(library.name) })
    for (const dependency of of.dependencies) {
      const other = byFolder.get(dependency.path ?? '')
      const crate = other === undefined ? undefined : libraries.get(other)
      if (other === undefined || crate === undefined || other === of) continue
      const isBuilding = target.kind.includes('custom-build')
      if ((dependency.kind === 'build') !== isBuilding) continue
      // The tests within a library may use what stands on the library; rust-analyzer takes no circles.
      if (dependency.kind === 'dev' && isLibrary(target) && standsOn(other, of, byFolder)) continue
      deps.push({ crate, name: crateName(dependency.rename ?? targets[crate]?.target.name ?? dependency.name) })
    }
    const folder = path.dirname(of.manifest_path)
    return {
      display_name: `${crateName(target.name)}_${target.kind[0] ?? ''}_${crateName(of.name)}`,
      root_module: target.src_path,
      edition: target.edition,
      deps,
      cfg: ['test', 'debug_assertions', ...Object.keys(of.features).map((name) => `feature="${name}"`)],
      env: { CARGO_PKG_NAME: of.name, CARGO_PKG_VERSION: of.version, CARGO_MANIFEST_DIR: folder },
      is_workspace_member: true,
      is_proc_macro: target.kind.includes('proc-macro'),
      source: { include_dirs: [folder], exclude_dirs: [] },
    }
  })
  return {
    project: { ...(sysroot === undefined ? {} : { sysroot_src: sysroot }), crates },
    roots: new Set(targets.map(({ target }) => target.src_path)),
    crates: new Map(
      targets.filter(({ target }) => isLibrary(target)).map(({ target }) => [crateName(target.name), target.src_path]),
    ),
  }
}

/** Of the nearest to the root first, since that may be a workspace; each package once. */
function readPackages(manifests: readonly string[]): Package[] {
  const packages = new Map<string, Package>()
  for (const manifest of [...manifests].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (packages.has(manifest)) continue
    for (const one of askCargo(manifest)) packages.set(one.manifest_path, one)
  }
  return [...packages.values()].sort((a, b) => (a.manifest_path < b.manifest_path ? -1 : 1))
}

/** A manifest that cargo does not understand is of no package. */
function askCargo(manifest: string): readonly Package[] {
  const words = ['metadata', '--no-deps', '--offline', '--format-version=1', '--manifest-path', manifest]
  try {
    const text = execFileSync('cargo', words, {
      cwd: '/',
      encoding: 'utf8',
      maxBuffer: 64 * 1_048_576,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return (JSON.parse(text) as Metadata).packages
  } catch {
    return []
  }
}

/** Needs it, be it by others. */
function standsOn(one: Package, base: Package, byFolder: ReadonlyMap<string, Package>): boolean {
  const seen = new Set([one])
  for (const each of seen) {
    if (each === base) return true
    for (const { kind, path: folder } of each.dependencies) {
      const next = byFolder.get(folder ?? '')
      if (next !== undefined && kind !== 'dev') seen.add(next)
    }
  }
  return false
}

const crateName = (name: string): string => name.replaceAll('-', '_')
