/** Opens a repository in a local folder, in place: nothing is copied, fetched or written. */

import { isFullCommitId } from '#base/commit-id.ts'
import type { Repository as Address } from '#base/repository.ts'
import type { CommitTree } from '#generate/model.ts'
import type { RepositoryRefs } from './clone.ts'
import { openCommitTree } from './commit-tree.ts'
import type { CommitRange } from './count-commits.ts'
import { AmbiguousCommit, EmptyRepository, NoSuchCommit, NotARepository } from './errors.ts'
import {
  countBetween,
  findCommit,
  listRefs,
  openRepository,
  type Repository,
  readHeadBranch,
  readRef,
} from './nodegit.ts'
import { openObjects, readCommit } from './objects.ts'
import { listSimilar } from './similar-refs.ts'

/**
 * Open the tree of a commit.
 *
 * @param folder - A bare repository, one with a `.git` folder, or a worktree; parent folders are not searched.
 * @param commitId - As returned by `parseCommitId`; `null` or `HEAD` for the commit that is checked out.
 * @throws {NotARepository | EmptyRepository | NoSuchCommit | AmbiguousCommit | RepositoryDamaged | RepositoryTooLarge}
 */
export async function openLocalTree(
  address: Address,
  folder: string,
  commitId: string | null,
  maxFileBytes: number,
): Promise<CommitTree> {
  const repository = await open(address, folder)
  const { id, ref, isById = false } = await find(repository, commitId)
  const name = commitId ?? 'HEAD'
  const isOnRef = !isById || (await isTip(address, folder, id))
  return openCommitTree({ repository, id, name, ref, isOnRef, maxFileBytes, release: async () => {} })
}

async function open({ fullName }: Address, folder: string): Promise<Repository> {
  try {
    return await openRepository(folder)
  } catch (cause) {
    const message = `Expected a git repository in the folder of ${fullName}, found none that can be read.`
    throw new NotARepository(message, 'Give the top folder of a repository, its .git folder or a bare one.', { cause })
  }
}

/** Whether a branch, a tag or HEAD is this commit. A mirror also has commits of pull requests. */
async function isTip(address: Address, folder: string, id: string): Promise<boolean> {
  const { head, refs } = await listLocalRefs(address, folder)
  return head?.commit === id || refs.some(({ commit }) => commit === id)
}

interface FoundCommit {
  id: string
  ref: string | null
  /** Whether the request named an id, not a ref. */
  isById?: boolean
}

/** Resolves a commit id, branch or tag. The id may be that of an annotated tag. */
async function find(repository: Repository, commitId: string | null): Promise<FoundCommit> {
  if (commitId === null || commitId === 'HEAD') return findHead(repository)
  if (isFullCommitId(commitId)) return { id: commitId, ref: null, isById: true }
  const named =
    (await readRef(repository, `refs/heads/${commitId}`)) ?? (await readRef(repository, `refs/tags/${commitId}`))
  if (named !== undefined) return { id: named, ref: commitId }
  const isPrefix = /^[0-9a-f]{7,39}$/i.test(commitId)
  const found = isPrefix ? await findCommit(repository, commitId.toLowerCase()) : 'none'
  if (found === 'ambiguous') throw new AmbiguousCommit(`${commitId} matches more than one object.`)
  if (found === 'none') {
    const similar = listSimilar(await listRefs(repository), commitId)
    throw new NoSuchCommit(`There is no commit, branch or tag ${JSON.stringify(commitId)}.`, similar)
  }
  return { id: found, ref: null, isById: true }
}

async function findHead(repository: Repository): Promise<{ id: string; ref: string | null }> {
  const id = await readRef(repository, 'HEAD')
  if (id !== undefined) return { id, ref: await readHeadBranch(repository) }
  if ((await listRefs(repository)).length === 0) {
    throw new EmptyRepository('Expected a repository with commits, found one without any.')
  }
  throw new NoSuchCommit('The branch that is checked out has no commits.')
}

/** The branches and tags of a repository in a folder. */
export async function listLocalRefs(address: Address, folder: string): Promise<RepositoryRefs> {
  const repository = await open(address, folder)
  const objects = await openObjects(repository)
  try {
    const head = await readRef(repository, 'HEAD')
    const refs: RepositoryRefs['refs'] = []
    for (const name of await listRefs(repository)) {
      const id = /^refs\/(?:heads|tags)\//.test(name) ? await readRef(repository, name) : undefined
      const commit = id === undefined ? undefined : await peel(id, name)
      if (commit !== undefined) refs.push({ name, commit })
    }
    return { head: head === undefined ? null : { commit: head, branch: await readHeadBranch(repository) }, refs }
  } finally {
    objects.close()
  }

  /** `undefined` for a tag of something other than a commit. */
  async function peel(id: string, name: string): Promise<string | undefined> {
    return await readCommit(objects, id, name).then(
      (commit) => commit.id,
      () => undefined,
    )
  }
}

/** @returns `undefined` if the repository does not have `from`, or if there are too many commits to count. */
export async function countLocalCommits(
  address: Address,
  folder: string,
  { from, to }: CommitRange,
): Promise<number | undefined> {
  return await countBetween(await open(address, folder), from, to)
}
