/** The parameters, bodies and responses of the routes for questions. */

import { z } from 'zod'
import { Answer } from '#ask/answer.ts'
import { MAX_QUESTION } from '#base/max-question.ts'
import { JobId } from './job-in-path.ts'

/** The id of an answer, as in URLs and in the keys of stored answers. */
export const AnswerId = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected the id of an answer')
  .meta({ description: '`answer_id` of an answer.' })

const Question = z
  .string()
  .max(MAX_QUESTION)
  .refine((text) => text.trim() !== '', 'expected a question')
  .meta({
    description: `At most ${MAX_QUESTION} characters, in any language.`,
    examples: ['How does a request reach a view?'],
  })

export const MAX_PREVIOUS = 4

export const AskBody = z.strictObject({
  job_id: JobId,
  question: Question,
  previous: z
    .array(z.string().min(1).max(MAX_QUESTION))
    .max(MAX_PREVIOUS)
    .default([])
    .describe(`Earlier questions in the conversation, oldest first; at most ${MAX_PREVIOUS}.`),
  basis: z
    .enum(['model', 'evidence'])
    .default('model')
    .describe('evidence: no model is asked, even if one is configured.'),
})

export const AskParameters = z.object({
  id: JobId.meta({ examples: ['pallets--flask'] }),
  q: z.string().max(MAX_QUESTION).default('').describe('The question; without it, the page shows only the form.'),
  p: z
    .array(z.string().max(MAX_QUESTION))
    .default([])
    .describe(`An earlier question in the conversation; may be repeated. Only the last ${MAX_PREVIOUS} are used.`),
  answer: AnswerId.optional().describe('A shared answer to show instead.'),
})

const Previous = z.string().max(MAX_QUESTION)

/** The form that a browser submits without JavaScript. */
export const AskForm = z.object({
  id: JobId,
  q: Question,
  p: z.union([Previous.transform((one) => [one]), z.array(Previous)]).default([]),
})

export const FeedbackBody = z.strictObject({ job_id: JobId, useful: z.boolean() })
export const ShareBody = z.strictObject({ job_id: JobId })

export const AskAnswer = Answer.extend({ job_id: z.string(), repo_url: z.string() })
export const Shared = z.object({ url: z.string().describe('Path of the page, relative to the origin of the service.') })
