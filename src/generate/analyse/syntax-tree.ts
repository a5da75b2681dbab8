/**
 * A syntax tree copied out of WebAssembly: the named nodes of one file in document order, in typed arrays. It does not
 * depend on the language or the parser; `load-syntax.ts` makes it.
 *
 * A node is its index. Its first child is the next index, its next sibling the index where its subtree ends, so that
 * one loop reads a whole file without recursion. Comments are stored separately: they may appear anywhere and would
 * otherwise separate the parts of a node.
 */

import { lowerBound } from '#base/binary-search.ts'
import { Lines, type Place } from '#generate/formats/lines.ts'

/** Represents "no node". */
export const NONE = -1

/** The kind of a node that is missing from the caller's table of kinds. */
export const OTHER = 0

export class SyntaxTree {
  readonly #lines: Lines
  /** The parsed text; offsets count its UTF-16 code units. */
  readonly text: string
  /** Number of nodes; node 0 is the root. */
  readonly size: number
  /** The kind of each node, in the numbering of the caller's table. */
  readonly kinds: Uint8Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** For each node, the index after its last descendant. */
  readonly after: Uint32Array
  /** Start and end of each comment alternately, in document order. */
  readonly comments: ArrayLike<number>
  /** True if the text does not follow the grammar; the rest of the tree is still usable. */
  readonly hasError: boolean

  constructor(
    given: Pick<SyntaxTree, 'text' | 'size' | 'kinds' | 'starts' | 'ends' | 'after' | 'comments' | 'hasError'>,
  ) {
    this.#lines = new Lines(given.text)
    this.text = given.text
    this.size = given.size
    this.kinds = given.kinds
    this.starts = given.starts
    this.ends = given.ends
    this.after = given.after
    this.comments = given.comments
    this.hasError = given.hasError
  }

  kind(node: number): number {
    return this.kinds[node] ?? OTHER
  }

  start(node: number): number {
    return this.starts[node] ?? 0
  }

  end(node: number): number {
    return this.ends[node] ?? 0
  }

  /** Index after the last descendant of a node. */
  afterOf(node: number): number {
    return this.after[node] ?? this.size
  }

  textOf(node: number): string {
    return this.text.slice(this.starts[node], this.ends[node])
  }

  /** The first child, or `NONE`. */
  first(node: number): number {
    return node + 1 < this.afterOf(node) ? node + 1 : NONE
  }

  /** The child of `parent` after its child `node`, or `NONE`. */
  next(node: number, parent: number): number {
    const following = this.afterOf(node)
    return following < this.afterOf(parent) ? following : NONE
  }

  /** The first child of this kind, or `NONE`. */
  childOfKind(node: number, kind: number): number {
    for (let child = this.first(node); child !== NONE; child = this.next(child, node)) {
      if (this.kinds[child] === kind) return child
    }
    return NONE
  }

  /** The last child, or `NONE`. */
  last(node: number): number {
    let last = NONE
    for (let child = this.first(node); child !== NONE; child = this.next(child, node)) last = child
    return last
  }

  children(node: number): number[] {
    const children: number[] = []
    for (let child = this.first(node); child !== NONE; child = this.next(child, node)) children.push(child)
    return children
  }

  /** The line of an offset, counted from 1. */
  lineAt(offset: number): number {
    return this.#lines.at(offset)
  }

  placeAt(offset: number): Place {
    return this.#lines.placeAt(offset)
  }

  startLine(node: number): number {
    return this.lineAt(this.start(node))
  }

  /** The line of a node's last character outside comments: a block may end with the comments below it. */
  endLine(node: number): number {
    const start = this.start(node)
    let end = trimEnd(this.text, start, this.end(node))
    for (let i = this.firstCommentFrom(end) - 2; i >= 0 && this.comments[i + 1] === end; i -= 2) {
      end = trimEnd(this.text, start, this.comments[i] ?? start)
    }
    return this.lineAt(Math.max(start, end - 1))
  }

  /** Index in `comments` of the first one that starts at or after `offset`. */
  firstCommentFrom(offset: number): number {
    return 2 * lowerBound(this.comments.length / 2, (index) => (this.comments[index * 2] ?? 0) < offset)
  }
}

/** The end of the last character before `end` that is not a space. */
function trimEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && text.charCodeAt(at - 1) <= 0x20) at--
  return at
}

/** A tree without its text, in the form that crosses threads. */
export interface TreeColumns {
  readonly kinds: Uint8Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly after: Uint32Array
  readonly comments: Uint32Array
  readonly hasError: boolean
}

export function toColumns({ kinds, starts, ends, after, comments, hasError }: SyntaxTree): TreeColumns {
  return { kinds, starts, ends, after, comments: Uint32Array.from(comments), hasError }
}

export function fromColumns(text: string, columns: TreeColumns): SyntaxTree {
  const { kinds, starts, ends, after, comments, hasError } = columns
  return new SyntaxTree({ text, size: kinds.length, kinds, starts, ends, after, comments, hasError })
}
