/** Computes centrality by PageRank (Brin and Page, The anatomy of a large-scale hypertextual Web search engine, 1998). */

const DAMPING = 0.85
const ROUNDS = 30

/** @param usesOf - The targets of a node with their weights. Weights count as logarithms: the tenth use adds less than the first. */
export function rank(
  nodes: readonly string[],
  usesOf: (node: string) => ReadonlyMap<string, number>,
): Map<string, number> {
  const rows = nodes.map((from) => {
    const row = [...usesOf(from)].map(([to, weight]) => ({ to, share: Math.log2(1 + weight) }))
    return { from, row, total: row.reduce((sum, { share }) => sum + share, 0) }
  })
  let ranks = new Map(nodes.map((node) => [node, 1]))
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map(nodes.map((node) => [node, 1 - DAMPING]))
    for (const { from, row, total } of rows) {
      const given = (DAMPING * (ranks.get(from) ?? 0)) / total
      for (const { to, share } of row) next.set(to, (next.get(to) ?? 0) + given * share)
    }
    ranks = next
  }
  return ranks
}
