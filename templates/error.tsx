/** What a reader gets when something is not there or went wrong: what it is, and where to go on. */

import { Layout, MAIN, type PageProps } from './layout.tsx'

export interface ErrorPageProps extends PageProps {
  /** HTTP status. */
  status: number
  title: string
  detail: string
  hint: string | null
}

export function ErrorPage({ status, title, detail, hint, asset }: ErrorPageProps) {
  return (
    <Layout title={`${title} · docspool`} description={detail} asset={asset} kind="plain">
      <main id={MAIN} class="narrow" tabindex={-1}>
        <p class="eyebrow">{`Error ${status}`}</p>
        <h1>{title}</h1>
        <p class="lead">{detail}</p>
        {hint !== null && <p>{hint}</p>}
        <p class="actions">
          <a class="button button-main" href="/">
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
