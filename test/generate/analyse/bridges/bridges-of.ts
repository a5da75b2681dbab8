/** Analyses a small repository and shows its bridges in a form that is easy to compare. */

import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from '../inventory-of.ts'

export interface ShownBridges {
  /** `file:startLine-endLine METHOD /path [Framework] -> handler` */
  routes: string[]
  /** `user -> file` */
  templates: string[]
  /** `from kind to` */
  edges: string[]
}

export async function bridgesOf(files: Record<string, string>): Promise<ShownBridges> {
  const inventory = await inventoryOf(files)
  const { edges, artifacts } = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  const nodes = new Set(artifacts.nodes.map(({ id }) => id))
  const handlers = new Map(artifacts.edges.map(({ from, to }) => [from, to]))
  return {
    routes: artifacts.nodes
      .filter(({ kind }) => kind === 'route')
      .map(
        ({ id, name, file, startLine, endLine, detail }) =>
          `${file}:${startLine}-${endLine} ${name} [${detail}] -> ${handlers.get(id) ?? ''}`,
      ),
    templates: artifacts.edges.filter(({ from }) => !nodes.has(from)).map(({ from, to }) => `${from} -> ${to}`),
    edges: edges
      .filter(({ origin, kind }) => origin === 'bridge' && kind !== 'tests')
      .map(({ from, kind, to }) => `${from} ${kind} ${to}`),
  }
}
