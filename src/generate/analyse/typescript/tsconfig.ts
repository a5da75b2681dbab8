/**
 * Path mappings of a repository: `paths` and `baseUrl` of its tsconfig files, then the aliases of bundlers. `extends`
 * is followed inside the repository only.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import type { SourceFile } from '#generate/model.ts'
import { joinPath } from '#generate/paths.ts'
import { readAliases } from './bundler-aliases.ts'
import type { Packages } from './packages.ts'

export interface PathMapping {
  /** The folder that targets are relative to, with a trailing `/`. */
  base: string
  /** Patterns with at most one `*`, the longest first. */
  patterns: readonly { pattern: string; targets: readonly string[] }[]
  /** Whether bare specifiers are also resolved relative to `base`. */
  isBaseUrl: boolean
}

/** Configuration files in order of precedence; the first file that maps anything applies to its folder. */
const NAMES = ['tsconfig.json', 'jsconfig.json', 'tsconfig.app.json', 'tsconfig.base.json', 'deno.json', 'deno.jsonc']
const MAX_EXTENDS = 20

/** The mapping of each folder; for a file, the nearest folder above it applies. */
export function readPathMappings(
  files: ReadonlyMap<string, SourceFile>,
  packages: Packages,
  paths: ReadonlySet<string>,
): ReadonlyMap<string, PathMapping> {
  const mappings = new Map<string, PathMapping>()
  for (const name of NAMES) {
    for (const file of files.values()) {
      if (file.path !== name && !file.path.endsWith(`/${name}`)) continue
      const folder = file.path.slice(0, file.path.length - name.length)
      if (mappings.has(folder)) continue
      const mapping = name.startsWith('deno') ? denoMapping(file, folder) : mappingOf(file.path, files, packages, paths)
      if (mapping !== undefined) mappings.set(folder, mapping)
    }
  }
  for (const file of files.values()) {
    const aliases = readAliases(file)
    if (aliases === undefined) continue
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
    const known = mappings.get(folder)
    const base = known?.base ?? folder
    // Aliases are relative to the folder of their configuration, which `baseUrl` may be below.
    if (!base.startsWith(folder)) continue
    const up = '../'.repeat(base.slice(folder.length).split('/').length - 1)
    const own = aliases.flatMap(({ name, target, isExact }) => [
      ...(isExact ? [] : [{ pattern: `${name}/*`, targets: [`${up}${target}/*`] }]),
      { pattern: name, targets: [`${up}${target}`] },
    ])
    // The sort is stable, so that the tsconfig takes precedence over equal aliases.
    const patterns = [...(known?.patterns ?? []), ...own].sort((a, b) => b.pattern.length - a.pattern.length)
    mappings.set(folder, { base, patterns, isBaseUrl: known?.isBaseUrl ?? false })
  }
  return mappings
}

/**
 * The `paths` of a file, else of the nearest file that it extends, and likewise its `baseUrl`. As in TypeScript, `paths`
 * are relative to the `baseUrl`, which another file may set.
 */
function mappingOf(
  path: string,
  files: ReadonlyMap<string, SourceFile>,
  packages: Packages,
  paths: ReadonlySet<string>,
): PathMapping | undefined {
  const pending = [path]
  const seen = new Set<string>()
  let baseUrl: string | undefined
  let mapped: { folder: string; patterns: PathMapping['patterns'] } | undefined
  while (pending.length > 0 && seen.size < MAX_EXTENDS && (baseUrl === undefined || mapped === undefined)) {
    const next = pending.pop() ?? ''
    if (seen.has(next)) continue
    seen.add(next)
    const config = parseConfig(files.get(next))
    if (config === undefined) continue
    const folder = next.slice(0, next.lastIndexOf('/') + 1)
    const options = isRecord(config.compilerOptions) ? config.compilerOptions : {}
    if (baseUrl === undefined && typeof options.baseUrl === 'string') baseUrl = folderOf(folder, options.baseUrl)
    if (isRecord(options.paths)) mapped ??= { folder, patterns: patternsOf(options.paths) }
    const parents = [config.extends].flat().filter((value) => typeof value === 'string')
    for (const parent of parents) {
      const found = findConfig(parent, folder, packages, paths)
      if (found !== undefined) pending.push(found)
    }
  }
  const base = baseUrl ?? mapped?.folder
  return base === undefined ? undefined : { base, patterns: mapped?.patterns ?? [], isBaseUrl: baseUrl !== undefined }
}

/** The import map of a Deno project. */
function denoMapping(file: SourceFile, folder: string): PathMapping | undefined {
  const imports = parseConfig(file)?.imports
  if (!isRecord(imports)) return undefined
  const paths: Record<string, unknown> = Object.create(null)
  for (const [name, target] of Object.entries(imports)) {
    if (typeof target !== 'string' || !target.startsWith('.')) continue
    if (name.endsWith('/')) paths[`${name}*`] = [`${target}*`]
    else paths[name] = [target]
  }
  const patterns = patternsOf(paths)
  return patterns.length === 0 ? undefined : { base: folder, patterns, isBaseUrl: false }
}

function parseConfig(file: SourceFile | undefined): Record<string, unknown> | undefined {
  if (file === undefined || file.text === null) return undefined
  try {
    const { config } = ts.parseConfigFileTextToJson(file.path, file.text) as { config?: unknown }
    return isRecord(config) ? config : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function findConfig(
  parent: string,
  folder: string,
  packages: Packages,
  paths: ReadonlySet<string>,
): string | undefined {
  let path = parent.startsWith('.') ? joinPath(folder, parent) : undefined
  if (path === undefined) {
    const owner = [...packages.byName.values()].find((one) => one.name !== null && parent.startsWith(`${one.name}/`))
    if (owner?.name !== undefined && owner.name !== null) {
      path = joinPath(owner.folder, parent.slice(owner.name.length + 1))
    }
  }
  if (path === undefined) return undefined
  return [path, `${path}.json`, `${path}/tsconfig.json`].find((candidate) => paths.has(candidate))
}

function folderOf(folder: string, relative: string): string {
  const path = joinPath(folder, relative)
  return path === undefined || path === '' ? '' : `${path}/`
}

function patternsOf(paths: Record<string, unknown>): { pattern: string; targets: string[] }[] {
  const patterns = Object.entries(paths).map(([pattern, value]) => ({
    pattern,
    targets: [value].flat().filter((target) => typeof target === 'string'),
  }))
  return patterns.sort((a, b) => b.pattern.length - a.pattern.length).slice(0, 500)
}
