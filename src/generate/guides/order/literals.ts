/** Access to values of JavaScript and JSON configurations of unknown shape. */

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

/** The value of a configuration file; `undefined` when it is not literal. */
export function readConfig(library: Library, path: string): Literal {
  const text = library.text(path)
  if (text === null) return undefined
  if (!path.endsWith('.json')) return readJavaScript(text, nameOf(path))
  try {
    return JSON.parse(text.slice(0, 300_000)) as Literal
  } catch {
    return undefined
  }
}

/**
 * Every value under a key, at any depth: plugins and presets can be configured in many ways. Bounded by the size of the
 * value.
 */
export function findAll(value: Literal, key: string, depth = 0): Literal[] {
  if (depth > 12 || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item) => findAll(item, key, depth + 1))
  return Object.entries(value).flatMap(([name, item]) => [
    ...(name === key ? [item] : []),
    ...findAll(item, key, depth + 1),
  ])
}

/** The file that an import in a configuration names. */
export function beside(library: Library, from: string, target: string): string | undefined {
  const path = joinPath(folderOf(from), target)
  if (path === undefined) return undefined
  return [path, `${path}.ts`, `${path}.js`, `${path}.mjs`, `${path}.json`].find((one) => library.text(one) !== null)
}
