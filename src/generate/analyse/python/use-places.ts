/** Finds the position, the block and the order of evaluation of each use in a file. */

import { type CompiledGrammar, compileGrammar } from '#generate/analyse/blocks/compile-grammar.ts'
import { GRAMMARS } from '#generate/analyse/blocks/control-flow-by-language.ts'
import { findPlaces } from '#generate/analyse/blocks/find-blocks.ts'
import { orderOf } from '#generate/analyse/blocks/order.ts'
import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { FileBlocks } from '#generate/file-blocks.ts'
import type { FileFacts } from './facts.ts'
import { K } from './syntax.ts'

export interface UsePlace {
  readonly line: number
  readonly column: number
  readonly order: number
  readonly block: number
}

export interface UsePlaces {
  readonly blocks: FileBlocks
  /** @param use - Index of the use. */
  of(use: number): UsePlace
}

let compiled: CompiledGrammar | undefined

function grammar(): CompiledGrammar {
  const kinds = Object.entries(K).map(([name, symbol]) => ({ symbol, name, isNamed: true }))
  compiled ??= compileGrammar(GRAMMARS.python ?? { rules: {} }, { kinds, field: () => undefined }, K.ERROR)
  return compiled
}

export function usePlaces(file: FileFacts): UsePlaces {
  const { tree, definitions, useNodes, useKinds } = file
  const { text, size, kinds, starts, ends, after } = tree
  // The decorators of a component are a part of it.
  const components = new Set(definitions.flatMap(({ isLocal, node, outer }) => (isLocal ? [] : [outer, node])))
  const places = findPlaces(
    { text, size, kinds, starts, ends, after, fields: [], isChild: () => true },
    grammar(),
    components,
    (offset) => tree.placeAt(offset),
  )
  const at: number[] = []
  const until: number[] = []
  for (let use = 0; use < useNodes.length; use++) {
    const node = useNodes[use] ?? NONE
    at.push(tree.start(nameOf(tree, useKinds[use] === 'call' ? tree.first(node) : node)))
    until.push(tree.end(node))
  }
  const { order, block } = orderOf(at, until, places)
  return {
    blocks: places.blocks,
    of: (use) => {
      const { line, column } = tree.placeAt(at[use] ?? 0)
      return { line, column, order: order[use] ?? 0, block: block[use] ?? NONE }
    },
  }
}

/** The node of the name: for `a.b`, the node of `b`. */
function nameOf(tree: SyntaxTree, node: number): number {
  return node !== NONE && tree.kind(node) === K.attribute ? tree.last(node) : node
}
