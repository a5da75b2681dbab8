/** What a reader gets when something is not there or went wrong: what it is, and where to go on. */

import { Layout, MAIN, type PageProps } from './layout.tsx'
import { SearchForm } from './search-box.tsx'

export interface ErrorPageProps extends PageProps {
  /** HTTP status. */
  status: number
  title: string
  detail: string
  hint: string | null
  /** Pages that may be meant, the likeliest first. */
  ways?: readonly { href: string; title: string }[]
  /** A search of the documents the page was looked for in. */
  search?: { action: string; query: string } | undefined
}

export function ErrorPage({ status, title, detail, hint, ways = [], search, asset }: ErrorPageProps) {
  return (
    <Layout title={`${title} · docspool`} description={detail} asset={asset} kind="plain">
      <main id={MAIN} class="narrow" tabindex={-1}>
        <p class="eyebrow">{`Error ${status}`}</p>
        <h1>{title}</h1>
        <p class="lead">{detail}</p>
        {hint !== null && <p>{hint}</p>}
        {ways.length > 0 && (
          <>
            <h2>Perhaps you look for</h2>
            <ul class="nearest">
              {ways.map((way) => (
                <li>
                  <a href={way.href}>{way.title}</a>
                </li>
              ))}
            </ul>
          </>
        )}
        {search !== undefined && (
          <SearchForm action={search.action} query={search.query} label="Search these documents" />
        )}
        <p class="actions">
          <a class="button" href="/">
            All documentation
          </a>
          <a class="button" href="/#RepoUrl">
            Document a repository
          </a>
        </p>
      </main>
    </Layout>
  )
}
