/** The error page: what went wrong, and links to continue. */

import type { AllowedSources } from './allowed-repositories.ts'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { SearchForm } from './search-box.tsx'
import { SubmitForm } from './submit-form.tsx'

export interface ErrorPageProps extends PageProps {
  /** HTTP status. */
  status: number
  title: string
  detail: string
  hint: string | null
  /** Suggested pages, most likely first. */
  suggestions?: readonly { href: string; title: string }[]
  /** General links, most useful first. */
  links?: readonly { href: string; title: string }[]
  /** A search in the same documents. */
  search?: { action: string; query: string } | undefined
  /** The form to submit a missing repository. */
  submit?: { repoUrl: string; allowed: AllowedSources } | undefined
}

export function ErrorPage({
  status,
  title,
  detail,
  hint,
  suggestions = [],
  links = [],
  search,
  submit,
  asset,
}: ErrorPageProps) {
  return (
    <Layout title={`${title} · docspool`} description={detail} asset={asset} kind="plain">
      <main id={MAIN} class="narrow" tabindex={-1}>
        <p class="eyebrow">{`Error ${status}`}</p>
        <h1>{title}</h1>
        <p class="lead">{detail}</p>
        {hint !== null && <p>{hint}</p>}
        {suggestions.length > 0 && (
          <>
            <h2>Did you mean</h2>
            <ul class="nearest">
              {suggestions.map(({ href, title: name }) => (
                <li>
                  <a href={href}>{name}</a>
                </li>
              ))}
            </ul>
          </>
        )}
        {search !== undefined && (
          <SearchForm action={search.action} query={search.query} label="Search these documents" />
        )}
        {submit !== undefined && (
          <>
            <h2>{submit.repoUrl === '' ? 'Document a repository' : 'Document it'}</h2>
            <SubmitForm {...submit} commitId="" error={null} />
          </>
        )}
        <p class="actions">
          {links.map(({ href, title: name }, index) => (
            <a class={index === 0 ? 'button button-main' : 'button'} href={href}>
              {name}
            </a>
          ))}
          <a class="button" href="/">
            All documentation
          </a>
          {submit === undefined && (
            <a class="button" href="/#RepoUrl">
              Document a repository
            </a>
          )}
        </p>
      </main>
    </Layout>
  )
}
