/** Fetches the target into a new bare repository and opens its tree. Needs nodegit. */

import { rm } from 'node:fs/promises'
import path from 'node:path'
import { HostUnreachable } from '#egress/errors.ts'
import type { CommitTree } from '#generate/model.ts'
import type { Advertisement, Ref } from './advertisement.ts'
import { openCommitTree } from './commit-tree.ts'
import { AmbiguousCommit, NoSuchCommit } from './errors.ts'
import { openGateway } from './gateway.ts'
import { downloadPack, findCommit, initRepository, type Repository } from './nodegit.ts'
import { describe, percentOf } from './progress.ts'
import type { Target } from './target.ts'
import type { Upstream } from './upstream.ts'

export interface FetchOptions {
  upstream: Upstream
  advertisement: Advertisement
  /** Name of the host, for messages. */
  host: string
  /** 0 for all commits. */
  depth: number
  maxFileBytes: number
  /** Exists and is empty. */
  workDir: string
  signal: AbortSignal
  onProgress(percent: number, text: string): void
}

/** Namespace for the refs that libgit2 sees. The host's own names may be hostile, or collide as files. */
const REFS = 'refs/docspool'

/**
 * Fetch the target: only its commit where the host allows that, else every branch and tag with full history.
 *
 * @throws {NoSuchCommit | AmbiguousCommit | RepositoryTooLarge | RepositoryDamaged | HostUnreachable} Also what the
 * upstream throws. The new repository has been removed.
 */
export async function fetchTree(target: Target, options: FetchOptions): Promise<CommitTree> {
  const folder = path.join(options.workDir, 'repository')
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const name = target.kind === 'ref' ? target.commit : target.kind === 'commit' ? target.commit : target.prefix
  let repository: Repository
  let id: string
  try {
    repository = await initRepository(folder)
    id = await fetchTarget(repository, target, options)
  } catch (error) {
    await release()
    throw error
  }
  const ref = target.kind === 'ref' ? target.ref : null
  return openCommitTree({ repository, id, name, ref, maxFileBytes: options.maxFileBytes, release })
}

/** @returns The id of the commit, or of a tag of it. */
async function fetchTarget(repository: Repository, target: Target, options: FetchOptions): Promise<string> {
  if (target.kind === 'ref') {
    await download(repository, [target.wanted], options.depth, options)
    return target.wanted.id
  }
  if (target.kind === 'commit' && givesAnyCommit(options.advertisement)) {
    try {
      await download(repository, [{ name: '', id: target.commit, peeled: null }], options.depth, options)
    } catch (error) {
      if (!isRefused(error)) throw error
      throw new NoSuchCommit(`${options.host} has no commit ${target.commit} in this repository.`)
    }
    return target.commit
  }
  const all = options.advertisement.refs.filter(({ name }) => /^refs\/(?:heads|tags)\//.test(name))
  await download(repository, all, 0, options)
  if (target.kind === 'commit') return target.commit
  const { prefix } = target
  const found = await findCommit(repository, prefix)
  if (found === 'ambiguous') throw new AmbiguousCommit(`${prefix} fits more than one object.`)
  if (found === 'none') throw new NoSuchCommit(`No branch or tag of the repository holds the commit ${prefix}.`)
  return found
}

const givesAnyCommit = ({ capabilities }: Advertisement): boolean =>
  capabilities.includes('allow-reachable-sha1-in-want') || capabilities.includes('allow-any-sha1-in-want')

/** Whether the host does not know a commit requested by id, or refuses to send it. */
const isRefused = (error: unknown): boolean =>
  error instanceof HostUnreachable && error.cause instanceof Error && error.cause.message.includes('not our ref')

async function download(
  repository: Repository,
  refs: readonly Ref[],
  depth: number,
  { upstream, advertisement, host, signal, onProgress }: FetchOptions,
): Promise<void> {
  const renamed = refs.map((ref, index) => ({ ...ref, name: `${REFS}/${index}` }))
  const gateway = await openGateway(upstream, renamed, advertisement.capabilities)
  try {
    onProgress(0, `waiting for ${host} to collect what is needed`)
    await downloadPack(repository, gateway.url, `${REFS}/*`, depth, (progress) => {
      onProgress(percentOf(progress), describe(progress))
      return !signal.aborted
    })
  } catch (error) {
    signal.throwIfAborted()
    throw gateway.failure() ?? new HostUnreachable(`${host} sent what git cannot read.`, { cause: error })
  } finally {
    gateway.close()
  }
}
