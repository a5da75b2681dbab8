/**
 * The parts of bodies that a walk over a file comes through. Most hold no use of the repository's own names, so they become
 * blocks of the model when the first use asks for it; functions with a name always do.
 */

import type ts from 'typescript'
import type { Block, BlockKind } from '#generate/model.ts'
import type { Lines } from './lines.ts'

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
  /** As a block; -1 until it is one. */
  index = -1

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

/** The blocks of one file. */
export class Blocks {
  readonly all: Block[] = []
  readonly #tree: ts.SourceFile
  readonly #lines: Lines

  constructor(tree: ts.SourceFile, lines: Lines) {
    this.#tree = tree
    this.#lines = lines
  }

  /** The index of a region's block, made here with those around it; -1 for none. */
  indexOf(region: Region | undefined): number {
    const missing: Region[] = []
    for (let one = region; one !== undefined && one.index === -1; one = one.parent) missing.push(one)
    for (const one of missing.reverse()) {
      if (one.decision !== undefined && one.decision.index === -1) this.#add(one.decision)
      if (one.index === -1) this.#add(one)
    }
    return region?.index ?? -1
  }

  #add(region: Region): void {
    region.index = this.all.length
    const { kind, parent, first, last, decision, name } = region
    this.all.push({
      kind,
      parent: parent?.index ?? -1,
      startLine: this.#lines.at(first.getStart(this.#tree)).line,
      endLine: this.#lines.at(last.end).line,
      ...(decision === undefined ? {} : { decision: decision.index }),
      ...(name === undefined ? {} : { name }),
    })
  }
}
