/**
 * Checks diagrams: every line has a known form, every node represents something, and every edge is in the graph. The
 * first line of a diagram determines the meaning of its edges.
 */

import type { Diagram } from '#generate/model.ts'
import type { Findings } from './findings.ts'
import type { ReadPage } from './read-page.ts'
import type { Relations } from './relations.ts'

interface Form {
  /** Matches a node, with its `id`. */
  node: RegExp
  /** Matches an edge, with its ends as `from` and `to`. */
  arrow: RegExp
  other?: RegExp
  /** Whether the graph has the edge. */
  holds(arrow: Arrow, nodes: Diagram['nodes'], relations: Relations): boolean
}

interface Arrow {
  from: string
  to: string
  /** The arrow style that shows its kind. */
  label: string | undefined
}

const BOX = /^ +(?<id>n\d+)(?:\["[^"]+"\]|\(\["[^"]+"\]\))$/
const FORMS = new Map<string, Form>([
  [
    'flowchart LR',
    {
      node: BOX,
      arrow: /^ {2}(?<from>n\d+) --> (?<to>n\d+)$/,
      other: /^(?: {2}subgraph inside\["[^"]+"\]| {2}end| {2}linkStyle \d+(?:,\d+)* stroke-width:\d+px)$/,
      holds: ({ from, to }, nodes, relations) => isLinked(nodes[from], nodes[to], relations.files),
    },
  ],
  [
    'flowchart RL',
    {
      node: BOX,
      arrow: /^ {2}(?<from>n\d+) (?<label>-->|-\.->|==>) (?<to>n\d+)$/,
      holds({ from, to, label }, nodes, relations) {
        const { mixins, implements: contracts, extends: bases } = relations
        const arrows = label === '-->' ? bases : label === '==>' ? mixins : contracts
        const [base, ...others] = nodes[to] ?? []
        if (base === undefined || others.length > 0) return false
        return (nodes[from] ?? []).every((sub) => arrows.get(sub)?.has(base))
      },
    },
  ],
  [
    // Diagrams by a model. Dashed edges are only claimed by the model and are not checked.
    'flowchart BT',
    {
      node: BOX,
      arrow: /^ {2}(?<from>n\d+) (?<label>-->|-\.->) (?<to>n\d+)$/,
      holds({ from, to, label }, nodes, relations) {
        if (label === '-.->') return true
        const targets = nodes[to] ?? []
        return (nodes[from] ?? []).some((one) => targets.some((other) => relations.uses(one, other)))
      },
    },
  ],
])

export function checkDiagrams(
  read: ReadPage,
  diagrams: readonly Diagram[],
  relations: Relations,
  findings: Findings,
): void {
  const page = read.page.file
  for (const value of read.diagrams) {
    findings.check('diagrams')
    const known = diagrams.find((diagram) => diagram.page === page && diagram.mermaid === value)
    if (known === undefined) findings.fault('diagram_unknown', page, value)
    else checkDiagram(known, relations, findings)
  }
}

function checkDiagram({ page, mermaid, nodes }: Diagram, relations: Relations, findings: Findings): void {
  const [head = '', ...lines] = mermaid.split('\n')
  const form = FORMS.get(head)
  if (form === undefined) {
    findings.fault('diagram_syntax', page, head)
    return
  }
  const drawn = new Set<string>()
  /** Number of open subgraphs. */
  let depth = 0
  for (const line of lines) {
    const node = form.node.exec(line)?.groups?.id
    const { from, to, label } = form.arrow.exec(line)?.groups ?? {}
    if (node !== undefined) {
      drawn.add(node)
      if ((nodes[node]?.length ?? 0) === 0) findings.fault('diagram_edge', page, `${node} represents nothing`)
    } else if (from !== undefined && to !== undefined) {
      findings.check('diagram_edges')
      const isKnown = drawn.has(from) && drawn.has(to)
      if (!isKnown || !form.holds({ from, to, label }, nodes, relations))
        findings.fault('diagram_edge', page, line.trim())
    } else if (form.other?.test(line) !== true) {
      findings.fault('diagram_syntax', page, line)
    } else if (!line.startsWith('  linkStyle ')) {
      depth += line === '  end' ? -1 : 1
      if (depth < 0) findings.fault('diagram_syntax', page, line)
    }
  }
  if (depth > 0) findings.fault('diagram_syntax', page, 'a subgraph is not closed')
}

function isLinked(from: readonly string[] = [], to: readonly string[] = [], edges: Relations['files']): boolean {
  const targets = new Set(to)
  return from.some((file) => [...(edges.get(file)?.keys() ?? [])].some((target) => targets.has(target)))
}
