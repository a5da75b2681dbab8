/**
 * Resolves import specifiers to files of the repository. Combines the rules of Node, TypeScript and bundlers, but maps
 * build outputs to their sources and never looks outside the repository.
 */

import type { SourceFile } from '#generate/model.ts'
import { foldersAbove, joinPath } from '#generate/paths.ts'
import { isDeclarationFile, ModuleFiles } from './module-files.ts'
import { type PackageManifest, readPackages, targetsOf } from './packages.ts'
import { readPathMappings } from './tsconfig.ts'

/** @returns The path of a file, analysed or not; `undefined` if it is missing or outside the repository. */
export type Resolve = (specifier: string, from: string) => string | undefined

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
  const moduleFiles = new ModuleFiles(paths, packages.byFolder, analysed)
  const cache = new Map<string, string | undefined>()

  const resolve: Resolve = (specifier, from) => {
    if (specifier === '' || specifier.length > 1_000) return undefined
    const folder = from.slice(0, from.lastIndexOf('/') + 1)
    if (isDeclarationFile(from)) {
      const beside = moduleFiles.besideDeclaration(specifier, folder)
      if (beside !== undefined) return beside
    }
    const key = `${folder}\0${specifier}`
    if (!cache.has(key)) cache.set(key, resolveFrom(specifier, folder))
    const found = cache.get(key)
    return found !== undefined && TYPESCRIPT.test(from) ? (moduleFiles.declarationOf(found) ?? found) : found
  }

  function resolveFrom(specifier: string, folder: string): string | undefined {
    if (/^\.\.?(?:\/|$)/.test(specifier)) {
      return moduleFiles.relative(joinPath(folder, specifier), FOLDER.test(specifier))
    }
    if (specifier.startsWith('#')) {
      const found = resolveOwn(specifier, folder)
      if (found !== undefined) return found
    }
    return resolveMapped(specifier, folder) ?? resolvePackage(specifier)
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
          const found = moduleFiles.at(
            joinPath(
              mapping.base,
              target.replace('*', () => star),
            ),
          )
          if (found !== undefined) return found
        }
      }
      return mapping.isBaseUrl ? moduleFiles.at(joinPath(mapping.base, specifier)) : undefined
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
    if (rest !== '') return moduleFiles.inPackage(manifest.folder, rest)
    return firstTarget(manifest, manifest.entries) ?? moduleFiles.inPackage(manifest.folder, 'index')
  }

  function firstTarget(manifest: PackageManifest, targets: readonly string[]): string | undefined {
    for (const target of targets) {
      const found = target.startsWith('#') ? undefined : moduleFiles.inPackage(manifest.folder, target)
      if (found !== undefined) return found
    }
    return undefined
  }

  return resolve
}

/** A relative specifier that refers to a folder, even if there is a file of the same name beside it. */
const FOLDER = /(?:^|\/)\.{0,2}$/
const TYPESCRIPT = /\.[cm]?tsx?$/

/** The text that the `*` of a pattern matches; '' if the pattern has no `*` and is equal. */
function starOf(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*')
  if (star < 0) return pattern === specifier ? '' : undefined
  const end = pattern.slice(star + 1)
  const isMatch =
    specifier.length >= pattern.length - 1 && specifier.startsWith(pattern.slice(0, star)) && specifier.endsWith(end)
  return isMatch ? specifier.slice(star, specifier.length - end.length) : undefined
}
