/** The search in the bar: a button that opens the dialog, or without JavaScript, a form for the server's search. */

import { counted } from './format.ts'
import type { DocsLinks } from './links.ts'

/** Maximum length of a query. */
export const MAX_QUERY = 200

export function SearchBox({ links, name }: { links: DocsLinks; name: string }) {
  return (
    <div class="search-box">
      {links.search !== null && (
        <search class="no-js">
          <form class="search-form" action={links.search} method="get">
            <input type="search" name="q" aria-label={`Search ${name}`} placeholder="Search" maxlength={MAX_QUERY} />
          </form>
        </search>
      )}
      <button
        class="search-button js-only"
        type="button"
        aria-label="Search"
        data-search
        data-script={links.asset('search.js')}
        data-index={links.index}
        data-results={links.search ?? undefined}
        data-overview={links.page('overview.md')}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M11.2 11.2 15 15M12.5 7a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0Z" />
        </svg>
        <span>Search</span>
        <kbd>/</kbd>
      </button>
    </div>
  )
}

interface SearchFormProps {
  action: string
  query: string
  label: string
  placeholder?: string
  isFocused?: boolean
}

/** A form for the server's search. */
export function SearchForm({
  action,
  query,
  label,
  placeholder = 'A symbol, a file, words',
  isFocused = query === '',
}: SearchFormProps) {
  return (
    <search>
      <form class="results-form" action={action} method="get">
        <input
          type="search"
          name="q"
          value={query}
          aria-label={label}
          placeholder={placeholder}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxlength={MAX_QUERY}
          autofocus={isFocused}
        />
        <button class="button" type="submit">
          Search
        </button>
      </form>
    </search>
  )
}

/** The search over all repositories. */
export function CrossSearchForm(props: Pick<SearchFormProps, 'query' | 'isFocused'>) {
  return <SearchForm action="/search" label="Search all documentation" placeholder="A name or a question" {...props} />
}

/** The number of results, of which at most `limit` are shown. */
export const countText = (count: number, limit: number): string =>
  count === limit ? `The ${limit} best results` : counted(count, 'result')
