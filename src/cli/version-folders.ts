/** The versions of a site: the folder of each, and the bar that links a page to the same page of the other versions. Pure. */

import { siteNames } from '#export/site.ts'
import { nearestPage } from '#http/versions/nearest-page.ts'
import { compareReleases, releaseOf } from '#http/versions/release-order.ts'
import type { Manifest } from '#store/model.ts'
import { shortCommit } from '#templates/format.ts'
import type { VersionBarProps } from '#templates/version-bar.tsx'

export interface VersionFolder {
  /** The branch, tag or commit as requested; `latest` for the default branch. */
  name: string
  /** Unique on any file system. */
  folder: string
  manifest: Manifest
}

/** Limit on the characters of a folder's name; file systems allow 255 bytes. */
const MAX_NAME = 200

/** The folder of each version. @param names - Without duplicates. */
export function versionFolders(names: readonly string[]): string[] {
  const taken = new Set<string>(['index.html', 'site.json'])
  return names.map((name) => {
    const base =
      name
        .replace(/[^A-Za-z0-9_.-]+/g, '-')
        .replace(/^[.-]+|(?<![.-])[.-]+$/g, '')
        .slice(0, MAX_NAME) || 'version'
    let folder = base
    for (let number = 2; taken.has(folder.toLowerCase()); number++) folder = `${base}-${number}`
    taken.add(folder.toLowerCase())
    return folder
  })
}

/** @returns A function that returns the bar for a page of `own`, given the page's Markdown file. */
export function barIn(all: readonly VersionFolder[], own: VersionFolder): (page: string) => VersionBarProps {
  const names = new Map(all.map((version) => [version, siteNames(version.manifest.pages)]))
  const newer = newerThan(all, own)
  const hrefIn = (version: VersionFolder, page: string): string => {
    const pages = names.get(version)
    const name = pages?.get(page) ?? pages?.get(nearestPage(version.manifest, page)) ?? 'index.html'
    return version === own ? name : `../${version.folder}/${name}`
  }
  return (page) => ({
    name: shortCommit(own.name),
    list: null,
    versions: all.map((version) => ({
      name: shortCommit(version.name),
      href: hrefIn(version, page),
      isCurrent: version === own,
    })),
    more: 0,
    newer: newer === undefined ? null : { name: shortCommit(newer.name), href: hrefIn(newer, page) },
    isOffRef: false,
    freshness: null,
  })
}

/** The highest release above `own`, without pre-releases; `undefined` if there is none or `own` is not a release. */
function newerThan(all: readonly VersionFolder[], own: VersionFolder): VersionFolder | undefined {
  const release = releaseOf(own.name)
  if (release === undefined) return undefined
  const newer = all.flatMap((version) => {
    const other = releaseOf(version.name)
    const isNewer = other?.preRelease === '' && other.isPlain === release.isPlain && compareReleases(release, other) < 0
    return isNewer ? [{ version, release: other }] : []
  })
  return newer.toSorted((a, b) => compareReleases(b.release, a.release))[0]?.version
}
