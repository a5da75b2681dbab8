/**
 * The visible nodes of one parsed text in document order, named and anonymous ones, in typed arrays. A node is its
 * index; its first child is the next index, its next sibling the index where its subtree ends.
 *
 * The arrays are reused for the next text: copy the data that is needed longer.
 */

/** Bits of `Nodes.flags`. An extra, usually a comment, may appear anywhere. */
export const NodeFlag = { named: 1, missing: 2, extra: 4 } as const

export class Nodes {
  /** Number of nodes; node 0 is the root. */
  size = 0
  /** The grammar's number of the node's kind; 0xffff for an error. */
  kinds = new Uint16Array(0)
  /** The grammar's number of the node's field, 0 for none. */
  fields = new Uint16Array(0)
  flags = new Uint8Array(0)
  /** Offsets in UTF-16 code units of the text. */
  starts = new Uint32Array(0)
  ends = new Uint32Array(0)
  /** For each node, the index after its last descendant. */
  after = new Uint32Array(0)
  /** Whether the text violates the grammar anywhere. */
  hasError = false

  /** Makes room for `count` nodes. Earlier contents are lost. */
  reserve(count: number): void {
    if (count <= this.kinds.length) return
    const room = Math.max(count, Math.ceil(this.kinds.length * 1.5), 4_096)
    this.kinds = new Uint16Array(room)
    this.fields = new Uint16Array(room)
    this.flags = new Uint8Array(room)
    this.starts = new Uint32Array(room)
    this.ends = new Uint32Array(room)
    this.after = new Uint32Array(room)
  }
}
