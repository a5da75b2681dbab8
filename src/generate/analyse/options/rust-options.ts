/** Reads options of programs in Rust: clap and structopt, declared by types or built by calls. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { quoted } from './option-texts.ts'
import { partOf, partsOf } from './option-tree.ts'
import { attributeAt, readAttributes, withAttributes } from './rust-attributes.ts'
import { findBuiltOptions, type WrittenGroup } from './rust-builder-options.ts'
import { DerivedOptions, kebabOf } from './rust-derived-options.ts'

export function findRustOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  /** Strings keyed by constant. */
  const constants = new Map<string, string>()
  const types: { node: number; above: string[] }[] = []
  const calls: number[] = []
  const impls: number[] = []
  /** Attributes directly before a node; comments between them do not count. */
  let above: string[] = []
  /** The node after the last attribute or comment. */
  let following = -1
  for (let node = 0; node < tree.size; node++) {
    const kind = tree.isNamed(node) ? kindAt(tree, node) : ''
    if (kind === 'const_item' || kind === 'static_item') noteConstant(tree, node, constants)
    else if (kind === 'struct_item' || kind === 'enum_item')
      types.push({ node, above: node === following ? above : [] })
    else if (kind === 'call_expression') calls.push(node)
    else if (kind === 'impl_item') impls.push(node)
    else if (kind === 'attribute_item' || kind === 'line_comment' || kind === 'block_comment') {
      if (node !== following) above = []
      if (kind === 'attribute_item') above.push(attributeAt(tree, node))
      following = tree.after[node] ?? 0
    }
  }
  const facts = new OptionFacts()
  const derived = new DerivedOptions(tree, lineAt, facts, constants, valuesOf(tree, types))
  for (const type of types) derived.read(type.node, type.above)
  findBuiltOptions(tree, lineAt, calls, groupsOf(tree, lineAt, impls, facts), facts)
  return facts.facts()
}

function noteConstant(tree: ReadTree, node: number, constants: Map<string, string>): void {
  const name = partOf(tree, node, /^identifier$/)
  const value = partsOf(tree, node).at(-1)
  const text = value === undefined || !/string/.test(kindAt(tree, value)) ? null : quoted(textAt(tree, value))
  if (name !== undefined && text !== null) constants.set(textAt(tree, name), text)
}

const ARGS = /^impl\s{1,4}(?:\w{1,40}::){0,3}Args\s{1,4}for\s{1,4}(\w{1,80})\s/

/** Groups of options that implement `Args` by hand, to be flattened into programs. */
function groupsOf(
  tree: ReadTree,
  lineAt: (offset: number) => number,
  impls: readonly number[],
  facts: OptionFacts,
): WrittenGroup[] {
  return impls.flatMap((node) => {
    const holder = ARGS.exec(textAt(tree, node).slice(0, 300))?.[1]
    if (holder === undefined) return []
    const start = startOf(tree, node)
    facts.command({ holder, line: lineAt(start), isGroup: true })
    return [{ start, end: tree.after[node] ?? 0, holder }]
  })
}

/** The values that users type for the variants of option enums: `auto` for `When::Auto`; for the default, also keyed by `default When`. */
function valuesOf(tree: ReadTree, types: readonly { node: number; above: string[] }[]): Map<string, string> {
  const values = new Map<string, string>()
  for (const { node, above } of types) {
    const name = partOf(tree, node, /^type_identifier$/)
    const body = partOf(tree, node, /^enum_variant_list$/)
    if (!above.some((one) => /\bderive\b/.test(one) && /\b(?:ValueEnum|ArgEnum)\b/.test(one))) continue
    if (name === undefined || body === undefined || readAttributes(above).has('rename_all')) continue
    for (const { part, attributes, isDefault } of withAttributes(tree, body)) {
      const variant = partOf(tree, part, /^identifier$/)
      if (variant === undefined || attributes.has('skip') || attributes.get('hide') === 'true') continue
      const own = textAt(tree, variant)
      const typed = quoted(attributes.get('name') ?? '')
      values.set(`${textAt(tree, name)}::${own}`, typed ?? kebabOf(own))
      if (isDefault) values.set(`default ${textAt(tree, name)}`, typed ?? kebabOf(own))
    }
  }
  return values
}
