/** An analysis that is written down in a test: `struct a.ts#A 3-5` is a component, `a.ts#f -calls-> b.ts#g` an edge. */

import type { Analysis, Component, ComponentKind, Edge, EdgeKind, EdgeOrigin } from '#generate/model.ts'
import { Occurrences } from '#generate/occurrences.ts'

/** @param edges - An origin may follow: `a.ts#f -calls-> b.ts#g unique-name`; without it is `import`. */
export function handMade(components: readonly string[], edges: readonly string[]): Analysis {
  return {
    components: components.map(componentOf),
    edges: edges.map(edgeOf),
    fileDocs: {},
    reports: [],
    reads: [],
    commandLines: [],
    exports: {},
    occurrences: Occurrences.none,
    artifacts: { nodes: [], edges: [] },
  }
}

function componentOf(line: string): Component {
  const [kind = '', id = '', lines = '1-1'] = line.split(' ')
  const [file = '', qualifiedName = ''] = id.split('#')
  const [startLine = 1, endLine = 1] = lines.split('-').map(Number)
  const dot = qualifiedName.lastIndexOf('.')
  return {
    id,
    kind: kind as ComponentKind,
    name: qualifiedName.slice(dot + 1),
    qualifiedName,
    file,
    startLine,
    endLine,
    exported: true,
    visibility: 'public',
    signature: '',
    doc: null,
    parent: dot < 0 ? null : `${file}#${qualifiedName.slice(0, dot)}`,
  }
}

function edgeOf(line: string): Edge {
  const [from = '', arrow = '', to = '', origin = 'import'] = line.split(' ')
  return { from, to, kind: arrow.slice(1, -2) as EdgeKind, origin: origin as EdgeOrigin, confidence: 1 }
}
