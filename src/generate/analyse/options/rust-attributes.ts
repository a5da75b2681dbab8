/** Reads the Rust attributes by which clap and similar libraries interpret a type, a field or a variant. */

import { kindAt, type ReadTree, textAt } from '#generate/analyse/reads/read-tree.ts'
import { splitOutside } from '#generate/attributes.ts'
import { partsOf } from './option-tree.ts'

const HELPERS = /^#\[\s*(?:arg|clap|command|value|structopt|argh)\b/
const MAX_ATTRIBUTE = 2_000

/** Values keyed by attribute: `short`, `long = "name"`, `help("…")`; '' if there is no value. */
export type Attributes = ReadonlyMap<string, string>

/** The text of an attribute, truncated. */
export const attributeAt = (tree: ReadTree, node: number): string => textAt(tree, node).slice(0, MAX_ATTRIBUTE)

/** Fields or variants with the attributes directly before them. */
export function withAttributes(
  tree: ReadTree,
  body: number,
): { part: number; attributes: Attributes; isDefault: boolean }[] {
  let above: string[] = []
  return partsOf(tree, body).flatMap((part) => {
    if (kindAt(tree, part) === 'attribute_item') {
      above.push(attributeAt(tree, part))
      return []
    }
    const attributes = readAttributes(above)
    const isDefault = above.some((one) => /^#\[\s*default\s*\]$/.test(one))
    above = []
    return [{ part, attributes, isDefault }]
  })
}

/** The keys and values in clap's attributes: `#[arg(short, long = "name", help("…"))]`. */
export function readAttributes(written: readonly string[]): Attributes {
  const found = new Map<string, string>()
  for (const text of written) {
    if (!HELPERS.test(text)) continue
    const open = text.indexOf('(')
    if (open < 0) continue
    for (const part of splitOutside(text.slice(open + 1, text.lastIndexOf(')')), ',')) {
      const [, key = '', rest = ''] = /^([\w:]{1,60})\s*([\s\S]*)$/.exec(part) ?? []
      const value = rest.startsWith('=')
        ? rest.slice(1).trim()
        : rest.startsWith('(') && rest.endsWith(')')
          ? rest.slice(1, -1).trim()
          : ''
      if (key !== '' && !found.has(key)) found.set(key, value)
    }
  }
  return found
}

/** Writes `["VAR", "MIN"]` and `&["VAR", "MIN"]` as the help does: `<VAR> <MIN>`; a single name stays unchanged. */
export function valueNames(written: string): string | undefined {
  const names = [...written.slice(0, MAX_ATTRIBUTE).matchAll(/"([^"\\\s]{1,60})"/g)].map(([, name = '']) => name)
  return names.length > 1 ? names.map((name) => `<${name}>`).join(' ') : names[0]
}
