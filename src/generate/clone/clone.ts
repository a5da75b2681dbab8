/**
 * The first stage: fetches the tree of one commit, given a URL and a commit id. Can also resolve a branch or tag to a
 * commit without a clone. nodegit is loaded only when a tree is needed.
 */

import { isFullCommitId } from '#base/commit-id.ts'
import type { SshSettings } from '#base/git-settings.ts'
import type { GitCredentials } from '#base/git-tokens.ts'
import type { Repository } from '#base/repository.ts'
import { type Network, systemNetwork } from '#egress/network.ts'
import type { CommitTree } from '#generate/model.ts'
import { type CommitRange, countCommits } from './count-commits.ts'
import { withDeadline } from './deadline.ts'
import { SshUnusable } from './errors.ts'
import type { KeptChoice } from './fetch.ts'
import { chooseTarget } from './target.ts'
import { openUpstream, type Upstream, type UpstreamOptions } from './upstream.ts'
import { openSshUpstream } from './upstream-ssh.ts'

export interface CloneOptions {
  repository: Repository
  /** Full or short id, branch or tag, as returned by `parseCommitId`; `null` for the default branch. */
  commitId: string | null
  /** Sent only to a host that requires them. */
  credentials?: GitCredentials | undefined
  /** Settings for ssh URLs. */
  ssh?: SshSettings | null | undefined
  /** Number of commits to fetch; 0 for all. Ignored for local folders. */
  depth: number
  /** Limit on the bytes that the host sends. */
  maxBytes: number
  /** Limit on a file read with `CommitTree.read`. */
  maxFileBytes: number
  /** Time limit for everything up to the list of files. */
  timeoutMs: number
  allowPrivateNetworks: boolean
  /** An existing, empty folder. It is empty again when the tree is closed or the clone fails. */
  workDir: string
  /** Objects of earlier jobs of the repository. */
  kept?: KeptChoice | undefined
  signal: AbortSignal
  /** `percent` is 0 to 100; `text` is like `receiving 1,234 of 5,678 objects, 3.4 MB`. */
  onProgress(percent: number, text: string): void
  /** Called once, at the end, with the number of bytes received from the host. */
  onReceived?(bytes: number): void
}

export type ResolveOptions = Pick<
  CloneOptions,
  'repository' | 'commitId' | 'credentials' | 'ssh' | 'timeoutMs' | 'allowPrivateNetworks' | 'signal'
>

/** The branches and tags of a repository. */
export interface RepositoryRefs {
  /** The default branch; `null` when there is none. */
  head: { commit: string; branch: string | null } | null
  /** `refs/heads/…` and `refs/tags/…` with the full ids of their commits. */
  refs: { name: string; commit: string }[]
}

const MAX_REFS_BYTES = 64 * 1_048_576

/**
 * Fetch the tree of one commit. The caller closes it.
 *
 * @throws {AppError} One of `errors.ts`, or `Aborted`. It is thrown at once on timeout or abort, even if native code
 * hangs; that code keeps its thread until the process ends.
 */
export function clone(options: CloneOptions, deps: Network = systemNetwork): Promise<CommitTree> {
  return withDeadline(
    options,
    (signal) => cloneUntil(options, signal, deps),
    (late) => void late.close(),
  )
}

async function cloneUntil(options: CloneOptions, signal: AbortSignal, deps: Network): Promise<CommitTree> {
  const { repository, commitId, maxFileBytes } = options
  if (repository.folder !== null) {
    const { openLocalTree } = await import('./local.ts')
    const tree = await openLocalTree(repository, repository.folder, commitId, maxFileBytes)
    options.onProgress(100, 'opened')
    return tree
  }
  options.onProgress(0, `listing the branches on ${repository.host}`)
  const upstream = await open({ ...options, signal }, deps)
  try {
    // nodegit is loaded while waiting for the host.
    const [advertisement, { fetchTree }] = await Promise.all([upstream.readAdvertisement(), import('./fetch.ts')])
    const target = chooseTarget(advertisement, commitId)
    const tree = await fetchTree(target, { ...options, upstream, advertisement, host: repository.host, signal })
    options.onProgress(100, 'received')
    return tree
  } finally {
    options.onReceived?.(upstream.received())
    upstream.close()
  }
}

