/**
 * Regions of function bodies: branches, loops, nested functions. Most contain no use of the repository's own names, so
 * a region becomes a block of the model only when it has a use or a name.
 */

import type ts from 'typescript'
import type { BlockKind, HeadKind } from '#generate/model.ts'

/** The start and end of a region, usually nodes. */
export type Ends = Pick<ts.Node, 'getStart' | 'end'>

/** The code that decides whether a region runs; from the start of a node. */
export interface RegionHead {
  readonly kind: HeadKind
  readonly first: Pick<ts.Node, 'getStart'>
  readonly end: number
}

export const headOf = (kind: HeadKind, node: ts.Node): RegionHead => ({ kind, first: node, end: node.end })

/** A part of a body. `undefined` represents the whole body of a component or the top level of a file. */
export class Region {
  readonly kind: BlockKind
  readonly parent: Region | undefined
  readonly first: Ends
  readonly last: Ends
  /** The name of a nested function or class. */
  name: string | undefined
  /** Those of a guarded region grow with the exits in it. */
  readonly heads: readonly RegionHead[]

  constructor(
    kind: BlockKind,
    parent: Region | undefined,
    first: Ends,
    last = first,
    heads: readonly RegionHead[] = [],
  ) {
    this.kind = kind
    this.parent = parent
    this.first = first
    this.last = last
    this.heads = heads
  }
}

/** @returns A nested region; inside a region with broken syntax, that region itself. */
export function regionIn(
  parent: Region | undefined,
  kind: BlockKind,
  first: Ends,
  last = first,
  heads: readonly RegionHead[] = [],
): Region {
  return parent?.kind === 'unknown' ? parent : new Region(kind, parent, first, last, heads)
}
