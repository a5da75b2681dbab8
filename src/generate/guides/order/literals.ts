/** Reads JavaScript and JSON configurations of unknown shape, and the files that they import. */

import { append } from '#base/long-arrays.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { type Literal, readJavaScript } from '#generate/formats/read-javascript.ts'
import type { Library } from '#generate/guides/library.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'

export const textIn = (value: Literal, key: string): string | undefined => {
  const found = field(value, key)
  return typeof found === 'string' ? found : undefined
}

export function field(value: Literal, key: string): Literal {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined
}

export const listIn = (value: Literal, key: string): Literal[] => {
  const found = field(value, key)
  return Array.isArray(found) ? found : []
}

/** Keys and values of an object, in order. */
export const fieldsOf = (value: Literal): [string, Literal][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

/** Limit on a JSON file, in characters. */
const MAX_JSON = 300_000

/** The value of a configuration file; `undefined` when it is not literal or too long. */
export function readConfig(library: Library, path: string): Literal {
  const text = library.text(path)
  if (text === null) return undefined
  if (!path.endsWith('.json')) return readJavaScript(text, nameOf(path))
  return text.length > MAX_JSON ? undefined : (parseIfJson(text) as Literal)
}

/** Every value under a key, at any depth, in order: plugins and presets can be configured in many ways. */
export function findAll(value: Literal, key: string): Literal[] {
  const found: Literal[] = []
  const left: { name: string; value: Literal }[] = [{ name: '', value }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (next.name === key) found.push(next.value)
    const inner = Array.isArray(next.value)
      ? next.value.map((item) => ({ name: '', value: item }))
      : fieldsOf(next.value).map(([name, item]) => ({ name, value: item }))
    append(left, inner.reverse())
  }
  return found
}

/** The file that an import in a configuration names; `undefined` when it does not exist. */
export function resolveImport(library: Library, from: string, target: string): string | undefined {
  const path = joinPath(folderOf(from), target)
  if (path === undefined) return undefined
  return [path, `${path}.ts`, `${path}.js`, `${path}.mjs`, `${path}.json`].find((one) => library.text(one) !== null)
}
