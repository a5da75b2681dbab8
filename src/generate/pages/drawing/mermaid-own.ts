/** Writes a model's diagram as mermaid text: solid arrows are in the graph, dashed ones are the model's own. */

import type { ProseDiagram } from '#generate/prose-model.ts'
import { escapeLabel } from './mermaid.ts'

/** @param standsFor - Returns the component or the file paths of a node. */
export function drawOwnChart(
  { nodes, edges }: ProseDiagram,
  standsFor: (refersTo: string) => readonly string[],
): { mermaid: string; nodes: Record<string, readonly string[]> } {
  return {
    mermaid: [
      'flowchart BT',
      ...nodes.map(({ label }, index) => `  n${index + 1}["${escapeLabel(label)}"]`),
      ...edges.map(({ from, to, isInGraph }) => `  n${from + 1} ${isInGraph ? '-->' : '-.->'} n${to + 1}`),
    ].join('\n'),
    nodes: Object.fromEntries(nodes.map(({ refersTo }, index) => [`n${index + 1}`, standsFor(refersTo)])),
  }
}
