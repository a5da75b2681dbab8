/**
 * Resolves import specifiers to files of the repository. Combines the rules of Node, TypeScript and bundlers, but maps
 * build outputs to their sources and never looks outside the repository.
 */

import type { SourceFile } from '#generate/model.ts'
import { foldersAbove, joinPath } from '#generate/paths.ts'
import { type PackageManifest, readPackages, targetsOf } from './packages.ts'
import { readPathMappings } from './tsconfig.ts'

/** @returns The path of a file, analysed or not; `undefined` if it is missing or outside the repository. */
export type Resolve = (specifier: string, from: string) => string | undefined

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts', '.d.mts', '.d.cts', '.json']
/** The extensions of possible sources of an emitted file, best first. */
const SOURCES_OF = new Map([
  ['.js', ['.ts', '.tsx', '.js', '.jsx', '.d.ts']],
  ['.jsx', ['.tsx', '.jsx', '.d.ts']],
  ['.mjs', ['.mts', '.ts', '.mjs', '.js', '.d.mts', '.d.ts']],
  ['.cjs', ['.cts', '.ts', '.cjs', '.js', '.d.cts', '.d.ts']],
])
const OUTPUT_FOLDERS = new Set('dist build out lib esm cjs commonjs es umd types module bin'.split(' '))
const SOURCE_FOLDERS = ['src/', '', 'source/', 'lib/']

/**
 * @param paths - All files of the repository.
 * @param files - Manifests and other settings, keyed by path.
 * @param analysed - The files that names are looked up in.
 */
