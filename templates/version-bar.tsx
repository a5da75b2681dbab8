/**
 * Links to other versions of a repository: a switcher that works without JavaScript, and a notice on pages of old
 * versions.
 */

export interface VersionBarProps {
  /** The name of this version. */
  name: string
  /** The page that lists all versions. */
  list: string
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
  standing: {
    /** `3 days ago`. */
    age: string
    /** Whether this is the newest commit of the default branch that its host has reported; `null` for other versions. */
    isNewest: boolean | null
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
        <li class="versions-all">
          <a href={bar.list}>{bar.more > 0 ? `All versions, ${bar.more} more` : 'All versions and changes'}</a>
        </li>
      </ul>
    </details>
  )
}

/** Shown in place of the time of the documents. */
export function Standing({ age, isNewest }: NonNullable<VersionBarProps['standing']>) {
  return (
    <span>
      Documented {age}
      {isNewest === true && ', up to date'}
      {isNewest === false && ', there are newer commits'}
    </span>
  )
}

export function OldVersion({ bar: { name, newer } }: { bar: VersionBarProps }) {
  if (newer === null) return null
  return (
    <aside class="notice" aria-label="About this version">
      This is version {name}. A newer version is available: <a href={newer.href}>{newer.name}</a>
    </aside>
  )
}
