/** Doc comments that ask for another version of a package than the manifests do: they are from another time. */

import type { SourceFile } from '#generate/model.ts'

/** `Requires marshmallow>=3.13.0.` as a line of its own. */
const REQUIRES =
  /^(?:this (?:\w{1,20} )?)?(?:requires|needs|depends on) `{0,2}([A-Za-z][\w.-]{0,60}?)`{0,2} ?(?:>=|==|~=|\^|>|version|v)? ?v?(\d{1,9}(?:\.\d{1,9}){0,4})`{0,2}(?: or (?:above|greater|higher|later|newer))?\.?$/i
const MANIFEST =
  /(?:^|\/)(?:Cargo\.toml|composer\.json|package\.json|pyproject\.toml|setup\.(?:cfg|py)|requirements[\w.-]{0,40}\.txt|[\w.-]{1,60}\.gemspec)$/
const MAX_MANIFESTS = 50
const MAX_TEXT = 100_000
const MAX_DOC = 20_000

/** A function that takes such lines out of a doc comment. */
export function staleVersions(files: ReadonlyMap<string, SourceFile>): (doc: string) => string {
  let manifests: string[] | undefined
  return (doc) => {
    if (doc.length > MAX_DOC || !/\b(?:requires|needs|depends on)\b/i.test(doc)) return doc
    manifests ??= [...files.values()]
      .filter(({ path, vendored }) => !vendored && MANIFEST.test(path))
      .slice(0, MAX_MANIFESTS)
      .map(({ text }) => (text ?? '').slice(0, MAX_TEXT))
    const texts = manifests
    const lines = doc.split('\n').filter((line) => {
      const [, name, version] = REQUIRES.exec(line.trim().slice(0, 200)) ?? []
      return name === undefined || version === undefined || !isContradicted(texts, name, version)
    })
    return lines.join('\n')
  }
}

/** Whether the manifests bound a package, and no bound is this version. */
function isContradicted(manifests: readonly string[], name: string, version: string): boolean {
  const bounds = manifests.flatMap((text) => boundsOf(text, name))
  return bounds.length > 0 && !bounds.some((one) => one === version || withoutZeros(one) === withoutZeros(version))
}

const withoutZeros = (version: string): string => version.replace(/(?:\.0){1,5}$/, '')

/** The lowest versions behind the name of a package: `"name>=3.18"`, `"name": "^3.18"`, `name = "3.18"`. */
function boundsOf(text: string, name: string): string[] {
  const escaped = name.replace(/[.-]/g, '[._-]')
  const bound = new RegExp(
    String.raw`(?:^|["'\s])${escaped}(?:\[[\w,. -]{0,60}\])?["']? {0,4}[:=,]? {0,4}["']?(?:>=|==|~=|~>|\^|~|=)? {0,4}(\d{1,9}(?:\.\d{1,9}){0,4})`,
    'gim',
  )
  return [...text.matchAll(bound)].flatMap(([, version]) => version ?? [])
}
