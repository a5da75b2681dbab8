/** Tarjan's strongly connected components, without recursion (R. Tarjan, Depth-first search and linear graph algorithms, 1972). */

interface Visit {
  readonly node: string
  readonly index: number
  low: number
  readonly edges: Iterator<string>
}

/** @returns Groups of nodes that lead to each other; a group comes after all that it leads to. */
export function* connectedParts(
  nodes: Iterable<string>,
  edgesOf: (node: string) => Iterable<string>,
): Iterable<string[]> {
  const indexes = new Map<string, number>()
  const stack: string[] = []
  const open = new Set<string>()
  for (const start of nodes) {
    if (indexes.has(start)) continue
    const path: Visit[] = []
    const enter = (node: string): void => {
      path.push({ node, index: indexes.size, low: indexes.size, edges: edgesOf(node)[Symbol.iterator]() })
      indexes.set(node, indexes.size)
      open.add(node)
      stack.push(node)
    }
    enter(start)
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = visit.edges.next()
      if (next.done !== true) {
        const index = indexes.get(next.value)
        if (index === undefined) enter(next.value)
        else if (open.has(next.value)) visit.low = Math.min(visit.low, index)
        continue
      }
      path.pop()
      const above = path.at(-1)
      if (above !== undefined) above.low = Math.min(above.low, visit.low)
      if (visit.low !== visit.index) continue
      const part = stack.splice(stack.lastIndexOf(visit.node))
      for (const one of part) open.delete(one)
      yield part
    }
  }
}
