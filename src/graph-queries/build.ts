/** Builds the index of a graph. Deterministic: the same graph results in the same bytes, on every machine. */

// Not the platform's own compressor, whose bytes differ between versions of the platform.
import { deflateSync, strToU8 } from 'fflate'
import { ByteWriter } from '#base/bytes.ts'
import {
  type Block,
  COMMIT,
  CONSTRUCTOR,
  EDGE_KINDS,
  type EdgeKind,
  type EdgeRow,
  EXPORTED,
  GUESS,
  GUESSED,
  type Header,
  hashOfName,
  IN_TESTS,
  MAGIC,
  NODE_KINDS,
  type NodeKind,
  type NodeRow,
  namesOf,
  type Place,
  REPEATED,
} from './format.ts'

export interface FileInput {
  path: string
  lines: number
  isTest: boolean
  /** The page that documents the file; `null` if there is none. */
  page: string | null
  /** URL of lines, with `{start}` and `{end}`; `null` when there is none. */
  link: string | null
}

export interface DefinitionInput {
  /** `path#Qualified.name`. */
  id: string
  file: string
  kind: Exclude<NodeKind, 'file'>
  /** `Router.match`. */
  qualifiedName: string
  startLine: number
  endLine: number
  isExported: boolean
  isTest: boolean
  signature: string
  summary: string | null
  page: string | null
  anchor: string | null
  /** Id of the definition that it is a member of. */
  parent: string | null
  /** For a further declaration: the id of the definition that it declares again. */
  repeats?: string
}

export interface EdgeInput {
  /** A path or the id of a definition. */
  from: string
  to: string
  kind: EdgeKind
  origin: string
  confidence: number
}

export interface GraphInput {
  commit: string
  /** All files that edges or definitions name. */
  files: readonly FileInput[]
  definitions: readonly DefinitionInput[]
  edges: readonly EdgeInput[]
  /** The places of an edge. @param index - Its index in `edges`. */
  placesOf(index: number): Place[]
}

/** A block is full with `BLOCK_NODES` nodes, or with `BLOCK_CHARS` characters. */
const BLOCK_NODES = 16
/** A file begins a new block after this many nodes, so that an added definition changes few of the blocks after it. */
const HALF_NODES = BLOCK_NODES / 2
const BLOCK_CHARS = 6_000

/** Maximum length of all paths together; the remaining files are left out. */
const MAX_PATH_CHARS = 8 * 1_048_576
/** Limit on the places of a node's edges; the remaining ones are written without places. */
const MAX_ROW_CHARS = 1_048_576
/** Approximate length of a place without its texts. */
const PLACE_CHARS = 16

interface Node {
  file: FileInput
  /** `null` for the file itself. */
  definition: DefinitionInput | null
  /** Indexes of edges, in order of the numbers of their targets. */
  edges: number[]
}

/** The bytes of the index. Edges with an end that is neither a file nor a definition are left out. */
export function buildGraphIndex(input: GraphInput): Uint8Array {
  const { nodes, numbers } = numberNodes(input)
  const targets = new Int32Array(input.edges.length)
  let edgeCount = 0
  for (const [index, { from, to }] of input.edges.entries()) {
    const source = nodes[numbers.get(from) ?? -1]
    const target = numbers.get(to)
    if (source === undefined || target === undefined) continue
    source.edges.push(index)
    targets[index] = target
    edgeCount++
  }
  const kindOf = (edge: number): number => EDGE_KINDS.indexOf(input.edges[edge]?.kind ?? 'references')
  const targetOf = (edge: number): number => targets[edge] ?? 0
  for (const { edges } of nodes) edges.sort((a, b) => targetOf(a) - targetOf(b) || kindOf(a) - kindOf(b))

  const columns = new ByteWriter()
  for (const [number, node] of nodes.entries()) {
    columns.byte(kindByte(node))
    const { definition } = node
    const parent = definition === null ? undefined : numbers.get(definition.repeats ?? definition.parent ?? '')
    columns.signed(parent === undefined ? 0 : parent - number)
    columns.number(node.edges.length)
    let before = number
    for (const edge of node.edges) {
      columns.signed(targetOf(edge) - before)
      before = targetOf(edge)
      columns.byte(kindOf(edge) | (input.edges[edge]?.origin === GUESSED ? GUESS : 0))
    }
  }
  const names = writeNames(nodes)
  const { table, blocks } = writeBlocks(input, nodes)
  const paths = deflateSync(
    strToU8(JSON.stringify(nodes.flatMap((node) => (node.definition === null ? [node.file.path] : [])))),
  )
  const parts = [columns.done(), names, table]
  const [atNames, atTable] = [columns.length, columns.length + names.length]
  const atPaths = atTable + table.length
  const header: Header = {
    version: 2,
    commit: input.commit,
    nodes: nodes.length,
    edges: edgeCount,
    columns: [0, columns.length],
    names: [atNames, names.length],
    blocks: [atTable, table.length],
    paths: [atPaths, paths.length],
  }
  const text = strToU8(JSON.stringify(header))
  const all = new ByteWriter()
  all.bytes(strToU8(MAGIC))
  all.uint32(text.length)
  for (const part of [text, ...parts, paths, blocks]) all.bytes(part)
  return all.done().slice()
}

