/** The page that lists the documented versions of a repository. */

import { shortCommit } from './format.ts'
import { Layout, MAIN } from './layout.tsx'
import { RepositoryLink, Time } from './parts.tsx'
import { type Lag, lagText } from './version-bar.tsx'

export interface VersionRow {
  name: string
  /** Other names of this version. */
  aliases: readonly string[]
  commit: string
  /** ISO 8601; `null` while another run is in progress. */
  documentedAt: string | null
  /** `null` if its host has reported nothing newer; `undefined` if that is unknown. */
  lag: Lag | null | undefined
  href: string
  /** The URL of the changes since the previous release. */
  changes: string | null
}

export interface VersionsPageProps {
  /** `github.com/pallets/flask` */
  address: string
  repoUrl: string
  rows: readonly VersionRow[]
  links: { feed: string; data: string; badge: string }
  asset: (name: string) => string
}

export function VersionsPage({ address, repoUrl, rows, links, asset }: VersionsPageProps) {
  return (
    <Layout
      title={`Versions of ${address} · docspool`}
      description={`The versions of ${address} that are documented here.`}
      kind="plain"
      feed={links.feed}
      asset={asset}
    >
      <main id={MAIN} tabindex={-1}>
        <p class="eyebrow">Versions</p>
        <h1>{address}</h1>
        <p class="origin">
          <RepositoryLink repoUrl={repoUrl} withHost />
          <a href={links.feed}>Atom feed</a>
          <a href={links.data}>JSON</a>
          <img src={links.badge} alt="Badge: version and age of the documentation" height={20} />
        </p>
        <table class="version-list">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Commit</th>
              <th scope="col">Documented</th>
              <th scope="col">Changes</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, aliases, commit, documentedAt, lag, href, changes }) => (
              <tr>
                <th scope="row">
                  <a href={href}>{name}</a> {aliases.length > 0 && <span class="quiet">{aliases.join(', ')}</span>}
                </th>
                <td>
                  <code>{shortCommit(commit)}</code>
                </td>
                <td>
                  {documentedAt === null ? 'in progress' : <Time iso={documentedAt} />}
                  {lag != null && <span class="quiet">, {lagText(lag)}</span>}
                </td>
                <td>{changes === null ? '' : <a href={changes}>What changed</a>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </main>
    </Layout>
  )
}
