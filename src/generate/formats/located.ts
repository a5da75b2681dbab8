/** Values of JSON and YAML with their lines, as `read-json.ts` and `read-yaml.ts` return them. */

/** Values may be shared through YAML aliases and even form cycles. */
export interface Located {
  startLine: number
  endLine: number
  /** The parsed text of a scalar; `undefined` for null, lists and maps. */
  text?: string
  /** Whether the scalar is a string rather than a number or boolean. */
  isString?: boolean
  items?: Located[]
  /** Entries in order; the last one with a key wins. */
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
