/** The page to ask a question, with the answer. Works without JavaScript. */

import type { Child } from 'hono/jsx'
import type { Answer } from '#ask/answer.ts'
import { AnswerSection, type AskPageProps } from './ask-answer.tsx'
import { AskForm } from './ask-form.tsx'
import { DocsFrame } from './docs-frame.tsx'
import type { DocsLinks } from './links.ts'
import { hrefOf } from './links.ts'
import { addressIn } from './search.tsx'
import { CommitNotice } from './version-notices.tsx'

export function AskPage(props: AskPageProps) {
  const { manifest, links, id, question, answer, shared, model, notice } = props
  const written = shared?.answer ?? answer?.written ?? null
  return (
    <DocsFrame title={`Ask · ${manifest.full_name}`} manifest={manifest} links={links} file="" scripts={['ask.js']}>
      <CommitNotice notice={notice} />
      <div class="results">
        <h1>Ask</h1>
        <AskForm id={id} name={manifest.name} question={question} isFirst={question === ''} />
        {model !== null && question === '' && (
          <p class="quiet">
            Answered by {model}, which reads this documentation; each sentence is checked against the lines it cites.
            The definitions and documents found are listed below the answer.
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

function Groups({ answer, links }: { answer: Answer; links: DocsLinks }) {
  const { definitions, connections, documents, files, unknown_names: unknown, found } = answer
  const names = new Map(definitions.map(({ id, name }) => [id, name]))
  return (
    <>
      <p class="quiet" role="status">
        {found
          ? 'Found by the words and names in the question, and by the uses of these names.'
          : 'Nothing in the documentation matches the words and names in the question.'}
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
                  <Place {...each} shown={<code>{each.name}</code>} links={links} />
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
                  <Place {...each} shown={each.title} page={each.source === null ? each.page : null} links={links} />
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

type PlaceProps = Pick<Answer['definitions'][number], 'page' | 'anchor' | 'source'> & { shown: Child; links: DocsLinks }

/** The entry of a definition or document, or its source lines. */
function Place({ shown, page, anchor, source, links }: PlaceProps) {
  const href =
    page !== null
      ? hrefOf(links.page(page), anchor ?? '')
      : source === null
        ? null
        : addressIn(links.page('overview.md'), source)
  return href === null ? (
    shown
  ) : (
    <a class="hit-title" href={href}>
      {shown}
    </a>
  )
}
