/** Checks a diagram of a model: nodes must exist; edges are marked as known to the graph or as the model's own. */

import type { ProseDiagram, SlotVerdict } from '#generate/prose-model.ts'
import type { RawDiagram } from './answer-schemas.ts'
import type { GroundTruth } from './ground-truth.ts'

const MAX_NODES = 16
const MAX_EDGES = 24
const MAX_FAULTS = 10
/** Maximum number of the model's own edges per edge that is in the graph. */
const OWN_EDGES_PER_EDGE = 1

export interface CheckedDiagram {
  /** The checked diagram; `null` if none of its edges is in the graph. */
  diagram: ProseDiagram | null
  faults: string[]
}

export function checkDiagram(raw: RawDiagram, ground: GroundTruth, near: ReadonlySet<string>): CheckedDiagram {
  const faults: string[] = []
  const nodes: ProseDiagram['nodes'] = []
  const places = new Map<string, number>()
  for (const { id, name } of raw.nodes.slice(0, MAX_NODES)) {
    const meaning = ground.meaningOf(name, near)
    if (meaning.kind === 'thing' || meaning.kind === 'repaired') {
      const known = nodes.findIndex(({ refersTo }) => refersTo === meaning.refersTo)
      if (!places.has(id)) places.set(id, known === -1 ? nodes.length : known)
      if (known === -1) nodes.push({ label: labelOf(meaning.refersTo, ground), refersTo: meaning.refersTo })
    } else faults.push(`the diagram's node \`${name.slice(0, 80)}\` is not a file, module or definition`)
  }
  const drawn: ProseDiagram['edges'] = []
  for (const edge of raw.edges.slice(0, MAX_EDGES)) {
    const [from, to] = [places.get(edge.from), places.get(edge.to)]
    if (from === undefined || to === undefined || from === to) continue
    if (drawn.some((one) => one.from === from && one.to === to)) continue
    drawn.push({ from, to, isInGraph: ground.isEdge(nodes[from]?.refersTo ?? '', nodes[to]?.refersTo ?? '') })
  }
  const certain = drawn.filter(({ isInGraph }) => isInGraph)
  const own = drawn.filter(({ isInGraph }) => !isInGraph)
  if (own.length > 0)
    faults.push(
      `${own.length} ${own.length === 1 ? 'edge of the diagram is' : 'edges of the diagram are'} not in the graph`,
    )
  if (certain.length === 0) return { diagram: null, faults }
  const shown = new Set([...certain, ...own.slice(0, certain.length * OWN_EDGES_PER_EDGE)])
  return {
    diagram: withoutLooseNodes(
      nodes,
      drawn.filter((edge) => shown.has(edge)),
    ),
    faults,
  }
}

/** The verdict on the diagram of an answer; none if the answer has no diagram. */
export function verdictsOfDiagram(
  module: string | null,
  raw: RawDiagram,
  { diagram, faults }: CheckedDiagram,
): SlotVerdict[] {
  if (raw.nodes.length === 0) return []
  const verdict = diagram === null ? 'offline' : faults.length > 0 ? 'repaired' : 'accepted'
  const [published, dropped] = diagram === null ? [0, 1] : [1, 0]
  return [{ module, slot: 'diagram', verdict, published, dropped, faults: faults.slice(0, MAX_FAULTS) }]
}

/** Drops nodes without edges. */
function withoutLooseNodes(nodes: ProseDiagram['nodes'], edges: ProseDiagram['edges']): ProseDiagram {
  const used = nodes.map((_, index) => edges.some(({ from, to }) => from === index || to === index))
  const place = (index: number): number => used.slice(0, index).filter(Boolean).length
  return {
    nodes: nodes.filter((_, index) => used[index]),
    edges: edges.map(({ from, to, isInGraph }) => ({ from: place(from), to: place(to), isInGraph })),
  }
}

function labelOf(id: string, ground: GroundTruth): string {
  return ground.components.get(id)?.qualifiedName ?? ground.modules.get(id)?.title ?? id
}
