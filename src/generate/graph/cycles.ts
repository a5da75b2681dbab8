/**
 * Strongly connected components of more than one node, by Tarjan's algorithm (Depth-first search and linear graph
 * algorithms, 1972), without recursion: real repositories would overflow the stack.
 */

import { compareText } from '#generate/model.ts'

export function findCycles(nodes: readonly string[], usesOf: (node: string) => Iterable<string>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const cycles: string[][] = []

  const visit = (node: string): { node: string; rest: Iterator<string> } => {
    index.set(node, index.size)
    low.set(node, index.get(node) ?? 0)
    stack.push(node)
    onStack.add(node)
    return { node, rest: usesOf(node)[Symbol.iterator]() }
  }
  const lower = (node: string, value: number | undefined): void => {
    low.set(node, Math.min(low.get(node) ?? 0, value ?? 0))
  }

  for (const root of nodes) {
    if (index.has(root)) continue
    const open = [visit(root)]
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.rest.next()
      if (next.done !== true) {
        if (!index.has(next.value)) open.push(visit(next.value))
        else if (onStack.has(next.value)) lower(top.node, index.get(next.value))
        continue
      }
      open.pop()
      const below = open.at(-1)
      if (below !== undefined) lower(below.node, low.get(top.node))
      if (low.get(top.node) !== index.get(top.node)) continue
      const cycle = stack.splice(stack.lastIndexOf(top.node))
      for (const node of cycle) onStack.delete(node)
      if (cycle.length > 1) cycles.push(cycle.sort(compareText))
    }
  }
  return cycles.sort((a, b) => b.length - a.length || compareText(a[0] ?? '', b[0] ?? ''))
}
