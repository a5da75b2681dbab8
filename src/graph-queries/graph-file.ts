/** The index of one graph: its columns in memory (`graph-columns.ts`), and its names, paths and rows, which are read when they are needed. */

import { inflateSync, strFromU8 } from 'fflate'
import { lowerBound } from '#base/binary-search.ts'
import { ByteReader, DamagedBytes } from '#base/bytes.ts'
import { bytesOfString, createLoadCache, type LoadCache, type LoadedValue } from '#base/load-cache.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { type Block, COMMIT, Header, hashOfName, MAGIC, type NodeRow, PREFIX_BYTES } from './format.ts'
import { GraphColumns, type Tally } from './graph-columns.ts'

/** The bytes from `from` up to `to`; fewer at the end of the file. `undefined` when there is no such file. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array | undefined>

/** Enough for the header of any graph. */
const HEAD_BYTES = 4_096
/** Limits of the memory of the blocks and of the lists of paths of all graphs. */
const BLOCK_BYTES = 48 * 1_048_576
const PATH_BYTES = 48 * 1_048_576
/** Memory that a block occupies for each character of its JSON: its rows are many small arrays. */
const BYTES_PER_CHAR = 6
/** Reading a block costs as much work as following this many edges, or more if it is large. */
const BLOCK_WORK = 100
const CHARS_PER_WORK = 64

/** Caches what graphs read when it is needed, for all graphs together. */
export interface GraphParts {
  blocks: LoadCache<Block, () => Promise<LoadedValue<Block>>>
  paths: LoadCache<string[], () => Promise<LoadedValue<string[]>>>
}

export const createGraphParts = (blockBytes = BLOCK_BYTES, pathBytes = PATH_BYTES): GraphParts => ({
  blocks: createLoadCache(blockBytes, (_, load) => load()),
  paths: createLoadCache(pathBytes, (_, load) => load()),
})

/** The number of the graph opened last. */
let opened = 0

export class GraphFile extends GraphColumns {
  readonly header: Header
  /** Size of the columns in memory; blocks and paths are counted in `GraphParts`. */
  readonly bytes: number
  readonly #read: ReadBytes
  /** The offset of the paths, which the blocks follow. */
  readonly #pathsAt: number
  readonly #parts: GraphParts
  /** Distinguishes its parts from those of other graphs. */
  readonly #id = ++opened
  readonly #hashes: Uint32Array
  readonly #hashNodes: Uint32Array
  /** First node, offset and length of each block. */
  readonly #starts: Uint32Array
  readonly #offsets: Uint32Array
  readonly #lengths: Uint32Array

  /** @returns `undefined` when there is no file, or it has another version. @throws {DamagedBytes} */
  static async open(read: ReadBytes, parts: GraphParts): Promise<GraphFile | undefined> {
    const head = await read(0, HEAD_BYTES)
    if (head === undefined || strFromU8(head.subarray(0, MAGIC.length)) !== MAGIC) return undefined
    const [length = 0] = uint32sOf(head.subarray(MAGIC.length, PREFIX_BYTES))
    const header = Header.safeParse(parseIfJson(strFromU8(head.subarray(PREFIX_BYTES, PREFIX_BYTES + length)))).data
    if (header === undefined) return undefined
    // A node takes three bytes of the columns or more, an edge two.
    const { nodes, edges, columns } = header
    if (nodes * 3 + edges * 2 > columns[1]) throw new DamagedBytes('The index of the graph counts more than it holds.')
    const start = PREFIX_BYTES + length
    const end = start + header.blocks[0] + header.blocks[1]
    const front = await read(start, end)
    if (front?.length !== end - start) throw new DamagedBytes('The index of the graph is shorter than it says.')
    return new GraphFile(header, front, read, parts, end)
  }

  private constructor(header: Header, front: Uint8Array, read: ReadBytes, parts: GraphParts, pathsAt: number) {
    const section = ([at, length]: [number, number]): Uint8Array => front.subarray(at, at + length)
    super(header, new ByteReader(section(header.columns)))
    this.header = header
    this.#read = read
    this.#parts = parts
    this.#pathsAt = pathsAt
    const { nodes, edges } = header
    const names = uint32sOf(section(header.names))
    this.#hashes = names.subarray(0, names.length / 2)
    this.#hashNodes = names.subarray(names.length / 2)
    const blocks = uint32sOf(section(header.blocks))
    const column = (at: number): Uint32Array =>
      Uint32Array.from({ length: blocks.length / 3 }, (_, row) => blocks[row * 3 + at] ?? 0)
    this.#starts = column(0)
    this.#offsets = column(1)
    this.#lengths = column(2)
    // Bytes for each node and edge: the sum of the elements of their columns (`graph-columns.ts`).
    this.bytes = nodes * 17 + edges * 13 + names.byteLength + blocks.byteLength + this.fileNodes.length * 8
  }