/** Numbers the nodes: files by path, each followed by its definitions by line. */
function numberNodes({ files, definitions }: GraphInput): { nodes: Node[]; numbers: Map<string, number> } {
  const byFile = new Map<string, DefinitionInput[]>(files.map(({ path }) => [path, []]))
  for (const definition of definitions) byFile.get(definition.file)?.push(definition)
  const nodes: Node[] = []
  const numbers = new Map<string, number>()
  let chars = 0
  for (const file of [...files].sort((a, b) => compare(a.path, b.path))) {
    chars += file.path.length
    if (chars > MAX_PATH_CHARS) break
    numbers.set(file.path, nodes.push({ file, definition: null, edges: [] }) - 1)
    const own = byFile.get(file.path) ?? []
    own.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine || compare(a.id, b.id))
    for (const definition of own) numbers.set(definition.id, nodes.push({ file, definition, edges: [] }) - 1)
  }
  return { nodes, numbers }
}

function kindByte({ file, definition }: Node): number {
  if (definition === null) return file.isTest ? IN_TESTS : 0
  const { kind, isExported, isTest, repeats } = definition
  return (
    NODE_KINDS.indexOf(kind) |
    (isConstructor(definition) ? CONSTRUCTOR : 0) |
    (isExported ? EXPORTED : 0) |
    (isTest ? IN_TESTS : 0) |
    (repeats === undefined ? 0 : REPEATED)
  )
}

/** Names of constructors, in languages where they are not named after the class, and where any method may have the name. */
const CONSTRUCTORS = /^(?:__init__|__new__|__post_init__|__construct|constructor)$/
const OF_LANGUAGE: ReadonlyMap<string, string> = new Map([
  ['rb', 'initialize'],
  ['rs', 'new'],
  ['swift', 'init'],
])

function isConstructor({ kind, qualifiedName, file }: DefinitionInput): boolean {
  if (kind !== 'method') return false
  const [own = '', owner] = qualifiedName.split('.').reverse()
  const ending = file.slice(file.lastIndexOf('.') + 1)
  // Go has no constructors, whatever a method is called.
  return CONSTRUCTORS.test(own) || OF_LANGUAGE.get(ending) === own || (own === owner && ending !== 'go')
}

/** Writes all hashes of names in ascending order, then the numbers of their nodes. */
function writeNames(nodes: readonly Node[]): Uint8Array {
  const rows: [hash: number, node: number][] = []
  for (const [number, { file, definition }] of nodes.entries()) {
    const names =
      definition === null
        ? [file.path, file.path.slice(file.path.lastIndexOf('/') + 1)]
        : namesOf(definition.qualifiedName)
    for (const hash of new Set(names.map(hashOfName))) rows.push([hash, number])
  }
  rows.sort(([a, one], [b, other]) => a - b || one - other)
  const written = new ByteWriter()
  for (const [hash] of rows) written.uint32(hash)
  for (const [, node] of rows) written.uint32(node)
  return written.done()
}

function writeBlocks(input: GraphInput, nodes: readonly Node[]): { table: Uint8Array; blocks: Uint8Array } {
  const table = new ByteWriter()
  const blocks = new ByteWriter()
  let rows: string[] = []
  let links: Block['links'] = {}
  let chars = 0
  function flush(next: number): void {
    if (rows.length === 0) return
    const packed = deflateSync(strToU8(`{"rows":[${rows.join(',')}],"links":${JSON.stringify(links)}}`), { level: 4 })
    table.uint32(next - rows.length)
    table.uint32(blocks.length)
    table.uint32(packed.length)
    blocks.bytes(packed)
    rows = []
    links = {}
    chars = 0
  }
  for (const [number, node] of nodes.entries()) {
    if (node.definition === null && rows.length >= HALF_NODES) flush(number)
    const row = JSON.stringify(rowOf(input, node))
    rows.push(row)
    chars += row.length
    // Without the commit, the block is the same for each commit that does not change these files.
    if (node.file.link !== null) links[node.file.path] = node.file.link.replaceAll(input.commit, COMMIT)
    if (rows.length === BLOCK_NODES || chars >= BLOCK_CHARS) flush(number + 1)
  }
  flush(nodes.length)
  return { table: table.done(), blocks: blocks.done() }
}

function rowOf(input: GraphInput, { file, definition, edges }: Node): NodeRow {
  let chars = 0
  const shown = edges.map((edge): EdgeRow => {
    const { origin = '', confidence = 0 } = input.edges[edge] ?? {}
    const places = chars > MAX_ROW_CHARS ? [] : input.placesOf(edge)
    for (const [, , block, path] of places) chars += PLACE_CHARS + (block?.length ?? 0) + (path?.length ?? 0)
    return [origin, confidence, places]
  })
  if (definition === null) return [file.path, '', file.path, 1, file.lines, null, null, file.page, null, shown]
  const { id, qualifiedName, startLine, endLine, signature, summary, page, anchor } = definition
  const below = id.slice(file.path.length + 1)
  return [file.path, below, qualifiedName, startLine, endLine, signature, summary, page, anchor, shown]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
