/**
 * The parts of bodies that a walk over a file comes through. Most hold no use of the repository's own names, so they become
 * blocks of the model when the first use asks for it; functions with a name always do.
 */

import type ts from 'typescript'
import type { BlockKind } from '#generate/model.ts'

/** What a region is made of: as a rule, nodes. */
export type Ends = Pick<ts.Node, 'getStart' | 'end'>

/** A part of a body; `undefined` stands for the body of the component itself and for the top of the file. */
export class Region {
  readonly kind: BlockKind
  readonly parent: Region | undefined
  readonly first: Ends
  readonly last: Ends
  /** Of a branch that is one of several: the first of them. */
  decision: Region | undefined
  /** Of a nested function or class. */
  name: string | undefined

  constructor(kind: BlockKind, parent: Region | undefined, first: Ends, last = first) {
    this.kind = kind
    this.parent = parent
    this.first = first
    this.last = last
  }
}

/** @returns A region in another one; where the syntax is broken, what seems to be inside may be outside. */
export function regionIn(parent: Region | undefined, kind: BlockKind, first: Ends, last = first): Region {
  return parent?.kind === 'unknown' ? parent : new Region(kind, parent, first, last)
}
