/** Finds the regions of trees that the engine parses. */

import { memoizedByText } from '#base/memoize.ts'
import type { Matches } from '#generate/analyse/load-matcher.ts'
import { NodeFlag } from '#generate/analyse/tree/nodes.ts'
import type { Names } from '#generate/analyse/tree-sitter.ts'
import type { Place } from '#generate/formats/lines.ts'
import { compileGrammar } from './compile-grammar.ts'
import { GRAMMARS } from './control-flow-by-language.ts'
import { findPlaces } from './find-blocks.ts'
import type { Places } from './places.ts'

const ERROR_KIND = 0xffff
const grammarOf = memoizedByText((names: Names, language) =>
  compileGrammar(GRAMMARS[language] ?? { rules: {} }, names, ERROR_KIND),
)

/**
 * @param text - The parsed text.
 * @param components - Declaration nodes that are components.
 */
export function placesOfNodes(
  text: string,
  { nodes, names }: Pick<Matches, 'nodes' | 'names'>,
  language: string,
  components: ReadonlySet<number>,
  placeAt: (offset: number) => Place,
): Places {
  const { size, kinds, starts, ends, after, fields, flags } = nodes
  const isChild = (node: number): boolean => ((flags[node] ?? 0) & (NodeFlag.named | NodeFlag.extra)) === NodeFlag.named
  return findPlaces(
    { text, size, kinds, starts, ends, after, fields, isChild },
    grammarOf(names, language),
    components,
    placeAt,
  )
}
