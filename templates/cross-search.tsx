/** The page that searches all repositories. Works without JavaScript. */

import { push } from '#base/multimap.ts'
import type { PageAccess } from './access.ts'
import { counted, formatCount, kindText } from './format.ts'
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
  /** The significant words of the query, which are highlighted in results. */
  words: readonly string[]
  /** Whether a repository is documented. */
  hasDocs: boolean
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

export function CrossSearchPage({ query, words, hasDocs, answer, asset, access, limit }: CrossSearchPageProps) {
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
            Finds public definitions, modules, guides and repositories, by name, by words or by a question such as{' '}
            <a href="/search?q=how+do+I+test+a+command">how do I test a command</a>. <code>in:</code> filters by
            repository, language or kind: <code>route in:flask</code>, <code>parse in:python in:class</code>,{' '}
            <code>testing in:guide</code>.
          </p>
        ) : (
          <Results answer={answer} limit={limit} query={query} words={words} hasDocs={hasDocs} />
        )}
      </main>
    </Layout>
  )
}

/** With several repositories, the best results of each are shown. */
const MAX_SHOWN = 5

type ResultsProps = Pick<CrossSearchPageProps, 'query' | 'words' | 'hasDocs' | 'limit'> & {
  answer: NonNullable<CrossSearchPageProps['answer']>
}

function Results({
  answer: { results, corrected, unknown_filters: unknown, complete },
  limit,
  query,
  words,
  hasDocs,
}: ResultsProps) {
  const groups = grouped(results, ({ repository_name }) => repository_name)
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
          Nothing matches as typed. Showing results for <a href={searchHref(corrected)}>{corrected}</a>.
        </p>
      )}
      <p class="quiet" role="status">
        {results.length > 0
          ? countText(results.length, limit)
          : hasDocs
            ? 'Nothing found. Try part of the name, or fewer words.'
            : 'No repository is documented yet, so there is nothing to search.'}
      </p>
      <Filters name="Repository" query={query} values={results.map(({ repository_name }) => repository_name)} />
      <Filters
        name="Kind"
        query={query}
        values={results.map(({ kind }) => kind.replace(/^(?:deprecated|internal) /, ''))}
      />
      {groups.map(([name, all]) => {
        const shown = groups.length > 1 ? all.slice(0, MAX_SHOWN) : all
        return (
          <section class="hit-group">
            <h2>{name}</h2>
            <ol class="hits">
              {shown.map((result) => (
                <Hit result={result} words={words} />
              ))}
            </ol>
            {shown.length < all.length && (
              <a
                href={searchHref(`${query} ${filterBy(name)}`)}
              >{`${counted(all.length - shown.length, 'more result')} in ${name}`}</a>
            )}
          </section>
        )
      })}
    </>
  )
}

function Hit({
  result: { title, kind, language, file, line, text, href },
  words,
}: {
  result: Result
  words: readonly string[]
}) {
  return (
    <li class="hit">
      <div class="hit-head">
        <a class="hit-title" href={href}>
          {language === null ? (
            <Marked text={title} words={words} />
          ) : (
            <code>
              <Marked text={title} words={words} />
            </code>
          )}
        </a>
        <span class="hit-kind">{kindText(kind, language)}</span>
      </div>
      {file !== null && <p class="hit-place">{`${file}${line === null ? '' : `:${line}`}`}</p>}
      {text !== '' && (
        <p class="hit-text">
          <Marked text={text} words={words} />
        </p>
      )}
    </li>
  )
}

/** Links that narrow the results to one value, if there are several. */
function Filters({ name, query, values }: { name: string; query: string; values: readonly string[] }) {
  const counts = grouped(values, (value) => value).map(([value, all]) => ({ value, count: all.length }))
  if (counts.length < 2) return null
  return (
    <nav aria-label={`Filter by ${name.toLowerCase()}`}>
      <ul class="states">
        <li class="quiet">{name}</li>
        {counts.map(({ value, count }) => (
          <li>
            <a class="state" href={searchHref(`${query} ${filterBy(value)}`)}>
              {value} <strong>{formatCount(count)}</strong>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const item of items) push(groups, keyOf(item), item)
  return [...groups]
}

const searchHref = (query: string): string => `/search?q=${encodeURIComponent(query)}`
const filterBy = (value: string): string => (/\s/.test(value) ? `in:"${value}"` : `in:${value}`)

/** The text with the words marked. */
function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return <>{text}</>
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return (
    <>{text.split(new RegExp(`(${pattern})`, 'giu')).map((part, at) => (at % 2 === 1 ? <mark>{part}</mark> : part))}</>
  )
}
