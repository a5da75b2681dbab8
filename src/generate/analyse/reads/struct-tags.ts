/**
 * Finds variables named by tags of Go structs, as `caarlos0/env` and `envconfig` read them, and the prefixes they are
 * read with.
 */

import type { TagFacts, TagField } from './file-reads.ts'
import { isVariableName, MAX_READS } from './file-reads.ts'
import { childrenOf, kindAt, type ReadTree, startOf, textAt } from './read-tree.ts'

/** Number of characters after a call or an opening brace that are searched for options. */
const MAX_OPTIONS = 600
/** Number of characters of a file that are searched for prefixes. */
const MAX_TEXT = 300_000
/** Limit on the prefixes of a file. */
const MAX_PREFIXES = 20

/**
 * Notes a field's variable, or the prefix of the variables of its struct type.
 *
 * @param around - Ancestors of the field.
 */
export function noteTag(
  tree: ReadTree,
  field: number,
  around: readonly number[],
  lineAt: (offset: number) => number,
  facts: { fields: TagField[]; nested: TagFacts['nested'][number][] },
): void {
  const parts = childrenOf(tree, field)
  const tag = parts.find((child) => kindAt(tree, child) === 'raw_string_literal')
  const text = tag === undefined ? '' : textAt(tree, tag).slice(0, 500)
  const spec = around.findLast((node) => kindAt(tree, node) === 'type_spec')
  const struct = spec === undefined ? '' : textAt(tree, childrenOf(tree, spec)[0] ?? spec).slice(0, 100)
  const inner = around.map((node) => (kindAt(tree, node) === 'field_declaration' ? prefixIn(tree, node) : '')).join('')
  const name = tagValue(text, 'env') || tagValue(text, 'envconfig')
  if (tag !== undefined && name !== undefined && isVariableName(name)) {
    const fallback = tagValue(text, 'envDefault') ?? tagValue(text, 'env-default') ?? tagValue(text, 'default') ?? null
    if (facts.fields.length < MAX_READS)
      facts.fields.push({
        name: inner + name,
        // The program replaces `${name}` in tags of kong.
        default: fallback?.includes('${') ? null : fallback,
        line: lineAt(startOf(tree, tag)),
        written: name,
        struct,
      })
    return
  }
  const type = parts.findLast((child) => /^(?:type_identifier|pointer_type|qualified_type)$/.test(kindAt(tree, child)))
  if (type === undefined || facts.nested.length >= MAX_READS) return
  const [, home = '', named] =
    /(?:([A-Za-z_]\w{0,100})\.)?([A-Za-z_]\w{0,100})$/.exec(textAt(tree, type).slice(0, 250)) ?? []
  if (named !== undefined) facts.nested.push({ owner: struct, home, type: named, prefix: inner + prefixOf(text) })
}

function prefixIn(tree: ReadTree, field: number): string {
  const tag = childrenOf(tree, field).find((child) => kindAt(tree, child) === 'raw_string_literal')
  return tag === undefined ? '' : prefixOf(textAt(tree, tag).slice(0, 500))
}

/** `envPrefix:"DB_"`, `envprefix:"DB_"`, `env-prefix:"DB_"`, `env:", prefix=DB_"`. */
function prefixOf(tag: string): string {
  const listed = /[ `]env:"[^"]{0,100}\bprefix=([\w-]{1,60})/.exec(tag)?.[1]
  return tagValue(tag, 'envPrefix') ?? tagValue(tag, 'envprefix') ?? tagValue(tag, 'env-prefix') ?? listed ?? ''
}

/** `key:"value,option"` */
function tagValue(tag: string, key: string): string | undefined {
  const sign = `${key}:"`
  const start = [`\`${sign}`, ` ${sign}`].map((form) => tag.indexOf(form)).find((at) => at >= 0)
  if (start === undefined) return undefined
  const from = start + 1 + sign.length
  const to = tag.indexOf('"', from)
  const value = to < 0 ? '' : tag.slice(from, to)
  return key === 'env' || key === 'envconfig' ? value.split(',', 1)[0] : value
}

/** The prefixes under which a Go file reads structs: '' for no prefix, `null` for one that is not a literal. */
export function tagPrefixes(source: string): (string | null)[] {
  const text = source.slice(0, MAX_TEXT)
  const literal = literalsOf(text)
  const found = new Set<string | null>()
  if (/\benv\.(?:Parse|ParseAs|Must)[[(]/.test(text)) found.add('')
  let hasOptions = false
  for (const { index } of text.matchAll(/\benv\.Options\s{0,4}\{/g)) {
    hasOptions = true
    const options = text.slice(index, index + MAX_OPTIONS)
    const end = options.indexOf('\n\t}\n')
    const given = /\bPrefix:\s{0,20}([^,\n}]{1,100})/.exec(end < 0 ? options : options.slice(0, end))?.[1]
    found.add(given === undefined ? '' : literal(given))
  }
  if (!hasOptions && /\benv\.Parse(?:As)?WithOptions[[(]/.test(text)) found.add(null)
  for (const [, first = ''] of text.matchAll(/\benvconfig\.(?:Must)?Process\(\s{0,40}([^,\n]{1,100}),/g)) {
    const isContext = /^(?:ctx|c|context\.\w+\(\))$/.test(first)
    const prefix = isContext ? '' : literal(first)
    found.add(prefix === null || prefix === '' ? prefix : `${prefix.toUpperCase()}_`)
  }
  for (const [, first = ''] of text.matchAll(/\bPrefixLookuper\(\s{0,40}([^,\n]{1,100}),/g)) found.add(literal(first))
  return [...found].slice(0, MAX_PREFIXES)
}

/** Looks up the values of arguments, each only once; `null` also beyond the limit. */
function literalsOf(text: string): (written: string) => string | null {
  const known = new Map<string, string | null>()
  return (written) => {
    const found = known.size < MAX_PREFIXES && !known.has(written) ? literalOf(written, text) : known.get(written)
    if (found === undefined) return null
    known.set(written, found)
    return found
  }
}

function literalOf(written: string, text: string): string | null {
  const plain = written.trim()
  const literal = /^"([\w-]{0,60})"$/.exec(plain)?.[1]
  if (literal !== undefined || !/^[A-Za-z_]\w{0,60}$/.test(plain)) return literal ?? null
  for (let at = text.indexOf(plain); at >= 0; at = text.indexOf(plain, at + plain.length)) {
    const value = /^\s{1,20}(?:string\s{1,10})?=\s{0,20}"([\w-]{0,60})"/.exec(
      text.slice(at + plain.length, at + 200),
    )?.[1]
    if (value !== undefined && !/\w/.test(text[at - 1] ?? '')) return value
  }
  return null
}
