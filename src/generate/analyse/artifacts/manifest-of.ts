/** The values of JSON and TOML manifests, each parsed once. */

import type { Located } from '#generate/formats/located.ts'
import { readJson } from '#generate/formats/read-json.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import type { SourceFile } from '#generate/model.ts'

const manifests = new WeakMap<SourceFile, Located | undefined>()

/** @returns `undefined` when the file is missing or invalid. */
export function manifestOf(file: SourceFile | undefined): Located | undefined {
  if (file === undefined || file.text === null) return undefined
  if (!manifests.has(file)) manifests.set(file, file.path.endsWith('.toml') ? readToml(file.text) : readJson(file.text))
  return manifests.get(file)
}
