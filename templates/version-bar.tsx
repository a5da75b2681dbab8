/** What a page says of the other versions of its repository: a switcher that works without JavaScript, and a notice on old ones. */

export interface VersionBarProps {
  /** What readers call this version. */
  name: string
  /** The page that lists all of them. */
  list: string
  /** This version among the others, as readers see them, with this page in each. */
  versions: readonly { name: string; href: string; isCurrent: boolean }[]
  /** How many more there are. */
  more: number
  /** What a reader of an old version should know of; `null` on others. */
  newer: { name: string; href: string } | null
  /** The address of this page that search engines should show; absent on pages that are not on a server. */
  canonical?: string
  /** Of a repository that is followed; `null` on others. */
  standing: {
    /** `3 days ago`. */
    age: string
    /** Whether the default branch has no newer commit, as its host last told; `null` for other versions. */
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
          <a href={bar.list}>{bar.more > 0 ? `All versions, ${bar.more} more` : 'All versions and what changed'}</a>
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
      This is version {name}. There is a newer one: <a href={newer.href}>{newer.name}</a>
    </aside>
  )
}
