/** Fetches the target into a new bare repository and opens its tree. Needs nodegit. */

import { rm } from 'node:fs/promises'
import path from 'node:path'
import { isDiskFull, noSpaceError } from '#base/disk-space.ts'
import { HostUnreachable } from '#egress/errors.ts'
import type { CommitTree } from '#generate/model.ts'
import type { Advertisement, Ref } from './advertisement.ts'
import { openCommitTree } from './commit-tree.ts'
import { AmbiguousCommit, NoSuchCommit, RateLimited } from './errors.ts'
import { openGateway } from './gateway.ts'
import { openKeptObjects } from './kept-objects.ts'
import {
  downloadPack,
  findCommit,
  initBorrowing,
  initRepository,
  type Repository,
  type TransferProgress,
} from './nodegit.ts'
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
  /** Objects of earlier jobs; see `kept-objects.ts`. */
  kept?: KeptChoice | undefined
  signal: AbortSignal
  onProgress(percent: number, text: string): void
}

/** The folder for kept objects, and its limit in bytes. */
export interface KeptChoice {
  /** Absolute; created when needed. */
  folder: string
  maxBytes: number
}

/** Namespace for the refs that libgit2 sees. The host's own names may be hostile, or collide as files. */
const REFS = 'refs/docspool'

/**
 * Fetch the target: only its commit if the host allows that, otherwise every branch and tag with full history.
 *
 * @throws {NoSuchCommit | AmbiguousCommit | RepositoryTooLarge | RepositoryDamaged | HostUnreachable} Also the errors
 *   of the upstream, and `ENOSPC` when the disk is full. The new repository has been removed.
 */
export async function fetchTree(target: Target, options: FetchOptions): Promise<CommitTree> {
  const folder = path.join(options.workDir, 'repository')
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const name = target.kind === 'prefix' ? target.prefix : target.commit
  let repository: Repository
  let found: { id: string; isOnRef: boolean }
  try {
    const shared = await fetchShared(folder, target, options)
    if (shared === undefined) await release()
    repository = shared ?? (await initRepository(folder))
    found =
      target.kind === 'ref' && shared !== undefined
        ? { id: target.commit, isOnRef: target.isOnRef }
        : await fetchTarget(repository, target, options)
  } catch (error) {
    await release()
    throw error
  }
  const ref = target.kind === 'ref' ? target.ref : null
  return openCommitTree({ repository, ...found, name, ref, maxFileBytes: options.maxFileBytes, release })
}

/**
 * Fetch using objects kept from earlier jobs, and keep the fetched objects. The request names the existing commits, so
 * that the host sends only missing objects.
 *
 * @returns A repository that contains the target; `undefined` if it must be fetched without kept objects.
 */
async function fetchShared(folder: string, target: Target, options: FetchOptions): Promise<Repository | undefined> {
  if (target.kind !== 'ref' || options.kept === undefined) return undefined
  const kept = openKeptObjects(options.kept.folder, options.kept.maxBytes)
  const { commit, wanted } = target
  try {
    return await kept.alone(options.signal, async () => {
      const there = await kept.list()
      const isThere = there.has(commit)
      const base = isThere ? [commit] : await kept.chooseBase(there)
      const repository = await initBorrowing(folder, kept.objects, base)
      if (!isThere) {
        await download(repository, [wanted], options.depth, options)
        await kept.add(`${repository.commondir()}objects`, commit, base)
      }
      await kept.use(commit)
      return repository
    })
  } catch (error) {
    options.signal.throwIfAborted()
    // The host limits the rate of requests, so trying again would not help.
    if (error instanceof RateLimited) throw error
    return undefined
  }
}

/** @returns The id of the commit, or of a tag of it, and whether a branch or tag points to it. */
async function fetchTarget(
  repository: Repository,
  target: Target,
  options: FetchOptions,
): Promise<{ id: string; isOnRef: boolean }> {
  if (target.kind === 'ref') {
    await download(repository, [target.wanted], options.depth, options)
    return { id: target.wanted.id, isOnRef: target.isOnRef }
  }
  if (target.kind === 'commit' && givesAnyCommit(options.advertisement)) {
    try {
      await download(repository, [{ name: '', id: target.commit, peeled: null }], options.depth, options)
    } catch (error) {
      if (!isRefused(error)) throw error
      throw new NoSuchCommit(`${options.host} has no commit ${target.commit} in this repository.`)
    }
    // The host has forks and pull requests in the same store. To follow the history to a branch, all of it would be
    // fetched.
    return { id: target.commit, isOnRef: false }
  }
  const all = options.advertisement.refs.filter(({ name }) => /^refs\/(?:heads|tags)\//.test(name))
  await download(repository, all, 0, options)
  if (target.kind === 'commit') return { id: target.commit, isOnRef: true }
  const { prefix } = target
  const found = await findCommit(repository, prefix)
  if (found === 'ambiguous') throw new AmbiguousCommit(`${prefix} matches more than one object.`)
  if (found === 'none') throw new NoSuchCommit(`No branch or tag of the repository contains the commit ${prefix}.`)
  return { id: found, isOnRef: true }
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
    onProgress(0, `waiting for ${host} to prepare the objects`)
    await downloadPack(repository, gateway.url, `${REFS}/*`, depth, (progress) => {
      onProgress(percentOf(progress), describe(progress))
      return !signal.aborted
    })
  } catch (error) {
    signal.throwIfAborted()
    if (await isDiskFull(error, repository.commondir())) throw noSpaceError(error)
    throw gateway.failure() ?? new HostUnreachable(`${host} sent an invalid pack.`, { cause: error })
  } finally {
    gateway.close()
  }
}

/** Share of the progress for receiving, in percent; resolving deltas is the rest. */
const RECEIVING = 80

/** The progress from 0 to 100. */
function percentOf(progress: TransferProgress): number {
  const received = share(progress.receivedObjects(), progress.totalObjects())
  const isReceived = received === 1
  const indexed = isReceived ? share(progress.indexedDeltas(), progress.totalDeltas()) : 0
  return Math.floor(received * RECEIVING + indexed * (100 - RECEIVING))
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.min(1, part / whole))

/** The progress in words: `receiving 1,234 of 5,678 objects, 3.4 MB`. */
function describe(progress: TransferProgress): string {
  const total = progress.totalObjects()
  const received = progress.receivedObjects()
  if (total > 0 && received === total && progress.totalDeltas() > 0) {
    return `resolving ${grouped(progress.indexedDeltas())} of ${grouped(progress.totalDeltas())} deltas`
  }
  const megabytes = (progress.receivedBytes() / 1_000_000).toFixed(1)
  return `receiving ${grouped(received)} of ${grouped(total)} objects, ${megabytes} MB`
}

const grouped = (count: number): string => count.toLocaleString('en-US')
