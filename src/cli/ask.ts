/** `docspool ask`: a question about a repository, answered by a server. */

import { answerText } from '#ask/answer.ts'
import { PROGRAM } from '#base/program.ts'
import { AskAnswer } from '#http/ask.ts'
import { findSet } from '#http/mcp/find-set.ts'
import { Refused, readJson } from '#http/mcp/service.ts'
import { ReportedError } from '#queue/errors.ts'
import { remoteService } from './remote-service.ts'
import type { Service } from './service-client.ts'
import { say, sayJson } from './terminal.ts'

export interface AskCommand {
  service: Service
  signal: AbortSignal
  /** `owner/name`, a URL, or the id of a job. */
  repository: string
  question: string
  json: boolean
}

/** @throws {ReportedError} The server refuses. @throws {ServerUnreachable} */
export async function runAsk({ service: server, signal, repository, question, json }: AskCommand): Promise<void> {
  const service = remoteService(server)
  try {
    const { job_id } = await findSet(service, repository, undefined, signal)
    const request = { method: 'POST' as const, headers: { 'content-type': 'application/json' }, signal }
    const answer = await readJson(service, '/api/ask', AskAnswer, {
      ...request,
      body: JSON.stringify({ job_id, question }),
    })
    if (json) sayJson([answer])
    else say(answerText(answer).trimEnd())
  } catch (error) {
    if (error instanceof Refused)
      throw new ReportedError({ code: error.code, message: error.detail, hint: hintFor(error) })
    throw error
  }
}

/** The hints of the service are for agents and name their tools. */
function hintFor({ code }: Refused): string | null {
  if (code === 'NO_SUCH_JOB')
    return `\`${PROGRAM} submit\` makes documents of a repository; \`${PROGRAM} jobs\` lists what there is.`
  if (code === 'NO_DOCS') return `\`${PROGRAM} follow\` waits for a job, \`${PROGRAM} retry\` has it done again.`
  return code === 'AMBIGUOUS_REPOSITORY' ? 'Give the URL of one of them.' : null
}
