/** Reads TOML with line numbers: values from the parser, positions from `toml-lines.ts`. */

import { parse, TomlDate, TomlError } from 'smol-toml'
import type { Entry, Located } from './located.ts'
import { type Span, TomlLines } from './toml-lines.ts'

const MAX_CHARACTERS = 500_000
const MAX_DEPTH = 50

/** @returns `undefined` for invalid TOML and for text that is too large or nested too deeply. */
export function readToml(text: string): Located | undefined {
  if (text.length > MAX_CHARACTERS) return undefined
  const plain = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text
  try {
    const table = parse(plain, { maxDepth: MAX_DEPTH, integersAsBigInt: 'asNeeded' })
    return locate(table, [], { startLine: 1, endLine: 1 }, new TomlLines(plain))
  } catch (error) {
    if (error instanceof TomlError || error instanceof RangeError) return undefined
    throw error
  }
}

/** Values without lines of their own (inline) get the lines of the enclosing one. */
function locate(value: unknown, path: readonly string[], outer: Span, lines: TomlLines): Located {
  const span = lines.of(path) ?? outer
  const located: Located = { startLine: span.startLine, endLine: span.endLine }
  if (typeof value === 'string') return { ...located, text: value, isString: true }
  if (value instanceof TomlDate) return { ...located, text: value.toISOString() }
  if (Array.isArray(value)) {
    located.items = value.map((item, index) => locate(item, [...path, String(index)], span, lines))
  } else if (typeof value === 'object' && value !== null && path.length <= MAX_DEPTH) {
    const entries = Object.entries(value).map(([key, inner]): [string, Entry] => {
      const found = locate(inner, [...path, key], span, lines)
      return [key, { key, startLine: found.startLine, value: found }]
    })
    located.entries = new Map(entries)
  } else if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
    located.text = String(value)
  }
  return located
}