  /** Nodes that may have this name, in order; their rows tell whether they do. */
  named(name: string): number[] {
    const hash = hashOfName(name)
    const nodes: number[] = []
    const start = lowerBound(this.#hashes.length, (index) => (this.#hashes[index] ?? 0) < hash)
    for (let at = start; this.#hashes[at] === hash; at++) nodes.push(this.#hashNodes[at] ?? 0)
    return nodes
  }

  /** The rows of nodes, in the same order. @throws {DamagedBytes} */
  async rowsOf(nodes: readonly number[], tally: Tally): Promise<NodeRow[]> {
    const wanted = [...new Set(nodes.map((node) => this.#blockOf(node)))]
    const blocks = new Map<number, Block>()
    await Promise.all(wanted.map(async (number) => blocks.set(number, await this.#block(number, tally))))
    return nodes.map((node) => {
      const number = this.#blockOf(node)
      const row = blocks.get(number)?.rows[node - (this.#starts[number] ?? 0)]
      if (row === undefined) throw new DamagedBytes('A block of the graph is not complete.')
      return row
    })
  }

  /** The paths of files, in the same order. @throws {DamagedBytes} */
  async pathsOf(files: readonly number[], tally: Tally): Promise<string[]> {
    const paths = (await this.#parts.paths.read(`${this.#id}`, () => this.#readPaths(tally))) ?? []
    return files.map((file) => paths[lowerBound(this.fileNodes.length, (at) => (this.fileNodes[at] ?? 0) < file)] ?? '')
  }

  async #readPaths(tally: Tally): Promise<LoadedValue<string[]>> {
    const packed = await this.#read(this.#pathsAt, this.#pathsAt + this.header.paths[1])
    if (packed === undefined || packed.length === 0) throw new DamagedBytes('The paths of the graph are gone.')
    const text = strFromU8(inflateSync(packed))
    tally.work += Math.ceil(text.length / CHARS_PER_WORK)
    const value = JSON.parse(text) as string[]
    return { value, bytes: value.reduce((sum, path) => sum + bytesOfString(path), 0) }
  }

  /** The URL of lines of a node's file; `null` when there is none. */
  async linkOf(node: number, start: number, end: number, tally: Tally): Promise<string | null> {
    const block = await this.#block(this.#blockOf(node), tally)
    const row = block.rows[node - (this.#starts[this.#blockOf(node)] ?? 0)]
    const link = row === undefined ? undefined : block.links[row[0]]
    if (link === undefined) return null
    const { commit } = this.header
    return link
      .replaceAll(COMMIT, () => commit)
      .replace('{start}', String(start))
      .replace('{end}', String(end))
  }

  #blockOf(node: number): number {
    return lowerBound(this.#starts.length, (index) => (this.#starts[index] ?? 0) <= node) - 1
  }

  async #block(number: number, tally: Tally): Promise<Block> {
    const block = await this.#parts.blocks.read(`${this.#id} ${number}`, () => this.#readBlock(number, tally))
    if (block === undefined) throw new DamagedBytes('A block of the graph is gone.')
    return block
  }

  async #readBlock(number: number, tally: Tally): Promise<LoadedValue<Block>> {
    const from = this.#pathsAt + this.header.paths[1] + (this.#offsets[number] ?? 0)
    const packed = await this.#read(from, from + (this.#lengths[number] ?? 0))
    if (packed === undefined || packed.length === 0) throw new DamagedBytes('A block of the graph is gone.')
    const text = strFromU8(inflateSync(packed))
    tally.work += Math.max(BLOCK_WORK, Math.ceil(text.length / CHARS_PER_WORK))
    return { value: JSON.parse(text) as Block, bytes: text.length * BYTES_PER_CHAR }
  }
}

/** Little-endian numbers of 32 bits. */
function uint32sOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: bytes.byteLength >>> 2 }, (_, index) => view.getUint32(index * 4, true))
}
