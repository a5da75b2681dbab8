/** `docspool ask`: a question about a repository, answered by a server. An answer of a model is printed as it is written. */

import { type Answer, aboutWritten, answerText, citationText } from '#ask/answer.ts'
import { AnswerEvent } from '#ask/answer-events.ts'
import { PROGRAM } from '#base/program.ts'
import { AskAnswer } from '#http/ask-fields.ts'
import { findSet } from '#http/mcp/find-set.ts'
import { ask, Refused } from '#http/mcp/service.ts'
import { ReportedError } from '#queue/errors.ts'
import { remoteService } from './remote-service.ts'
import { NO_SUCH_JOB_HINT, type Service } from './service-client.ts'
import { say, sayJson, sayPart, warn } from './terminal.ts'

export interface AskCommand {
  service: Service
  signal: AbortSignal
  /** `owner/name`, a URL, or the id of a job. */
  repository: string
  question: string
  json: boolean
  /** Ask no model. */
  evidence: boolean
}

/** @throws {ReportedError} The server refuses. @throws {ServerUnreachable} */
export async function runAsk({
  service: server,
  signal,
  repository,
  question,
  json,
  evidence,
}: AskCommand): Promise<void> {
  const service = { ...remoteService(server), notice: warn }
  const broken = (): ReportedError =>
    new ReportedError({ code: 'ANSWER_CUT', message: 'The answer of the server was cut off.', hint: 'Ask again.' })
  try {
    const { job_id } = await findSet({ service, signal }, repository, undefined)
    const body = JSON.stringify({ job_id, question, basis: evidence ? 'evidence' : 'model' })
    const accept = json ? 'application/json' : 'text/event-stream, application/json'
    const headers = { 'content-type': 'application/json', accept }
    const response = await ask(service, '/api/ask', { method: 'POST', headers, body, signal })
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      const answer = AskAnswer.parse(await response.json())
      if (json) sayJson([answer])
      else say(answerText(answer).trimEnd())
      return
    }
    const answer = await printStream(response.body ?? new ReadableStream()).catch((error) => {
      if (signal.aborted) throw error
      throw broken()
    })
    if (answer === undefined) throw broken()
  } catch (error) {
    if (error instanceof Refused)
      throw new ReportedError({ code: error.code, message: error.detail, hint: hintFor(error) })
    throw error
  }
}

/** The hints of the service are for agents and name their tools. */
function hintFor({ code }: Refused): string | null {
  if (code === 'NO_SUCH_JOB') return NO_SUCH_JOB_HINT
  if (code === 'NO_DOCS') return `\`${PROGRAM} wait\` waits for a job, \`${PROGRAM} retry\` runs it again.`
  return code === 'AMBIGUOUS_REPOSITORY' ? 'Give the URL of one of them.' : null
}

/** Prints each checked sentence with its lines, and the evidence at the end. */
async function printStream(body: ReadableStream<Uint8Array>): Promise<Answer | undefined> {
  let isFirst = true
  let answer: Answer | undefined
  for await (const event of readEvents(body)) {
    if (event.type === 'sentence') {
      const { text, starts_paragraph: isNew, citations } = event.sentence
      sayPart(`${isFirst ? '' : isNew ? '\n\n' : ' '}${text} ${citations.map(citationText).join('')}`)
      isFirst = false
    } else if (event.type === 'answer') {
      answer = event.answer
      if (!isFirst) sayPart('\n\n')
      say(endOf(answer).trimEnd())
    }
  }
  return answer
}

function endOf(answer: Answer): string {
  const { written } = answer
  const evidence = answerText({ ...answer, written: null })
  return written === null ? evidence : `${aboutWritten(written)}\n\n${evidence}`
}

/** Server-Sent Events as they arrive, without comments. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    text += decoder.decode(read.value, { stream: true })
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      const [, type, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? []
      if (type !== undefined) yield AnswerEvent.parse({ type, ...JSON.parse(data ?? '') })
    }
  }
}
