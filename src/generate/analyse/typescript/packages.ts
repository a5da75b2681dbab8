/** Reads the `package.json` files of a repository: names, entry points, `exports` and `imports`. */

import { append } from '#base/long-arrays.ts'
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
  exports: unknown
  imports: unknown
}

export interface Packages {
  /** Packages keyed by name, without those of tests, examples and fixtures, which often reuse a name. */
  byName: ReadonlyMap<string, PackageManifest>
  /** Packages keyed by folder. */
  byFolder: ReadonlyMap<string, PackageManifest>
}

const ENTRY_FIELDS = ['source', 'types', 'typings', 'module', 'main', 'browser']

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

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
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(json)) return undefined
  const entries = ENTRY_FIELDS.map((field) => json[field]).filter((value) => typeof value === 'string')
  return {
    folder: path.slice(0, path.lastIndexOf('/') + 1),
    name: typeof json.name === 'string' && json.name !== '' ? json.name : null,
    entries,
    types: textOf(json.types) ?? textOf(json.typings),
    main: textOf(json.main),
    exports: json.exports,
    imports: json.imports,
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * The targets of a key in an `exports` or `imports` field, best first. All conditions are included, because the
 * importer determines which one applies.
 *
 * @param key - `.`, `./sub`, `#name`.
 */
export function targetsOf(field: unknown, key: string): string[] {
  if (typeof field === 'string' || Array.isArray(field)) return key === '.' ? leavesOf(field, '') : []
  if (!isRecord(field)) return []
  const keys = Object.keys(field)
  const isConditions = keys.every((name) => !name.startsWith('.') && !name.startsWith('#'))
  if (isConditions) return key === '.' ? leavesOf(field, '') : []
  if (Object.hasOwn(field, key)) return leavesOf(field[key], '')
  let best = ''
  let star = -1
  for (const name of keys) {
    const at = name.indexOf('*')
    // The longest text before the star wins, then the longest key, as in Node's PATTERN_KEY_COMPARE.
    if (at < star || (at === star && name.length <= best.length)) continue
    const [before, after] = [name.slice(0, at), name.slice(at + 1)]
    if (key.length >= name.length && key.startsWith(before) && key.endsWith(after)) [best, star] = [name, at]
  }
  if (best === '') return []
  return leavesOf(field[best], key.slice(star, key.length - (best.length - star - 1)))
}

const CONDITIONS = ['source', 'development', 'import', 'module', 'node', 'default', 'require', 'types']
const MAX_LEAVES = 50

/** All strings in a nested value, with `*` replaced. Not recursive. */
function leavesOf(value: unknown, star: string): string[] {
  const leaves: string[] = []
  const pending: unknown[] = [value]
  while (pending.length > 0 && leaves.length < MAX_LEAVES) {
    const next = pending.pop()
    if (typeof next === 'string') leaves.push(next.replaceAll('*', () => star))
    else if (Array.isArray(next)) append(pending, next.slice(0, MAX_LEAVES).reverse())
    else if (isRecord(next)) {
      const names = Object.keys(next).slice(0, MAX_LEAVES)
      names.sort((a, b) => conditionRank(b) - conditionRank(a))
      for (const name of names) pending.push(next[name])
    }
  }
  return leaves
}

function conditionRank(name: string): number {
  const rank = CONDITIONS.indexOf(name)
  return rank < 0 ? CONDITIONS.length : rank
}
