/** Values of JSON and YAML with the lines they stand on: what `read-json.ts` and `read-yaml.ts` give. */

/** Shared where YAML has an alias, so the values of a document may form a graph, even one with a cycle. */
export interface Located {
  startLine: number
  endLine: number
  /** The text of a scalar as it is meant, `undefined` for null and for lists and maps. */
  text?: string
  /** Whether the scalar is a string, not a number or a truth value. */
  isString?: boolean
  items?: Located[]
  /** In order; of two with one key the last counts. */
  entries?: Map<string, Entry>
}

export interface Entry {
  key: string
  startLine: number
  value: Located
}

/** The value under a path of keys. */
export function at(value: Located | undefined, ...keys: string[]): Located | undefined {
  let current = value
  for (const key of keys) current = current?.entries?.get(key)?.value
  return current
}

/** The string under a path of keys. */
export function textAt(value: Located | undefined, ...keys: string[]): string | undefined {
  const found = at(value, ...keys)
  return found?.isString === true ? found.text : undefined
}

export function entriesAt(value: Located | undefined, ...keys: string[]): Entry[] {
  return [...(at(value, ...keys)?.entries?.values() ?? [])]
}

/** A string, or the strings of a list. */
export function textsOf(value: Located | undefined): string[] {
  const items = value?.items ?? (value === undefined ? [] : [value])
  return items.flatMap((item) => (item.isString === true && item.text !== undefined ? [item.text] : []))
}