export function createResolve(
  paths: ReadonlySet<string>,
  files: ReadonlyMap<string, SourceFile>,
  analysed: { has(path: string): boolean } = paths,
): Resolve {
  const packages = readPackages(files)
  const mappings = readPathMappings(files, packages, paths)
  const cache = new Map<string, string | undefined>()

  const resolve: Resolve = (specifier, from) => {
    if (specifier === '' || specifier.length > 1_000) return undefined
    const folder = from.slice(0, from.lastIndexOf('/') + 1)
    if (DECLARATIONS.test(from)) {
      const beside = besideDeclaration(specifier, folder)
      if (beside !== undefined) return beside
    }
    const key = `${folder}\0${specifier}`
    if (!cache.has(key)) cache.set(key, resolveFrom(specifier, folder))
    const found = cache.get(key)
    return found !== undefined && TYPESCRIPT.test(from) ? (declarationOf(found) ?? found) : found
  }

  /** The declaration file beside a JavaScript file: it has the types, which TypeScript looks for first. */
  function declarationOf(path: string): string | undefined {
    const declaration = path.replace(JAVASCRIPT, '.d.$1ts')
    return declaration !== path && analysed.has(declaration) ? declaration : undefined
  }

  /** The declaration file that another one imports by a relative path, before the source of either. */
  function besideDeclaration(specifier: string, folder: string): string | undefined {
    const path = /^\.\.?\//.test(specifier) ? joinPath(folder, specifier) : undefined
    const found = path === undefined ? undefined : resolveFile(path)
    const declared = found === undefined ? undefined : (declarationOf(found) ?? found)
    return declared !== undefined && DECLARATIONS.test(declared) && analysed.has(declared) ? declared : undefined
  }

  function resolveFrom(specifier: string, folder: string): string | undefined {
    if (/^\.\.?(?:\/|$)/.test(specifier)) return resolveRelative(joinPath(folder, specifier), FOLDER.test(specifier))
    if (specifier.startsWith('#')) {
      const found = resolveOwn(specifier, folder)
      if (found !== undefined) return found
    }
    return resolveMapped(specifier, folder) ?? resolvePackage(specifier)
  }

  /** Whether JavaScript is not analysed, for example because it is generated. */
  function isUnread(path: string): boolean {
    return JAVASCRIPT.test(path) && !analysed.has(path)
  }

  /** A path, or the source that it is built from in its package. */
  function resolveRelative(path: string | undefined, isFolder: boolean): string | undefined {
    const direct = resolvePath(path, isFolder)
    const isDeclared = direct !== undefined && (DECLARATIONS.test(direct) || isUnread(direct))
    if (path === undefined || (direct !== undefined && !isDeclared)) return direct
    const home = foldersAbove(path).find((above) => above === '' || packages.byFolder.has(above)) ?? ''
    const segments = path
      .slice(home.length)
      .split('/')
      .filter((segment) => segment !== '')
    const source = resolveSource(home, segments) ?? resolveSource(home, [...segments, 'index'])
    // Declarations are made from TypeScript. Those beside JavaScript are written by hand.
    return isDeclared && !/(?<!\.d)\.[cm]?tsx?$/.test(source ?? '') ? direct : source
  }

  /** The `imports` field of the nearest package. */
  function resolveOwn(specifier: string, folder: string): string | undefined {
    for (const above of foldersAbove(folder)) {
      const manifest = packages.byFolder.get(above)
      if (manifest === undefined) continue
      const targets = targetsOf(manifest.imports, specifier)
      const own = firstTarget(
        manifest,
        targets.filter((target) => target.startsWith('./')),
      )
      // Other targets are names of packages.
      const other = targets.find((target) => /^[^./#]/.test(target))
      return own ?? (other === undefined ? undefined : resolvePackage(other))
    }
    return undefined
  }

  /** `paths` and `baseUrl` of the nearest tsconfig that has any. */
  function resolveMapped(specifier: string, folder: string): string | undefined {
    for (const above of foldersAbove(folder)) {
      const mapping = mappings.get(above)
      if (mapping === undefined) continue
      for (const { pattern, targets } of mapping.patterns) {
        const star = starOf(pattern, specifier)
        if (star === undefined) continue
        for (const target of targets) {
          const found = resolvePath(
            joinPath(
              mapping.base,
              target.replace('*', () => star),
            ),
          )
          if (found !== undefined) return found
        }
      }
      return mapping.isBaseUrl ? resolvePath(joinPath(mapping.base, specifier)) : undefined
    }
    return undefined
  }

  function resolvePackage(specifier: string): string | undefined {
    const words = specifier.split('/')
    const name = words.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
    const manifest = packages.byName.get(name)
    if (manifest === undefined) return undefined
    const rest = specifier.slice(name.length + 1)
    const exported = firstTarget(manifest, targetsOf(manifest.exports, rest === '' ? '.' : `./${rest}`))
    if (exported !== undefined) return exported
    if (rest !== '') return resolveBuilt(manifest.folder, rest)
    return firstTarget(manifest, manifest.entries) ?? resolveBuilt(manifest.folder, 'index')
  }

  function firstTarget(manifest: PackageManifest, targets: readonly string[]): string | undefined {
    for (const target of targets) {
      const found = target.startsWith('#') ? undefined : resolveBuilt(manifest.folder, target)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** A path in a package, or the source that it is built from. */
  function resolveBuilt(folder: string, target: string): string | undefined {
    const direct = resolvePath(joinPath(folder, target))
    const isWritten = direct !== undefined && !direct.endsWith('.d.ts') && !direct.endsWith('.json')
    if (isWritten && !isUnread(direct)) return direct
    const inside = joinPath('', target)
    const segments = (inside ?? '').split('/').filter((segment) => segment !== '')
    const source = resolveSource(folder, segments)
    if (source !== undefined || direct !== undefined || isOutput(segments)) return source ?? direct
    return resolvePath(joinPath(folder, `src/${inside ?? ''}`))
  }

  /** The source of a built file of a package; `undefined` if it is in no output folder. */
  function resolveSource(folder: string, segments: readonly string[]): string | undefined {
    for (let built = 1; isOutput(segments.slice(built - 1)); built++) {
      const rest = segments
        .slice(built)
        .join('/')
        .replace(/\.d\.([cm]?)ts$/, '.$1js')
      for (const source of SOURCE_FOLDERS) {
        const found = resolvePath(joinPath(folder, source + rest))
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  /** A file, a file with an extension added or replaced, or the entry point of a folder. */
  function resolvePath(path: string | undefined, isFolder = false): string | undefined {
    if (path === undefined) return undefined
    if (!isFolder) {
      const file = resolveFile(path)
      if (file !== undefined) return file
    }
    const folder = path === '' ? '' : `${path}/`
    const manifest = packages.byFolder.get(folder)
    for (const entry of manifest?.entries ?? []) {
      const target = joinPath(folder, entry)
      const found = target === undefined ? undefined : (resolveFile(target) ?? resolveFile(`${target}/index`))
      if (found !== undefined) return found
    }
    return resolveFile(`${folder}index`)
  }

  function resolveFile(path: string): string | undefined {
    const slash = path.lastIndexOf('/')
    const dot = path.lastIndexOf('.')
    const sources = dot > slash ? SOURCES_OF.get(path.slice(dot)) : undefined
    for (const extension of sources ?? []) {
      const candidate = path.slice(0, dot) + extension
      if (paths.has(candidate)) return candidate
    }
    if (paths.has(path)) return path
    return EXTENSIONS.map((extension) => path + extension).find((candidate) => paths.has(candidate))
  }

  return resolve
}

/** A relative specifier that means a folder, even if there is a file of the same name beside it. */
const FOLDER = /(?:^|\/)\.{0,2}$/
const DECLARATIONS = /\.d\.[cm]?ts$/
const TYPESCRIPT = /\.[cm]?tsx?$/
const JAVASCRIPT = /\.([cm]?)jsx?$/

/** Whether a path begins with an output folder. */
const isOutput = (segments: readonly string[]): boolean => segments.length > 1 && OUTPUT_FOLDERS.has(segments[0] ?? '')

/** The text that the `*` of a pattern matches; '' if the pattern has no `*` and is equal. */
function starOf(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*')
  if (star < 0) return pattern === specifier ? '' : undefined
  const end = pattern.slice(star + 1)
  const isMatch =
    specifier.length >= pattern.length - 1 && specifier.startsWith(pattern.slice(0, star)) && specifier.endsWith(end)
  return isMatch ? specifier.slice(star, specifier.length - end.length) : undefined
}
