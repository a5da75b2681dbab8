/** The documented versions of a repository on this server, read from its jobs (`readDocuments`). */

import { LRUCache } from 'lru-cache'
import type { Log } from '#base/log.ts'
import { isListed } from '#base/private-jobs.ts'
import { findRepository, type RepositoryPolicy } from '#base/repository.ts'
import { etagOf } from '#http/conditional.ts'
import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import type { FollowedRepositories } from '#queue/follows/followed-repositories.ts'
import { readDocuments, readJobOf } from '#queue/repository-documents.ts'
import { compareReleases, type Release, releaseOf } from './release-order.ts'
import { type ReportedCommits, reportedBy } from './reported-commits.ts'
import { type Alias, versionName } from './version-name.ts'

export interface Version {
  /** Unique in its repository; see `versionName`. */
  name: string
  /** Other names that lead to this version. */
  aliases: Alias[]
  job: JobSnapshot
  /** Full id. */
  commit: string
  /** `undefined` for a branch or a commit. */
  release: Release | undefined
}

export interface RepositoryVersions {
  /** The URL as in its jobs. */
  repoUrl: string
  /** `latest` first, then releases, newest first, then the others, last submitted first. */
  versions: Version[]
  latest: Version | undefined
  stable: Version | undefined
  /** What its host has reported; `undefined` if the repository is not followed. */
  reported: ReportedCommits | undefined
  /** Changes whenever a field above changes. */
  stamp: string
}

export interface VersionReader {
  /** The listed versions; none for a repository without documents. */
  of(repoUrl: string): Promise<RepositoryVersions>
  /** The documents of a commit by its full id, whether or not it is on a branch or tag. */
  pinned(repoUrl: string, commit: string): Promise<Version | undefined>
  /** The repository of `host/owner/name`; `undefined` when it has no documents here. */
  find(address: string): Promise<RepositoryVersions | undefined>
}

/** Results are cached for this long, or for `FRESH_TIMES` times as long as reading took if that is longer. */
const FRESH_MS = 3_000
const FRESH_TIMES = 20
const MAX_KNOWN = 500

interface Deps {
  queue: Pick<JobQueue, 'list' | 'read'>
  follows?: Pick<FollowedRepositories, 'read'>
  policy: RepositoryPolicy
  log: Log
  clock: () => number
}

export function createVersionReader({ queue, follows, policy, log, clock }: Deps): VersionReader {
  const known = new LRUCache<string, { at: number; freshMs: number; versions: Promise<RepositoryVersions> }>({
    max: MAX_KNOWN,
  })

  function of(repoUrl: string): Promise<RepositoryVersions> {
    const kept = known.get(repoUrl)
    // After the clock was set back, the age is unknown.
    if (kept !== undefined && clock() >= kept.at && clock() - kept.at < kept.freshMs) return kept.versions
    const begun = performance.now()
    const entry = { at: clock(), freshMs: Number.POSITIVE_INFINITY, versions: read(repoUrl) }
    const { versions } = entry
    known.set(repoUrl, entry)
    versions.then(
      () => (entry.freshMs = Math.max(FRESH_MS, FRESH_TIMES * (performance.now() - begun))),
      () => known.delete(repoUrl),
    )
    return versions
  }

  async function read(requestedUrl: string): Promise<RepositoryVersions> {
    const { repoUrl, jobs } = await readDocuments(queue, requestedUrl, policy)
    // Pages are shown without their age if the follow cannot be read.
    const follow = await follows
      ?.read(repoUrl)
      .catch((error) => void log.warn({ err: error }, 'a followed repository cannot be read'))
    return arrange(repoUrl, jobs, follow && reportedBy(follow))
  }

  return {
    of,

    async pinned(repoUrl, commit) {
      const repository = findRepository(repoUrl, policy)
      const job = repository && (await readJobOf(queue, repository, commit))
      return job === undefined || job.docsKey === null || !isListed(job.view.job_id) ? undefined : versionOf(job)
    },

    async find(address) {
      for (const scheme of ['https', 'http']) {
        const repository = findRepository(`${scheme}://${address}`, policy)
        const found = repository && (await of(repository.url))
        if (found !== undefined && found.versions.length > 0) return found
      }
      return undefined
    },
  }
}

/** Keeps one version per name, preferably with default options; sets aliases, and sorts the versions for readers. */
async function arrange(
  repoUrl: string,
  jobs: readonly JobSnapshot[],
  reported: ReportedCommits | undefined,
): Promise<RepositoryVersions> {
  const byName = new Map<string, Version>()
  for (const job of jobs) {
    const version = versionOf(job)
    const other = byName.get(version.name)
    if (other !== undefined && (isPlain(other.job) || !isPlain(job))) continue
    byName.set(version.name, version)
  }
  const versions = [...byName.values()].sort(inOrder)
  const latest = byName.get('latest')
  const stable =
    versions.find(({ release }) => release?.preRelease === '') ?? versions.find(({ release }) => release !== undefined)
  latest?.aliases.push('latest')
  stable?.aliases.push('stable')
  const all = versions.map(({ name, job }) => `${name} ${job.docsKey} ${job.view.job_id}`).join('\n')
  return { repoUrl, versions, latest, stable, reported, stamp: await etagOf(`${all}\n${reported?.stamp}`) }
}

export function versionOf(job: JobSnapshot): Version {
  const { commit_id: commitId, resolved_commit: commit } = job.view
  const release = commitId === null ? undefined : releaseOf(commitId)
  return { name: versionName(job.view), aliases: [], job, commit: commit ?? '', release }
}

const isPlain = ({ view }: JobSnapshot): boolean => Object.keys(view.options).length === 0

/** Jobs come newest first, and the stable sort keeps that order where nothing else decides. */
function inOrder(a: Version, b: Version): number {
  const rank = ({ name, release }: Version): number => (name === 'latest' ? 0 : release !== undefined ? 1 : 2)
  const byRank = rank(a) - rank(b)
  if (byRank !== 0) return byRank
  return a.release !== undefined && b.release !== undefined ? compareReleases(b.release, a.release) : 0
}

/**
 * The version that an address names: by an alias, a name, a full commit id, or the beginning of exactly one commit id.
 *
 * @returns `undefined` if there is none; never another.
 */
export function versionCalled({ versions, latest, stable }: RepositoryVersions, name: string): Version | undefined {
  if (name === 'latest') return latest
  if (name === 'stable') return stable
  const exact = versions.find((version) => version.name === name)
  if (exact !== undefined || !/^[0-9a-f]{7,40}$/.test(name)) return exact
  const commits = versions.filter(({ commit }) => commit.startsWith(name))
  return new Set(commits.map(({ commit }) => commit)).size === 1 ? commits[0] : undefined
}
