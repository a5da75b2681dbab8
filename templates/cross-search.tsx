/** The page that searches all repositories. Works without JavaScript. */

import type { PageAccess } from './access.ts'
import { counted } from './format.ts'
import { Layout, MAIN } from './layout.tsx'

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
  maxLength: number
}

export function CrossSearchPage({ query, answer, asset, access, maxLength }: CrossSearchPageProps) {
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
        <CrossSearchForm query={query} maxLength={maxLength} />
        {answer === null ? (
          <p class="quiet">
            Finds public definitions, modules, guides and repositories, by a name, by words or by a question such as{' '}
            <a href="/search?q=how+do+I+test+a+command">how do I test a command</a>. <code>in:</code> filters by
            repository, language or kind: <code>route in:flask</code>, <code>parse in:python in:class</code>,{' '}
            <code>testing in:guide</code>.
          </p>
        ) : (
          <Results answer={answer} />
        )}
      </main>
    </Layout>
  )
}

export function CrossSearchForm({ query, maxLength }: { query: string; maxLength: number }) {
  return (
    <search>
      <form class="results-form" method="get" action="/search">
        <input
          type="search"
          name="q"
          value={query}
          aria-label="Search all documentation"
          placeholder="A name or a question"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxlength={maxLength}
        />
        <button class="button" type="submit">
          Search
        </button>
      </form>
    </search>
  )
}

function Results({
  answer: { results, corrected, unknown_filters: unknown, complete },
}: {
  answer: NonNullable<CrossSearchPageProps['answer']>
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
          : counted(results.length, 'result')}
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
