/** The answer of a model: complete, or an element that `ask.js` fills while the model writes. */

import type { Answer, Citation, Sentence, Written } from '#ask/answer.ts'
import { AskForm } from './ask-form.tsx'
import type { SetProps } from './docs-frame.tsx'
import type { DocsLinks } from './links.ts'
import { hrefOf } from './links.ts'
import { addressIn } from './search.tsx'

export interface AskPageProps extends SetProps {
  /** The id of the job. */
  id: string
  question: string
  /** The notice on the commit; see `noticeOf`. */
  notice?: string | undefined
  /** Earlier questions in the conversation, oldest first. */
  previous: readonly string[]
  /** `null` before a question. */
  answer: Answer | null
  /** A shared answer, shown instead of an answer to a new question. */
  shared: { answer: Written } | undefined
  /** The model that answers; `null` without one. */
  model: string | null
  /** Whether the reader may share an answer. */
  mayShare: boolean
}

/** Maximum number of earlier questions that the server accepts. */
const MAX_PREVIOUS = 4

const WITHOUT: Readonly<Record<string, string>> = {
  limit: 'Too many questions came from your address in the last hour; the evidence found without a model is below.',
  budget: 'The budget for questions is used up; the evidence found without a model is below.',
  busy: 'Too many questions are being answered; the evidence found without a model is below.',
  failed: 'The model did not answer; the evidence found without it is below.',
}

const ENDED: Readonly<Record<Written['ended'], string>> = {
  whole: '',
  'not found': 'The documentation does not say.',
  'nothing held': 'No sentence that the model wrote is supported by the lines it cites, so none is shown.',
  cut: 'The answer was cut off.',
}

export function AnswerSection(props: AskPageProps & { model: string; written: Written | null; isShared: boolean }) {
  const { manifest, links, id, question, previous, answer, written, model, isShared, mayShare } = props
  const reason = WITHOUT[answer?.without_model ?? '']
  const isAsked = written !== null || reason !== undefined
  return (
    <section class="answer" aria-labelledby="answer">
      <h2 id="answer">{isShared ? question : 'Answer'}</h2>
      <div
        class="answer-text"
        aria-live="polite"
        data-answer={written?.answer_id ?? ''}
        data-ask={isAsked ? undefined : id}
        data-question={question}
        data-previous={JSON.stringify(previous)}
        data-overview={links.page('overview.md')}
        data-texts={JSON.stringify({ ...WITHOUT, ...ENDED })}
      >
        {written !== null &&
          paragraphsOf(written.sentences).map((each) => <Paragraph sentences={each} links={links} />)}
      </div>
      <p class="quiet answer-state" role="status">
        {written === null ? (reason ?? '') : ENDED[written.ended]}
      </p>
      {!isAsked && (
        <form class="no-js" action="/ask" method="post">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="q" value={question} />
          {previous.map((each) => (
            <input type="hidden" name="p" value={each} />
          ))}
          <button class="button" type="submit">
            Ask {model}
          </button>
        </form>
      )}
      <p class="quiet answer-about" hidden={(written?.sentences.length ?? 0) === 0}>
        Written by {written?.model ?? model}. The cited lines contain the names or words of each sentence; whether a
        sentence is correct was not checked.
      </p>
      {!isShared && (
        <div class="answer-ways js-only" data-rate={id} hidden={written === null}>
          <button class="button" type="button" data-useful="true">
            Useful
          </button>
          <button class="button" type="button" data-useful="false">
            Not useful
          </button>
          {mayShare && (
            <button class="button" type="button" data-share>
              Share this answer
            </button>
          )}
          <span role="status" />
        </div>
      )}
      {!isShared && (
        <AskForm
          id={id}
          name={manifest.name}
          previous={[...previous, question].slice(-MAX_PREVIOUS)}
          label="Ask a follow-up question"
        />
      )}
    </section>
  )
}

function paragraphsOf(sentences: readonly Sentence[]): Sentence[][] {
  const paragraphs: Sentence[][] = []
  for (const sentence of sentences) {
    const last = paragraphs.at(-1)
    if (last === undefined || sentence.starts_paragraph) paragraphs.push([sentence])
    else last.push(sentence)
  }
  return paragraphs
}

function Paragraph({ sentences, links }: { sentences: Sentence[]; links: DocsLinks }) {
  return (
    <p>
      {sentences.map(({ text, names, citations }) => (
        <>
          {text.split('`').map((part, index) => {
            if (index % 2 === 0) return part
            const entry = names.find(({ name }) => name === part)
            if (entry === undefined) return <code>{part}</code>
            return (
              <a href={hrefOf(links.page(entry.page), entry.anchor)}>
                <code>{part}</code>
              </a>
            )
          })}
          {citations.map((each) => (
            <>
              {'\u00a0'}
              <Cited {...each} links={links} />
            </>
          ))}{' '}
        </>
      ))}
    </p>
  )
}

function Cited({ file, start_line: from, end_line: to, source, links }: Citation & { links: DocsLinks }) {
  const lines = to === from ? `${from}` : `${from}-${to}`
  const shown = `${file.slice(file.lastIndexOf('/') + 1)}:${lines}`
  if (source === null)
    return (
      <span class="cited" title={`${file}:${lines}`}>
        {shown}
      </span>
    )
  return (
    <a class="cited" href={addressIn(links.page('overview.md'), source)} title={`${file}:${lines}`}>
      {shown}
    </a>
  )
}
