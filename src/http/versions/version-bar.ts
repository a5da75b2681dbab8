/** The version bar of a page: the switcher, and notices about newer versions. */

import { isFullCommitId } from '#base/commit-id.ts'
import { isListed } from '#base/private-jobs.ts'
import { isOffRef } from '#base/unreachable-commit.ts'
import type { SiteVersions } from '#export/site-versions.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import type { SetReader } from '#store/sets.ts'
import { shortCommit } from '#templates/format.ts'
import type { VersionBarProps } from '#templates/version-bar.tsx'
import { addressOf, versionHref, versionsHref } from './addresses.ts'
import { ageOf, ageText } from './badge.ts'
import { compareReleases } from './release-order.ts'
import { lagOf } from './reported-commits.ts'
import { type RepositoryVersions, type Version, type VersionReader, versionOf } from './repository-versions.ts'

/** Maximum number of versions in the switcher. */
const MAX_SHOWN = 30

export interface VersionBar extends VersionBarProps {
  /** Changes whenever a field above changes. */
  stamp: string
}

/** @returns `undefined` for documents that are not listed, and for repositories without an address. */
export async function versionBarOf(
  reader: VersionReader,
  sets: Pick<SetReader, 'readManifest'>,
  { job, manifest, page, now }: { job: JobSnapshot; manifest: Manifest; page: string; now: number },
): Promise<VersionBar | undefined> {
  const address = addressOf(job.view.repo_url)
  if (address === null) return undefined
  const all = await reader.of(job.view.repo_url)
  const own = ownOf(all, job)
  if (own === undefined) return undefined
  // Without versions, the repository has no address of its own.
  const canonical =
    all.versions.length === 0 ? undefined : await canonicalOf(all, sets, { address, own, manifest, page })
  const shown = all.versions.slice(0, MAX_SHOWN)
  const newer = newerThan(own, all)
  const freshness = freshnessOf(own, all, now)
  return {
    name: shortCommit(own.name),
    list: versionsHref(address),
    versions: shown.map((version) => ({
      name: shortCommit(version.name),
      href: versionHref(address, version.name, page),
      isCurrent: version === own,
    })),
    more: all.versions.length - shown.length,
    newer: newer && { name: shortCommit(newer.name), href: versionHref(address, newer.name, page) },
    isOffRef: isOffRef(job.view),
    ...(canonical !== undefined && { canonical }),
    freshness,
    // The page contains its age, so it changes each day.
    stamp: `${all.stamp}\n${canonical}\n${freshness?.age}`,
  }
}

/** The switcher of a downloaded site, whose links lead back to this server. */
export async function siteVersionsOf(
  reader: VersionReader,
  job: JobSnapshot,
  origin: string,
): Promise<SiteVersions | undefined> {
  const address = addressOf(job.view.repo_url)
  const all = address === null ? undefined : await reader.of(job.view.repo_url)
  const own = all && ownOf(all, job)
  if (address === null || all === undefined || own === undefined) return undefined
  const newer = newerThan(own, all)
  const linked = (version: Version) => ({
    name: shortCommit(version.name),
    folder: origin + versionHref(address, version.name),
  })
  return {
    name: shortCommit(own.name),
    list: origin + versionsHref(address),
    versions: all.versions.slice(0, MAX_SHOWN).map((version) => ({ ...linked(version), isCurrent: version === own })),
    more: Math.max(0, all.versions.length - MAX_SHOWN),
    newer: newer && linked(newer),
    isOffRef: isOffRef(job.view),
  }
}

/** The version of a job. A commit that is on no branch or tag is not listed, so its version is made from the job. */
const ownOf = (all: RepositoryVersions, job: JobSnapshot): Version | undefined =>
  all.versions.find((version) => version.job.view.job_id === job.view.job_id) ??
  (isOffRef(job.view) && isListed(job.view.job_id) ? versionOf(job) : undefined)

/** Age and freshness, only for followed repositories: these are documented again when they change. */
function freshnessOf(own: Version, { reported }: RepositoryVersions, now: number): VersionBarProps['freshness'] {
  const days = ageOf(own.job.view.documented_at, now)
  if (reported === undefined || days === null) return null
  return { age: ageText(days), lag: lagOf(own, reported) }
}

/** For an old release, the stable one; for a commit, the default branch if that is at another commit. */
function newerThan(own: Version, { stable, latest }: RepositoryVersions): Version | null {
  if (own.release !== undefined && stable?.release !== undefined) {
    // A nightly build is neither older nor newer than a version.
    const areAlike = own.release.isPlain === stable.release.isPlain
    return areAlike && compareReleases(own.release, stable.release) < 0 ? stable : null
  }
  const isCommit = isFullCommitId(own.name)
  return isCommit && latest !== undefined && latest.commit !== own.commit ? latest : null
}

interface PageOfVersion {
  address: string
  own: Version
  manifest: Manifest
  page: string
}

/** The address of the page in the stable version, otherwise in the latest one, if that has this page; otherwise its own address. */
async function canonicalOf(
  { stable, latest }: RepositoryVersions,
  sets: Pick<SetReader, 'readManifest'>,
  { address, own, manifest, page }: PageOfVersion,
): Promise<string> {
  const [alias, main] = stable === undefined ? (['latest', latest] as const) : (['stable', stable] as const)
  const { docsKey = null } = main?.job ?? {}
  const other = docsKey === null || docsKey === manifest.key ? manifest : await sets.readManifest(docsKey)
  const isThere = main !== undefined && other?.pages.some(({ file }) => file === page) === true
  return isThere ? versionHref(address, alias, page) : versionHref(address, own.name, page)
}