function open(options: UpstreamOptions & Pick<CloneOptions, 'ssh'>, deps: Network): Promise<Upstream> {
  const { ssh } = options
  if (options.repository.scheme !== 'ssh') return openUpstream(options, deps)
  if (!ssh) throw new SshUnusable('SSH is not configured.')
  return openSshUpstream({ ...options, ssh }, deps)
}

/**
 * Resolve a commit id, branch or tag to a commit without fetching it.
 *
 * @returns The full id (a full id is returned without asking the host); `null` if only a clone can resolve it: a short
 *   id that no branch or tag points to.
 * @throws {AppError} As `clone` does.
 */
export function resolveCommit(options: ResolveOptions, deps: Network = systemNetwork): Promise<string | null> {
  return withDeadline(options, async (signal) => {
    const { repository, commitId } = options
    if (repository.folder !== null) {
      const { openLocalTree } = await import('./local.ts')
      const tree = await openLocalTree(repository, repository.folder, commitId, 0)
      await tree.close()
      return tree.commit
    }
    if (commitId !== null && isFullCommitId(commitId)) return commitId
    const upstream = await open({ ...options, maxBytes: MAX_REFS_BYTES, signal }, deps)
    try {
      const target = chooseTarget(await upstream.readAdvertisement(), commitId)
      return target.kind === 'prefix' ? null : target.commit
    } finally {
      upstream.close()
    }
  })
}

export interface ListOptions extends Omit<ResolveOptions, 'commitId'> {
  /** Chooses ranges of commits to count; those that cannot be counted are left out of the result. */
  chooseRanges?(refs: RepositoryRefs): CommitRange[]
}

export interface CountedRange extends CommitRange {
  commits: number
}

/** Time limit for counting, which does not begin if listing has taken more than half of its own limit. */
const COUNT_MS = 5_000

/**
 * List the branches and tags, and count commits, without fetching anything.
 *
 * @throws {AppError} As `clone` does, if the branches and tags cannot be listed.
 */
export function listRefs(
  options: ListOptions,
  deps: Network = systemNetwork,
): Promise<RepositoryRefs & { counted: CountedRange[] }> {
  const begun = performance.now()
  return withDeadline(options, async (signal) => {
    const { repository, timeoutMs } = options
    const chooseRanges = (refs: RepositoryRefs): CommitRange[] =>
      performance.now() - begun > timeoutMs / 2 ? [] : (options.chooseRanges?.(refs) ?? [])
    if (repository.folder !== null) {
      const { countLocalCommits, listLocalRefs } = await import('./local.ts')
      const { folder } = repository
      const refs = await listLocalRefs(repository, folder)
      const count = (range: CommitRange) => countLocalCommits(repository, folder, range)
      return { ...refs, counted: await countAll(chooseRanges(refs), signal, count) }
    }
    const upstream = await open({ ...options, maxBytes: MAX_REFS_BYTES, signal }, deps)
    try {
      const { refs, head, capabilities } = await upstream.readAdvertisement()
      const found = refs.find(({ name }) => name === 'HEAD')
      const branch = head?.replace(/^refs\/heads\//, '') ?? null
      const listed: RepositoryRefs = {
        head: found === undefined ? null : { commit: found.peeled ?? found.id, branch },
        refs: refs
          .filter(({ name }) => /^refs\/(?:heads|tags)\//.test(name))
          .map(({ name, id, peeled }) => ({ name, commit: peeled ?? id })),
      }
      const count = (range: CommitRange) => countCommits(upstream, capabilities, range)
      return { ...listed, counted: await countAll(chooseRanges(listed), signal, count) }
    } finally {
      upstream.close()
    }
  })
}

/** The refs are known even if the host refuses to count, so an error only ends the counting. */
async function countAll(
  ranges: readonly CommitRange[],
  signal: AbortSignal,
  count: (range: CommitRange) => Promise<number | undefined>,
): Promise<CountedRange[]> {
  const counted: CountedRange[] = []
  const end = performance.now() + COUNT_MS
  for (const range of ranges) {
    const timeoutMs = end - performance.now()
    if (timeoutMs <= 0) break
    const commits = await withDeadline({ timeoutMs, signal }, () => count(range)).catch(() => 'failed' as const)
    if (commits === 'failed') break
    if (commits !== undefined) counted.push({ ...range, commits })
  }
  return counted
}
