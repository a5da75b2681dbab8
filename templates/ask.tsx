/** The page on which a question is asked, with what the documentation has on it. Works without JavaScript. */

import type { Answer, Written } from '#ask/answer.ts'
import { AnswerSection } from './ask-answer.tsx'
import { DocsFrame, type SetProps } from './docs.tsx'
import type { DocsLinks } from './links.ts'
import { addressIn, hrefOf } from './search.tsx'

export interface AskPageProps extends SetProps {
  /** Of the job. */
  id: string
  question: string
  /** Questions before it, oldest first. */
  previous: readonly string[]
  /** `null` before anything was asked. */
  answer: Answer | null
  /** Shown instead of an answer to a new question. */
  shared: { answer: Written } | undefined
  /** The model that answers; `null` without one. */
  model: string | null
  /** The reader may share an answer. */
  mayShare: boolean
  maxLength: number
}

export function AskPage(props: AskPageProps) {
  const { manifest, links, id, question, answer, shared, model, maxLength } = props
  const written = shared?.answer ?? answer?.written ?? null
  return (
    <DocsFrame title={`Ask · ${manifest.full_name}`} manifest={manifest} links={links} file="" scripts={['ask.js']}>
      <div class="results">
        <h1>Ask</h1>
        <AskForm id={id} name={manifest.name} question={question} maxLength={maxLength} isFirst={question === ''} />
        {model !== null && question === '' && (
          <p class="quiet">
            Answered by {model}, which reads this documentation; each sentence is checked against the lines that it
            cites. Definitions and documents that were found are listed below it.
          </p>
        )}
        {(written !== null || (answer !== null && model !== null)) && (
          <AnswerSection {...props} model={model ?? ''} written={written} isShared={shared !== undefined} />
        )}
        {answer !== null && <Groups answer={answer} links={links} />}
      </div>
    </DocsFrame>
  )
}

/** The question as a form, which needs no JavaScript. */
export function AskForm({
  id,
  name,
  question = '',
  previous = [],
  label = `Ask about ${name}`,
  maxLength,
  isFirst = false,
}: {
  id: string
  name: string
  question?: string
  previous?: readonly string[]
  label?: string
  maxLength: number
  /** Nothing was asked yet. */
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
          placeholder={previous.length > 0 ? label : 'A question, with names of code if you know some'}
          maxlength={maxLength}
          autofocus={isFirst}
        />
        <button class="button button-main" type="submit">
          Ask
        </button>
      </form>
    </search>
  )
}

function Groups({ answer, links }: { answer: Answer; links: DocsLinks }) {
  const { definitions, connections, documents, files, unknown_names: unknown, found } = answer
  const names = new Map(definitions.map(({ id, name }) => [id, name]))
  return (
    <>
      <p class="quiet" role="status">
        {found
          ? 'Found by the words of the question, its names, and what uses them.'
          : 'Words and names of the question lead to nothing in the documentation.'}
      </p>
      {unknown.length > 0 && (
        <p>
          Not in the repository:{' '}
          {unknown.map((name, index) => (
            <>
              {index > 0 && ', '}
              <code>{name}</code>
            </>
          ))}
        </p>
      )}
      {definitions.length > 0 && (
        <section aria-labelledby="definitions">
          <h2 id="definitions">Definitions</h2>
          <ol class="hits">
            {definitions.map((each) => (
              <li class="hit">
                <div class="hit-head">
                  <Place {...each} links={links} />
                  <span class="hit-kind">{each.kind}</span>
                </div>
                <p class="hit-place">{`${each.file}:${each.start_line} · ${each.because}`}</p>
                {each.summary !== null && <p class="hit-text">{each.summary}</p>}
              </li>
            ))}
          </ol>
        </section>
      )}
      {connections.length > 0 && (
        <section aria-labelledby="connections">
          <h2 id="connections">How they use each other</h2>
          <ul>
            {connections.map(({ from, to, kind, file, line }) => (
              <li>
                <code>{names.get(from)}</code> {kind} <code>{names.get(to)}</code>, {`${file}:${line}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {documents.length > 0 && (
        <section aria-labelledby="documents">
          <h2 id="documents">Documents</h2>
          <ol class="hits">
            {documents.map((each) => (
              <li class="hit">
                <div class="hit-head">
                  <a class="hit-title" href={hrefOf(links.page(each.page), each.anchor)}>
                    {each.title}
                  </a>
                  <span class="hit-kind">{each.kind}</span>
                </div>
                {each.text !== '' && <p class="hit-text">{each.text}</p>}
              </li>
            ))}
          </ol>
        </section>
      )}
      {files.length > 0 && (
        <section aria-labelledby="files">
          <h2 id="files">Files</h2>
          <ul>
            {files.map((file) => (
              <li>
                <code>{file}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** The entry of a definition, else its lines. */
function Place({ name, page, anchor, source, links }: Answer['definitions'][number] & { links: DocsLinks }) {
  const href =
    page !== null
      ? hrefOf(links.page(page), anchor ?? '')
      : source === null
        ? null
        : addressIn(links.page('overview.md'), source)
  const shown = <code>{name}</code>
  return href === null ? (
    shown
  ) : (
    <a class="hit-title" href={href}>
      {shown}
    </a>
  )
}
