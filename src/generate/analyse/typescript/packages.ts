/** Reads the `package.json` files of a repository: names, entry points, `exports` and `imports`. */

import { at, type Located, textAt } from '#generate/formats/located.ts'
import { readJson } from '#generate/formats/read-json.ts'
import { leavesOf } from '#generate/manifests/package-json.ts'
import { compareText, type SourceFile } from '#generate/model.ts'

export interface PackageManifest {
  /** Folder with a trailing `/`, '' for the root. */
  folder: string
  name: string | null
  /** The strings in the fields of `ENTRY_FIELDS`, in that order. */
  entries: string[]
  /** The declarations (`types`) and the code (`main`) of the package. */
  types: string | null
  main: string | null
  exports: Located | undefined
  imports: Located | undefined
}

export interface Packages {
  /** Packages keyed by name, without those of tests, examples and fixtures, which often reuse a name. */
  byName: ReadonlyMap<string, PackageManifest>
  /** Packages keyed by folder. */
  byFolder: ReadonlyMap<string, PackageManifest>
}

const ENTRY_FIELDS = ['source', 'types', 'typings', 'module', 'main', 'browser']

/** Read every manifest that is a JSON object; others are ignored. */
export function readPackages(files: ReadonlyMap<string, SourceFile>): Packages {
  const byName = new Map<string, PackageManifest>()
  const byFolder = new Map<string, PackageManifest>()
  const found = [...files.values()].filter(
    (file) => file.path === 'package.json' || file.path.endsWith('/package.json'),
  )
  found.sort((a, b) => depthOf(a.path) - depthOf(b.path) || compareText(a.path, b.path))
  for (const file of found) {
    const manifest = file.text === null ? undefined : parseManifest(file.path, file.text)
    if (manifest === undefined) continue
    byFolder.set(manifest.folder, manifest)
    const isOwn = file.role !== 'test' && file.role !== 'example'
    if (isOwn && manifest.name !== null && !byName.has(manifest.name)) byName.set(manifest.name, manifest)
  }
  return { byName, byFolder }
}

function depthOf(path: string): number {
  return path.split('/').length
}

function parseManifest(path: string, text: string): PackageManifest | undefined {
  const manifest = readJson(text)
  if (manifest?.entries === undefined) return undefined
  const filled = (key: string): string | null => textAt(manifest, key) || null
  return {
    folder: path.slice(0, path.lastIndexOf('/') + 1),
    name: filled('name'),
    entries: ENTRY_FIELDS.flatMap((field) => textAt(manifest, field) ?? []),
    types: filled('types') ?? filled('typings'),
    main: filled('main'),
    exports: at(manifest, 'exports'),
    imports: at(manifest, 'imports'),
  }
}

/**
 * The targets of a key in an `exports` or `imports` field, best first. All conditions are included, because the
 * importer determines which one applies.
 *
 * @param key - `.`, `./sub`, `#name`.
 */
export function targetsOf(field: Located | undefined, key: string): string[] {
  const keys = [...(field?.entries?.keys() ?? [])]
  if (keys.every((name) => !name.startsWith('.') && !name.startsWith('#'))) return key === '.' ? pathsIn(field, '') : []
  const exact = at(field, key)
  if (exact !== undefined) return pathsIn(exact, '')
  let best = ''
  let star = -1
  for (const name of keys) {
    const at = name.indexOf('*')
    // The longest text before the star wins, then the longest key, as in Node's PATTERN_KEY_COMPARE.
    if (at < 0 || at < star || (at === star && name.length <= best.length)) continue
    const [before, after] = [name.slice(0, at), name.slice(at + 1)]
    if (key.length >= name.length && key.startsWith(before) && key.endsWith(after)) [best, star] = [name, at]
  }
  if (best === '') return []
  return pathsIn(at(field, best), key.slice(star, key.length - (best.length - star - 1)))
}

/** All strings in a value, with `*` replaced. */
const pathsIn = (value: Located | undefined, star: string): string[] =>
  leavesOf(value).map((path) => path.replaceAll('*', () => star))
