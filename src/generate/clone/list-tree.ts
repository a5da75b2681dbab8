/**
 * Lists a tree and all trees below it. The raw bytes are parsed, because libgit2 normalises paths (`../x` becomes `x`)
 * and rejects a whole tree for one odd name.
 */

import type { TreeEntry } from '#generate/model.ts'
import { RepositoryDamaged, RepositoryTooLarge } from './errors.ts'
import { MAX_OBJECT_BYTES, type Objects } from './objects.ts'

export interface Listing {
  /** Depth first, in git's order. */
  entries: TreeEntry[]
  /** Entries left out because of their names or depth; entries below them are not counted. */
  refused: number
}

interface RawEntry {
  mode: number
  name: string
  id: string
}

const NO_SETTING = 'This limit is fixed: such a tree is an attack or a mistake.'
/** Limit on the length of a path; no file system has longer ones. */
const MAX_PATH = 4_096
/** Limit on the folders of a path, far more than any project has. */
const MAX_FOLDERS = 200
/** Limit on entries: a few hundred bytes of trees can describe billions of files, each tree containing the next many times. */
const MAX_ENTRIES = 500_000
/** Limit on cached trees, and on rows of a cached tree: the same tree may occur many times. */
const MAX_KNOWN = 1_000
/** Limit on the characters of all paths together. */
const MAX_PATH_CHARACTERS = 128 * 1_048_576

/**
 * List the tree with this id.
 *
 * @throws {RepositoryTooLarge | RepositoryDamaged}
 */
export async function listTree(objects: Objects, root: string): Promise<Listing> {
  const entries: TreeEntry[] = []
  let refused = 0
  let seen = 0
  let characters = 0
  const known = new Map<string, RawEntry[]>()
  const stack = [await openFrame(root, '')]
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const { prefix, names } = frame
    const row = frame.rows[frame.at++]
    if (row === undefined) {
      stack.pop()
      continue
    }
    seen += 1
    characters += prefix.length + row.name.length
    if (seen > MAX_ENTRIES || characters > MAX_PATH_CHARACTERS) {
      throw new RepositoryTooLarge(`Expected at most ${MAX_ENTRIES} files and folders, found more.`, NO_SETTING)
    }
    const path = prefix + row.name
    const kind = KINDS.get(row.mode & 0o170000)
    const isTooDeep = path.length > MAX_PATH || (kind === 'tree' && stack.length > MAX_FOLDERS)
    if (kind === undefined || !isPlainName(row.name) || names.has(row.name) || isTooDeep) {
      refused += 1
      continue
    }
    names.add(row.name)
    if (kind === 'tree') stack.push(await openFrame(row.id, `${path}/`))
    else entries.push({ path, blob: row.id, kind })
  }
  return { entries, refused }

  async function openFrame(id: string, prefix: string): Promise<Frame> {
    const rows = known.get(id) ?? (await readTree(objects, id))
    if (known.size < MAX_KNOWN && rows.length < MAX_KNOWN) known.set(id, rows)
    return { prefix, rows, at: 0, names: new Set() }
  }
}

/** A tree that is being listed. */
interface Frame {
  prefix: string
  rows: RawEntry[]
  /** Index of the next row. */
  at: number
  /** Names so far: a hostile tree may contain a name twice. */
  names: Set<string>
}

const KINDS: ReadonlyMap<number, TreeEntry['kind'] | 'tree'> = new Map([
  [0o040000, 'tree'],
  [0o100000, 'file'],
  [0o120000, 'symlink'],
  [0o160000, 'submodule'],
])

/** Whether a name is safe as part of a path. Invalid UTF-8 has become U+FFFD. */
function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/') && name.toLowerCase() !== '.git'
}

async function readTree(objects: Objects, id: string): Promise<RawEntry[]> {
  const { type, bytes } = await objects.read(
    id,
    MAX_OBJECT_BYTES,
    (found) => new RepositoryTooLarge(`A folder's list of files is ${found} bytes.`, NO_SETTING),
  )
  if (type !== 'tree') throw new RepositoryDamaged(`Expected a tree, found that ${id} is a ${type}.`)
  return parseTree(bytes, id)
}

/** Repeated: `<octal mode> <name>\0<20 bytes of id>`. */
function parseTree(bytes: Buffer, id: string): RawEntry[] {
  const rows: RawEntry[] = []
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at)
    const nul = bytes.indexOf(0, space)
    const end = nul + 21
    if (space === -1 || nul === -1 || end > bytes.length) throw new RepositoryDamaged(`The tree ${id} is broken.`)
    const mode = Number.parseInt(bytes.toString('latin1', at, Math.min(space, at + 8)), 8)
    rows.push({ mode, name: bytes.toString('utf8', space + 1, nul), id: bytes.toString('hex', nul + 1, end) })
    at = end
  }
  return rows
}
