/** Reads options of programs in Rust: clap and structopt, declared by types or built by calls. */

import { kindAt, type ReadTree, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { partOf, partsOf, quoted } from './option-tree.ts'
import { attributeAt } from './rust-attributes.ts'
import { findBuiltOptions } from './rust-builder-options.ts'
import { DerivedOptions } from './rust-derived-options.ts'

export function findRustOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  /** Strings keyed by constant. */
  const constants = new Map<string, string>()
  const types: { node: number; above: string[] }[] = []
  const calls: number[] = []
  /** Attributes directly before a node; comments between them do not count. */
  let above: string[] = []
  let behind = -1
  for (let node = 0; node < tree.size; node++) {
    const kind = tree.isNamed(node) ? kindAt(tree, node) : ''
    if (kind === 'const_item' || kind === 'static_item') noteConstant(tree, node, constants)
    else if (kind === 'struct_item' || kind === 'enum_item') types.push({ node, above: node === behind ? above : [] })
    else if (kind === 'call_expression') calls.push(node)
    else if (kind === 'attribute_item' || kind === 'line_comment' || kind === 'block_comment') {
      if (node !== behind) above = []
      if (kind === 'attribute_item') above = [...above, attributeAt(tree, node)]
      behind = tree.after[node] ?? 0
    }
  }
  const facts = new OptionFacts()
  const derived = new DerivedOptions(tree, lineAt, facts, constants)
  for (const { node, above } of types) derived.read(node, above)
  findBuiltOptions(tree, lineAt, calls, facts)
  return facts.facts()
}

function noteConstant(tree: ReadTree, node: number, constants: Map<string, string>): void {
  const name = partOf(tree, node, /^identifier$/)
  const value = partsOf(tree, node).at(-1)
  const text = value === undefined || !/string/.test(kindAt(tree, value)) ? null : quoted(textAt(tree, value))
  if (name !== undefined && text !== null) constants.set(textAt(tree, name), text)
}
