/** Opens the tree of one commit for reading. */

import type { CommitTree } from '#generate/model.ts'
import { BlobTooLarge, RepositoryDamaged } from './errors.ts'
import { listTree } from './list-tree.ts'
import type { Repository } from './nodegit.ts'
import { type Objects, openObjects, readCommit } from './objects.ts'

export interface CommitTreeOptions {
  repository: Repository
  /** Full id of the commit, or of an annotated tag of it. */
  id: string
  /** The commit as the user named it, for messages. */
  name: string
  /** The branch or tag that it was resolved from, if any. */
  ref: string | null
  isOnRef: boolean
  maxFileBytes: number
  /** Frees the resources of this tree. */
  release(): Promise<void>
}

/**
 * Read the commit and list its files. Calls `release` before it throws.
 *
 * @throws {NoSuchCommit | RepositoryTooLarge | RepositoryDamaged}
 */
export async function openCommitTree(options: CommitTreeOptions): Promise<CommitTree> {
  const { maxFileBytes } = options
  let opened: Objects | undefined
  const close = async (): Promise<void> => {
    opened?.close()
    await options.release()
  }
  try {
    const objects = await openObjects(options.repository)
    opened = objects
    const commit = await readCommit(objects, options.id, options.name)
    const { entries, refused } = await listTree(objects, commit.tree)
    return {
      commit: commit.id,
      committedAt: commit.committedAt,
      subject: commit.subject,
      ref: options.ref,
      isOnRef: options.isOnRef,
      entries,
      refused,
      async read(blob) {
        const { type, bytes } = await objects.read(blob, maxFileBytes, tooLarge)
        if (type !== 'blob') throw new RepositoryDamaged(`Expected a file, found that ${blob} is a ${type}.`)
        return bytes
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }

  function tooLarge(bytes: number): BlobTooLarge {
    return new BlobTooLarge(`Expected a file of at most ${maxFileBytes} bytes, found one of ${bytes}.`)
  }
}
