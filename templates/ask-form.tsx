/** Forms for asking a question, which need no JavaScript. */

import { MAX_QUESTION } from '#base/max-question.ts'

/** The form on the question page. */
export function AskForm({
  id,
  name,
  question = '',
  previous = [],
  label = `Ask about ${name}`,
  isFirst = false,
}: {
  id: string
  name: string
  question?: string
  previous?: readonly string[]
  label?: string
  /** No question has been asked yet. */
  isFirst?: boolean
}) {
  return (
    <search>
      <form class="results-form" action="/ask" method="get">
        <input type="hidden" name="id" value={id} />
        {previous.map((each) => (
          <input type="hidden" name="p" value={each} />
        ))}
        <input
          type="search"
          name="q"
          value={question}
          aria-label={label}
          placeholder={previous.length > 0 ? label : 'Ask a question; include names from the code if you know them'}
          maxlength={MAX_QUESTION}
          autofocus={isFirst}
        />
        <button class="button button-main" type="submit">
          Ask
        </button>
      </form>
    </search>
  )
}

/** A form that opens the question page. */
export function AskBox({ action, name }: { action: string; name: string }) {
  const [path, query] = action.split('?')
  return (
    <search class="ask-box">
      <form class="results-form" action={path} method="get">
        {[...new URLSearchParams(query)].map(([field, value]) => (
          <input type="hidden" name={field} value={value} />
        ))}
        <input
          type="search"
          name="q"
          aria-label={`Ask about ${name}`}
          placeholder={`Ask about ${name}`}
          maxlength={MAX_QUESTION}
        />
        <button class="button" type="submit">
          Ask
        </button>
      </form>
    </search>
  )
}
