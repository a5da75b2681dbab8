/** The page that searches all repositories. Works without JavaScript. */

import type { PageAccess } from './access.ts'
import { Layout, MAIN } from './layout.tsx'
import { CrossSearchForm, countText } from './search-box.tsx'

interface Result {
  title: string
  kind: string
  language: string | null
  repository_name: string
  file: string | null
  line: number | null
  text: string
  href: string
}

export interface CrossSearchPageProps {
  query: string
  /** `null` before a search. */
  answer: {
    results: readonly Result[]
    corrected: string | null
    unknown_filters: readonly string[]
    complete: boolean
  } | null
  asset(name: string): string
  access: PageAccess | undefined
  /** Maximum number of results. */
  limit: number
}

export function CrossSearchPage({ query, answer, asset, access, limit }: CrossSearchPageProps) {
  return (
    <Layout
      title="Search · docspool"
      description="Search the documentation of all repositories."
      asset={asset}
      access={access}
      scripts={[]}
      kind="plain"
    >
      <main id={MAIN} class="narrow results" tabindex={-1}>
        <h1>Search all documentation</h1>
        <CrossSearchForm query={query} isFocused={query === ''} />
        {answer === null ? (
          <p class="quiet">
            Finds public definitions, modules, guides and repositories, by a name, by words or by a question such as{' '}
            <a href="/search?q=how+do+I+test+a+command">how do I test a command</a>. <code>in:</code> filters by
            repository, language or kind: <code>route in:flask</code>, <code>parse in:python in:class</code>,{' '}
            <code>testing in:guide</code>.
          </p>
        ) : (
          <Results answer={answer} limit={limit} />
        )}
      </main>
    </Layout>
  )
}

function Results({
  answer: { results, corrected, unknown_filters: unknown, complete },
  limit,
}: {
  answer: NonNullable<CrossSearchPageProps['answer']>
  limit: number
}) {
  return (
    <>
      {!complete && <p class="quiet">The index is being built; there may be more results.</p>}
      {unknown.length > 0 && (
        <p>
          Unknown repository, language or kind:{' '}
          {unknown.map((value, index) => (
            <>
              {index > 0 && ', '}
              <code>{value}</code>
            </>
          ))}
        </p>
      )}
      {corrected !== null && (
        <p>
          Nothing matches as typed. Showing results for{' '}
          <a href={`/search?q=${encodeURIComponent(corrected)}`}>{corrected}</a>.
        </p>
      )}
      <p class="quiet" role="status">
        {results.length === 0
          ? 'Nothing found. Try a part of the name, or fewer words.'
          : countText(results.length, limit)}
      </p>
      <ol class="hits">
        {results.map(({ title, kind, language, repository_name, file, line, text, href }) => (
          <li class="hit">
            <div class="hit-head">
              <a class="hit-title" href={href}>
                {language === null ? title : <code>{title}</code>}
              </a>
              <span class="hit-kind">{language === null ? kind : `${language} ${kind}`}</span>
            </div>
            <p class="hit-place">
              {kind === 'repository' ? '' : repository_name}
              {file !== null && ` · ${file}${line === null ? '' : `:${line}`}`}
            </p>
            {text !== '' && <p class="hit-text">{text}</p>}
          </li>
        ))}
      </ol>
    </>
  )
}
