/** Links to other versions of a repository: a switcher that works without JavaScript, and a notice on pages of old versions. */

import { counted } from './format.ts'

/** How far the documented commit is behind its branch. */
export interface Lag {
  /** The branch of the version; the default branch for a release. */
  of: 'branch' | 'default branch'
  /** `null` if they could not be counted. */
  commits: number | null
}

export interface VersionBarProps {
  /** The name of this version. */
  name: string
  /** The page that lists all versions; `null` if this bar lists them all. */
  list: string | null
  /** The listed versions, with the URL of this page in each. */
  versions: readonly { name: string; href: string; isCurrent: boolean }[]
  /** The number of versions that are not listed. */
  more: number
  /** A newer version, on pages of an old one; otherwise `null`. */
  newer: { name: string; href: string } | null
  /** Whether the commit was requested by its id and is on no known branch or tag. */
  isOffRef: boolean
  /** The URL of this page that search engines should show; absent on pages that are not on a server. */
  canonical?: string
  /** Only for followed repositories; `null` for others. */
  freshness: {
    /** `3 days ago`. */
    age: string
    /** `null` if its host has reported nothing newer; `undefined` if that is unknown. */
    lag: Lag | null | undefined
  } | null
}

export function VersionSwitch({ bar }: { bar: VersionBarProps }) {
  return (
    <details class="versions" data-versions>
      <summary>
        <span class="quiet">Version</span> {bar.name}
      </summary>
      <ul>
        {bar.versions.map(({ name, href, isCurrent }) => (
          <li>
            <a href={href} aria-current={isCurrent ? 'true' : undefined}>
              {name}
            </a>
          </li>
        ))}
        {bar.list !== null && (
          <li class="versions-all">
            <a href={bar.list}>{bar.more > 0 ? `All versions, ${bar.more} more` : 'All versions and changes'}</a>
          </li>
        )}
      </ul>
    </details>
  )
}

/** Shown instead of the date of the documentation. */
export function Freshness({ age, lag }: NonNullable<VersionBarProps['freshness']>) {
  return (
    <span>
      Documented {age}
      {lag === null && ', up to date'}
      {lag != null && `${lag.commits === null ? ';' : ','} ${lagText(lag)}`}
    </span>
  )
}

/** `12 commits behind`, `newer commits exist`, `57 commits behind the default branch`. */
export function lagText({ of, commits }: Lag): string {
  if (commits === null) return 'newer commits exist'
  const count = counted(commits, 'commit')
  return of === 'branch' ? `${count} behind` : `${count} behind the default branch`
}

export function OldVersion({ bar: { name, newer } }: { bar: VersionBarProps }) {
  if (newer === null) return null
  return (
    <aside class="notice" aria-label="About this version">
      This is version {name}. A newer version is available: <a href={newer.href}>{newer.name}</a>
    </aside>
  )
}
