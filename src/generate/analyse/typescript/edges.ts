/** The edges that leave one file. */

import type { Component, Edge, EdgeKind, FileExport } from '#generate/model.ts'
import type { OpenFile } from './facts.ts'
import type { Index } from './index-of-components.ts'
import type { Resolve } from './resolve.ts'
import { type Site, walkSites } from './sites.ts'
import type { FindTargets, Target } from './symbols.ts'

export interface FileEdges {
  edges: Edge[]
  callsResolved: number
  callsUnresolved: number
  /** What importers of the file get. */
  exports: FileExport[]
}

/**
 * Find a file's edges. Of one pair `references` is left out where another kind says more.
 *
 * @param paths - The files that an import edge may lead to.
 */
export function edgesOfFile(
  file: OpenFile,
  index: Index,
  find: FindTargets,
  resolve: Resolve,
  paths: ReadonlySet<string>,
): Omit<FileEdges, 'exports'> {
  const found = new Map<string, Edge>()
  const result: Omit<FileEdges, 'exports'> = { edges: [], callsResolved: 0, callsUnresolved: 0 }
  const add = (from: string, target: Target, kind: EdgeKind): void => {
    if (from === target.id) return
    const key = `${from}\0${target.id}\0${kind}`
    if (!found.has(key))
      found.set(key, { from, to: target.id, kind, origin: target.origin, confidence: target.confidence })
  }
  walkSites(file.tree, file.path, index.owners, {
    site: (site) => {
      const { targets, where } = find(site)
      for (const target of targets) {
        const component = index.components.get(target.id)
        // What takes the place of a method is a function, also as a field; fields hide those of a base and override nothing.
        if (site.use !== 'override' || component?.kind === 'method') {
          add(site.owner, target, kindOf(site, component))
        }
      }
      if (site.use !== 'call' && site.use !== 'construct') return
      if (where === 'unknown') result.callsUnresolved++
      else result.callsResolved++
    },
    specifier: (specifier) => {
      const to = resolve(specifier, file.path)
      if (to !== undefined && paths.has(to)) add(file.path, { id: to, origin: 'import', confidence: 1 }, 'imports')
    },
  })
  const isStronger = (edge: Edge): boolean => edge.kind !== 'references' && edge.kind !== 'overrides'
  const stronger = new Set([...found.values()].filter(isStronger).map(pairOf))
  result.edges = [...found.values()].filter((edge) => edge.kind !== 'references' || !stronger.has(pairOf(edge)))
  return result
}

function pairOf(edge: Edge): string {
  return `${edge.from}\0${edge.to}`
}

/** A class that is called in a template or by a decorator is made there. */
function kindOf(site: Site, target: Component | undefined): EdgeKind {
  switch (site.use) {
    case 'call':
      return target?.kind === 'class' ? 'instantiates' : 'calls'
    case 'construct':
      return 'instantiates'
    case 'reference':
      return 'references'
    case 'type':
      return 'uses-type'
    case 'override':
      return 'overrides'
    default:
      return site.use
  }
}
