/** Diagrams: every line is of the few forms that pages draw, every node stands for files, every arrow is in the graph. */

import type { Analysis, Diagram } from '#generate/model.ts'
import type { Findings } from './findings.ts'
import type { ReadPage } from './read-page.ts'

/** Number of confident edges from a file to another. */
export type FileEdges = ReadonlyMap<string, ReadonlyMap<string, number>>

const NODE = /^ +(n\d+)(?:\["([^"]+)"\]|\(\["([^"]+)"\]\))$/
const ARROW = /^ {2}(n\d+) -->(?:\|(\d+)\|)? (n\d+)$/
const OTHER = /^(?:flowchart LR| {2}subgraph inside\["[^"]+"\]| {2}end| {2}linkStyle \d+(?:,\d+)* stroke-width:\d+px)$/

export function fileEdgesOf(analysis: Analysis): FileEdges {
  const fileOf = new Map(analysis.components.map((component) => [component.id, component.file]))
  const edges = new Map<string, Map<string, number>>()
  for (const { from, to, origin } of analysis.edges) {
    if (origin === 'unique-name') continue
    const [a, b] = [fileOf.get(from) ?? from, fileOf.get(to) ?? to]
    const row = edges.get(a) ?? new Map<string, number>()
    edges.set(a, row)
    row.set(b, (row.get(b) ?? 0) + 1)
  }
  return edges
}

export function checkDiagrams(
  read: ReadPage,
  diagrams: readonly Diagram[],
  edges: FileEdges,
  findings: Findings,
): void {
  const page = read.page.file
  for (const value of read.diagrams) {
    findings.check('diagrams')
    const known = diagrams.find((diagram) => diagram.page === page && diagram.mermaid === value)
    if (known === undefined) {
      findings.fault('diagram_unknown', page, value)
      continue
    }
    const drawn = new Set<string>()
    for (const line of value.split('\n')) {
      const node = NODE.exec(line)?.[1]
      const arrow = ARROW.exec(line)
      if (node !== undefined) {
        drawn.add(node)
        if ((known.nodes[node]?.length ?? 0) === 0) findings.fault('diagram_edge', page, `${node} stands for nothing`)
      } else if (arrow !== null) {
        findings.check('diagram_edges')
        const [, from = '', label, to = ''] = arrow
        const weight = drawn.has(from) && drawn.has(to) ? weightOf(known.nodes[from], known.nodes[to], edges) : 0
        if (weight === 0 || (label !== undefined && Number(label) !== weight))
          findings.fault('diagram_edge', page, line.trim())
      } else if (!OTHER.test(line)) {
        findings.fault('diagram_syntax', page, line)
      }
    }
  }
}

function weightOf(from: readonly string[] = [], to: readonly string[] = [], edges: FileEdges): number {
  const targets = new Set(to)
  let weight = 0
  for (const file of from) {
    const row = edges.get(file)
    if (row === undefined) continue
    if (row.size < targets.size) for (const [target, number] of row) weight += targets.has(target) ? number : 0
    else for (const target of targets) weight += row.get(target) ?? 0
  }
  return weight
}
