/** Builds a diagram for a page: the drawing, and the links of its boxes, which the viewer places over the boxes. */

import type { RootContent } from 'mdast'
import type { Draft } from '#generate/pages/draft.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { codeBlock, type Inline, list } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'

/**
 * @param boxes - For each box, in the order of the drawing, a link to its page, or plain text if it has none.
 * @param share - Text on how much of the graph is drawn, if it is not all. The viewer explains the arrows.
 */
export function diagramBlocks(
  { texts }: Writing,
  draft: Draft,
  { mermaid, nodes }: { mermaid: string; nodes: Record<string, readonly string[]> },
  boxes: Inline[][],
  share = '',
): RootContent[] {
  draft.diagrams.set(mermaid, nodes)
  return [
    codeBlock('mermaid', mermaid),
    ...fold(share === '' ? texts.boxes : `${texts.boxes} · ${share}`, [list(boxes, true)]),
  ]
}
