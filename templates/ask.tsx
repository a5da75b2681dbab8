/** The page to ask a question, with the answer. Works without JavaScript. */

import type { Answer } from '#ask/answer.ts'
import { DocsFrame, type SetProps } from './docs.tsx'
import type { DocsLinks } from './links.ts'
import { addressIn, hrefOf } from './search.tsx'

export interface AskPageProps extends SetProps {
  /** The id of the job. */
  id: string
  question: string
  /** `null` before a question was asked. */
  answer: Answer | null
  maxLength: number
}

export function AskPage({ manifest, links, id, question, answer, maxLength }: AskPageProps) {
  return (
    <DocsFrame title={`Ask · ${manifest.full_name}`} manifest={manifest} links={links} file="">
      <div class="results">
        <h1>Ask</h1>
        <search>
          <form class="results-form" action="/ask" method="get">
            <input type="hidden" name="id" value={id} />
            <input
              type="search"
              name="q"
              value={question}
              aria-label={`Ask about ${manifest.name}`}
              placeholder="A question, with names of code if you know some"
              maxlength={maxLength}
              autofocus={question === ''}
            />
            <button class="button button-main" type="submit">
              Ask
            </button>
          </form>
        </search>
        {answer !== null && <Groups answer={answer} links={links} />}
      </div>
    </DocsFrame>
  )
}

function Groups({ answer, links }: { answer: Answer; links: DocsLinks }) {
  const { definitions, connections, documents, files, unknown_names: unknown, found } = answer
  const names = new Map(definitions.map(({ id, name }) => [id, name]))
  return (
    <>
      <p class="quiet" role="status">
        {found
          ? 'Found by the words and names in the question, without a model.'
          : 'The documentation has no answer to this question, judging by its words and names.'}
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

/** The entry of a definition, or its source lines. */
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
