/** The version switcher of a downloaded site. Its links are absolute URLs, which lead to the server. Pure. */

import type { VersionBarProps } from '#templates/version-bar.tsx'

interface LinkedVersion {
  name: string
  /** The URL of its overview; its other pages are below it. */
  folder: string
}

/** Plain data, because it is passed between threads. */
export interface SiteVersions {
  name: string
  /** The URL of the page that lists all versions. */
  list: string
  versions: (LinkedVersion & { isCurrent: boolean })[]
  /** Number of versions that are left out. */
  more: number
  newer: LinkedVersion | null
  /** See `VersionBarProps`. */
  isOffRef: boolean
}

/** @param page - `overview.md`. */
export function barOf({ name, list, versions, more, newer, isOffRef }: SiteVersions, page: string): VersionBarProps {
  const hrefIn = ({ folder }: LinkedVersion): string =>
    folder + (page === 'overview.md' ? '' : encodeURIComponent(page))
  return {
    name,
    list,
    more,
    isOffRef,
    freshness: null,
    versions: versions.map((one) => ({ name: one.name, href: hrefIn(one), isCurrent: one.isCurrent })),
    newer: newer && { name: newer.name, href: hrefIn(newer) },
  }
}
