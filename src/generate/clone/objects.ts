/** Reads objects of a repository by id, never larger than a limit, and parses commits and tags. */

import { AppError } from '#base/errors.ts'
import { NoSuchCommit, RepositoryDamaged } from './errors.ts'
import { createObjectReader, type Repository } from './nodegit.ts'
import { openSizes } from './object-sizes.ts'

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'

export interface GitObject {
  type: ObjectType
  bytes: Buffer
}

export interface Objects {
  has(id: string): boolean
  /**
   * @param maxBytes - Limit on the uncompressed object.
   * @param tooLarge - Makes the error for an object that is larger or has too large a delta base.
   * @throws {RepositoryDamaged} The object is missing or broken.
   */
  read(id: string, maxBytes: number, tooLarge: (bytes: number) => AppError): Promise<GitObject>
  close(): void
}

/** Limit on commits, tags, trees and delta bases. */
export const MAX_OBJECT_BYTES = 256 * 1_048_576

const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag']

/** Open the object database in its current state. */
export async function openObjects(repository: Repository): Promise<Objects> {
  const readObject = createObjectReader(await repository.odb())
  const sizes = openSizes(`${repository.commondir()}objects`)
  return {
    has: (id) => sizes.sizeOf(id) !== undefined,
    async read(id, maxBytes, tooLarge) {
      try {
        const size = sizes.sizeOf(id)
        if (size !== undefined) {
          if (size.bytes > maxBytes || size.peakBytes > Math.max(maxBytes, MAX_OBJECT_BYTES)) throw tooLarge(size.bytes)
          const object = await readObject(id)
          const type = TYPES[object?.type ?? 0]
          if (object !== undefined && type !== undefined) return { type, bytes: object.bytes }
        }
      } catch (error) {
        throw error instanceof AppError ? error : new RepositoryDamaged(`The object ${id} is broken.`, { cause: error })
      }
      throw new RepositoryDamaged(`The object ${id} is missing.`)
    },
    close: () => sizes.close(),
  }
}

export interface Commit {
  id: string
  tree: string
  /** ISO 8601 UTC. */
  committedAt: string
  /** First line of the message, at most 500 characters. */
  subject: string
}

const MAX_TAGS = 32
/** Limit on the characters read of a commit's header. */
const MAX_HEAD = 65_536

/**
 * Read the commit with this id, or the one that a tag with this id points to, also through tags of tags.
 *
 * @throws {NoSuchCommit} The id is that of a file or folder, or the object is missing.
 */
export async function readCommit(objects: Objects, id: string, name: string): Promise<Commit> {
  if (!objects.has(id)) throw new NoSuchCommit(`The repository has no commit ${name}.`)
  let at = id
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    const { type, bytes } = await objects.read(at, MAX_OBJECT_BYTES, () => notACommit(name))
    if (type === 'commit') return parseCommit(at, bytes)
    const to = type === 'tag' ? /^object ([0-9a-f]{40})\n/.exec(bytes.toString('latin1', 0, 48))?.[1] : undefined
    if (to === undefined) break
    at = to
  }
  throw notACommit(name)
}

const notACommit = (name: string): NoSuchCommit => new NoSuchCommit(`${name} is not a commit.`)

function parseCommit(id: string, bytes: Buffer): Commit {
  const end = bytes.indexOf('\n\n')
  const head = bytes.toString('utf8', 0, Math.min(end === -1 ? bytes.length : end, MAX_HEAD))
  const tree = /^tree ([0-9a-f]{40})$/m.exec(head)?.[1]
  if (tree === undefined) throw new RepositoryDamaged(`The commit ${id} has no tree.`)
  const seconds = Number(/^committer .*> (-?\d{1,12}) /m.exec(head)?.[1] ?? 0)
  const date = new Date(seconds * 1_000)
  const message = end === -1 ? '' : bytes.toString('utf8', end + 2, end + 4_096).trimStart()
  return {
    id,
    tree,
    committedAt: (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString(),
    subject: (message.split('\n', 1)[0] ?? '').trim().slice(0, 500),
  }
}
