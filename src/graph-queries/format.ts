/**
 * The format of `graph-index.bin`, the index of a set's graph.
 *
 * - 8 bytes: `DSGRAPH1`.
 * - 4 bytes: length of the header, little-endian, like all numbers.
 * - The header: JSON, see `Header`.
 * - Sections at the offsets in the header: columns of all nodes, hashes of names, paths of files, blocks.
 *
 * Nodes are numbered by file; a file comes before the definitions in it, which are in order of lines. The *columns* hold the data
 * for walking through the graph, for each node: kind and flags, parent, and the edges from it. A *block* holds the data shown of
 * consecutive nodes, as compressed JSON (`Block`), so that a question reads little more than it shows. The *names* are hashes of
 * names in ascending order, each with the number of its node.
 */

import { z } from 'zod'
import { fnv1a } from '#base/fnv1a.ts'

export const GRAPH_INDEX_FILE = 'graph-index.bin'

export const MAGIC = 'DSGRAPH1'
/** Length of the magic and of the length of the header. */
export const PREFIX_BYTES = 12

/** Kinds of nodes; their numbers are in the columns. */
export const NODE_KINDS = [
  'file',
  'class',
  'struct',
  'interface',
  'trait',
  'enum',
  'type',
  'function',
  'method',
  'field',
  'constant',
  'macro',
  'namespace',
] as const
export type NodeKind = (typeof NODE_KINDS)[number]

/** The kind of a node takes the lower bits of its byte; the flags below take the others. */
export const KIND_MASK = 0x0f
export const CONSTRUCTOR = 0x10
export const EXPORTED = 0x20
export const IN_TESTS = 0x40
/** A further declaration of a definition that several places declare: it has no edges of its own. */
export const REPEATED = 0x80

/** Kinds of edges, as in `graph.json`. */
export const EDGE_KINDS = [
  'imports',
  'calls',
  'references',
  'uses-type',
  'extends',
  'implements',
  'mixes-in',
  'overrides',
  'instantiates',
  'tests',
] as const
export type EdgeKind = (typeof EDGE_KINDS)[number]

/** Set in the kind of an edge that is a guess. */
export const GUESS = 0x80
/** The origin of edges that are guesses. */
export const GUESSED = 'unique-name'

const Section = z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])

export const Header = z.object({
  /** In version 1, links contain the commit itself. */
  version: z.literal([1, 2]),
  commit: z.string(),
  nodes: z.number().int().nonnegative(),
  edges: z.number().int().nonnegative(),
  /** Offset from the end of the header, and length. */
  columns: Section,
  names: Section,
  /** Paths of all files, in order: a JSON array, compressed. */
  paths: Section,
  /** For each block: the number of its first node, offset, length. Three 32-bit numbers. */
  blocks: Section,
})
export type Header = z.infer<typeof Header>

/** Where an edge is used: line, column, kind of the innermost block or `null`, and the file if it is not that of the node. */
export type Place = [line: number, column: number, block: string | null] | [number, number, string | null, string]

/** The data shown of an edge: origin, confidence, places. In the order of the node's edges in the columns. */
export type EdgeRow = [origin: string, confidence: number, places: Place[]]

/**
 * The data shown of a node: path of the file, qualified name and id below the file (empty for the file itself), name, first and
 * last line, signature, first sentence of its comment, page and anchor of its entry, and its edges.
 */
export type NodeRow = [
  file: string,
  id: string,
  qualifiedName: string,
  startLine: number,
  endLine: number,
  signature: string | null,
  summary: string | null,
  page: string | null,
  anchor: string | null,
  edges: EdgeRow[],
]

/** Placeholder for the id of the commit in the links of blocks. */
export const COMMIT = '{commit}'

export interface Block {
  rows: NodeRow[]
  /** URLs of lines, keyed by path, with `{start}`, `{end}` and `COMMIT`. */
  links: Record<string, string>
}

/** The hash of a name in any case. Different names may have the same hash, so the names of the nodes found are compared. */
export const hashOfName = (name: string): number => fnv1a(name.toLowerCase())

/** The names by which a definition is found: `match`, `Router.match` and, when it is longer, the whole of its name. */
export function namesOf(qualifiedName: string): string[] {
  const parts = qualifiedName.split('.')
  const names = [parts.slice(-1), parts.slice(-2), parts].map((some) => some.join('.'))
  return [...new Set(names)]
}
