/**
 * Pairs declaration files with the code that they describe: `a.d.ts` with `a.js`, and the `types` of a manifest with
 * its code.
 */

import { entriesAt, type Located, textAt } from '#generate/formats/located.ts'
import type { SourceFile } from '#generate/model.ts'
import { joinPath } from '#generate/paths.ts'
import { readPackages } from './packages.ts'

const DECLARATION = /\.d\.([cm]?)ts$/
const CODE = /\.[cm]?jsx?$/
/** Conditions of `exports` that select code, in order of preference. */
const CODE_CONDITIONS = ['require', 'node', 'default', 'import']
/** Limit on nested conditions. */
const MAX_DEPTH = 8

/**
 * @param paths - The files that are analysed.
 * @param settings - Manifests and other settings, keyed by path.
 * @returns The paths of code files, keyed by the path of the declaration file.
 */
export function pairDeclarations(
  paths: ReadonlySet<string>,
  settings: ReadonlyMap<string, SourceFile>,
): Map<string, string> {
  const pairs = new Map<string, string>()
  const pair = (declaration: string | undefined, code: string | undefined): void => {
    if (declaration === undefined || code === undefined || pairs.has(declaration)) return
    if (DECLARATION.test(declaration) && CODE.test(code)) pairs.set(declaration, code)
  }
  for (const path of paths) if (DECLARATION.test(path)) pair(path, existing(path.replace(DECLARATION, '.$1js')))
  for (const { folder, types, main, exports } of readPackages(settings).byFolder.values()) {
    if (types !== null) pair(inFolder(folder, types), inFolder(folder, main ?? 'index'))
    for (const entry of typedEntries(exports)) pair(inFolder(folder, entry.types), inFolder(folder, entry.code))
  }
  return pairs

  function inFolder(folder: string, name: string): string | undefined {
    const path = joinPath(folder, name)
    return path === undefined ? undefined : existing(path)
  }

  function existing(path: string): string | undefined {
    return [path, `${path}.js`, `${path}.d.ts`, `${path}/index.js`].find((one) => paths.has(one))
  }
}

interface TypedEntry {
  types: string
  code: string
}

/** Collects `{ types, require }` and `{ require: { types, default } }` from an `exports` field. */
function typedEntries(exported: Located | undefined, depth = 0): TypedEntry[] {
  if (exported?.entries === undefined || depth > MAX_DEPTH) return []
  const types = textAt(exported, 'types')
  const code = CODE_CONDITIONS.map((condition) => textAt(exported, condition)).find((one) => one !== undefined)
  const own = types === undefined || code === undefined ? [] : [{ types, code }]
  return [...own, ...entriesAt(exported).flatMap(({ value }) => typedEntries(value, depth + 1))]
}
