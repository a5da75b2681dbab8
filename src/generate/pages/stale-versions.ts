/** Finds outdated lines of doc comments: those that require another version of a package than the manifests do. */

import { push } from '#base/multimap.ts'
import type { SourceFile } from '#generate/model.ts'

/** Matches `Requires marshmallow>=3.13.0.` on its own line. */
const REQUIRES =
  /^(?:this (?:\w{1,20} )?)?(?:requires|needs|depends on) `{0,2}([A-Za-z][\w.-]{0,60}?)`{0,2} ?(?:>=|==|~=|\^|>|version|v)? ?v?(\d{1,9}(?:\.\d{1,9}){0,4})`{0,2}(?: or (?:above|greater|higher|later|newer))?\.?$/i
const MANIFEST =
  /(?:^|\/)(?:Cargo\.toml|composer\.json|package\.json|pyproject\.toml|setup\.(?:cfg|py)|requirements[\w.-]{0,40}\.txt|[\w.-]{1,60}\.gemspec)$/
/** Matches a package in a manifest with its minimum version: `"name>=3.18"`, `"name": "^3.18"`, `name = "3.18"`. */
const BOUND = /(?:^|["'\s])([A-Za-z][\w.-]{0,60})(?:\[[\w,. -]{0,60}\])?["' :,=>~^]{1,14}(\d{1,9}(?:\.\d{1,9}){0,4})/gm
const MAX_MANIFESTS = 50
const MAX_TEXT = 100_000
const MAX_BOUNDS = 20_000
const MAX_DOC = 20_000

/** Returns a function that removes such lines from a doc comment. */
export function staleVersions(files: ReadonlyMap<string, SourceFile>): (doc: string) => string {
  let bounds: ReadonlyMap<string, readonly string[]> | undefined
  return (doc) => {
    if (doc.length > MAX_DOC || !/\b(?:requires|needs|depends on)\b/i.test(doc)) return doc
    bounds ??= boundsIn(files)
    const known = bounds
    const lines = doc.split('\n').filter((line) => {
      const [, name, version] = REQUIRES.exec(line.trim().slice(0, 200)) ?? []
      return name === undefined || version === undefined || !isContradicted(known.get(normalized(name)) ?? [], version)
    })
    return lines.join('\n')
  }
}

/** Whether the manifests have minimum versions of a package, none of which is this version. */
function isContradicted(bounds: readonly string[], version: string): boolean {
  return bounds.length > 0 && !bounds.some((one) => one === version || withoutZeros(one) === withoutZeros(version))
}

const withoutZeros = (version: string): string => version.replace(/(?:\.0){1,5}$/, '')

/** Packages that differ in case, or in `-`, `.` and `_`, are the same. */
const normalized = (name: string): string => name.toLowerCase().replace(/[._-]/g, '-')

/** The minimum versions in the manifests of the repository, by name of the package. */
function boundsIn(files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, readonly string[]> {
  const bounds = new Map<string, string[]>()
  let left = MAX_BOUNDS
  const manifests = [...files.values()].filter(({ path, vendored }) => !vendored && MANIFEST.test(path))
  for (const { text } of manifests.slice(0, MAX_MANIFESTS)) {
    for (const [, name = '', version = ''] of (text ?? '').slice(0, MAX_TEXT).matchAll(BOUND)) {
      if (left-- <= 0) return bounds
      push(bounds, normalized(name), version)
    }
  }
  return bounds
}
