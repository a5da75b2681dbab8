/** The tool that answers natural-language questions. */

import { z } from 'zod'
import { answerText } from '#ask/answer.ts'
import { MAX_QUESTION } from '#base/max-question.ts'
import { AskAnswer, MAX_PREVIOUS } from '#http/ask-fields.ts'
import { charsIn, fitLists } from './budget.ts'
import { findSet } from './find-set.ts'
import { readJson } from './service.ts'
import { budget, defineTool, note, repository } from './tool.ts'

const previous = z
  .array(z.string().min(1).max(MAX_QUESTION))
  .max(MAX_PREVIOUS)
  .default([])
  .describe('Earlier questions in the conversation, oldest first.')
const basis = z
  .enum(['model', 'evidence'])
  .default('model')
  .describe('evidence: no model is asked, and the answer is the same each time.')

export const askQuestion = defineTool({
  name: 'ask_question',
  title: 'Ask a question',
  description:
    'Answers a question about a repository. Returns ranked definitions with lines and how they use each other, guides, sections and files. If the service has a model, `written` is an answer in sentences, each with lines that the model has read and that support it.',
  input: z.object({ ...repository, question: z.string().min(1).max(MAX_QUESTION), previous, basis, ...budget }),
  output: AskAnswer.extend(note),
  async run({ repoName, revision, question, previous, basis, max_tokens }, { service, signal }) {
    const { job_id } = await findSet({ service, signal }, repoName, revision)
    const request = { method: 'POST' as const, headers: { 'content-type': 'application/json' }, signal }
    const body = JSON.stringify({ job_id, question, previous, basis })
    const answer = await readJson(service, '/api/ask', AskAnswer, { ...request, body })
    const fitted = fitLists(answer, ['files', 'definitions', 'connections', 'documents'], charsIn(max_tokens))
    const structured = { ...fitted.answer, ...(fitted.isCut && { note: 'Cut to the budget: raise max_tokens.' }) }
    const text = answerText(fitted.answer)
    return { structured, text: fitted.isCut ? `${text}\n[${structured.note}]` : text }
  },
})
