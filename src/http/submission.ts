/** The fields of a submission: from a form or a JSON body to what the queue is asked. Pure. */

import { z } from 'zod'
import { jobIdOf } from '#base/job-id.ts'
import { parseCommitId, parseRepository, type RepositoryPolicy } from '#base/repository.ts'
import { JobOptions, type SubmitRequest } from '#queue/contract.ts'
import { Refusal } from './problem.ts'

/** Requests that say nothing about it stand in the middle, 0 (first) to 9 (last). */
const DEFAULT_PRIORITY = 5

/** What a decoder leaves in the place of bytes that are not UTF-8. */
const text = z.string('expected one text').refine((value) => !value.includes('\ufffd'), 'the text is not valid UTF-8')

const priority = z.int('expected a whole number from 0 (first) to 9 (last)').min(0).max(9)

export const JsonSubmission = z.strictObject({
  repo_url: text,
  commit_id: text.nullish(),
  priority: priority.optional(),
  force: z.boolean('expected true or false').optional(),
  options: JobOptions.optional(),
})

/** An empty field of a form is one that was not filled in. */
export const FormSubmission = z.strictObject({
  repo_url: text,
  commit_id: text.optional(),
  priority: z
    .union([z.literal('').transform(() => undefined), z.string().regex(/^\d$/).transform(Number).pipe(priority)], {
      error: 'expected a whole number from 0 (first) to 9 (last)',
    })
    .optional(),
  force: z
    .union([z.literal('').transform(() => undefined), z.stringbool()], { error: 'expected true or false' })
    .optional(),
})

export type Submitted = z.infer<typeof JsonSubmission> | z.infer<typeof FormSubmission>

const FIELDS = Object.keys(JsonSubmission.shape).join(', ')
const EXAMPLE = 'repo_url=https://github.com/pallets/flask'

/** What is wrong with a body that does not fit, as one error. Never repeats a value. */
export function refusalOf(error: z.core.$ZodError, input: unknown): Refusal {
  const issue = error.issues[0]
  const name = String(issue?.path[0] ?? '')
  if (issue?.code === 'unrecognized_keys') {
    const unknown = JSON.stringify(issue.keys[0]?.slice(0, 40))
    return new Refusal(
      'UNKNOWN_FIELD',
      `There is no field ${unknown}${name === '' ? '' : ` in ${name}`}.`,
      `The fields are ${FIELDS}.`,
    )
  }
  if (name === '') {
    return new Refusal(
      'BAD_BODY',
      'Expected an object with the field repo_url.',
      `Send ${EXAMPLE}, as JSON or as a form.`,
    )
  }
  const value = (input as Record<string, unknown> | null)?.[name]
  if (value === undefined) {
    const isJsonAsForm = Object.keys(Object(input)).some((key) => key.trimStart().startsWith('{'))
    const hint = isJsonAsForm ? "This looks like JSON: add -H 'Content-Type: application/json'." : `Send ${EXAMPLE}.`
    return new Refusal('MISSING_FIELD', `The field ${name} is missing.`, hint)
  }
  const twice = Array.isArray(value) ? ', found several values' : ''
  return new Refusal(
    'BAD_FIELD',
    `${name}: ${issue?.message ?? 'does not fit'}${twice}.`,
    twice === '' ? `The fields are ${FIELDS}.` : 'Send each field once.',
  )
}

/**
 * What the queue is asked for a submission.
 *
 * @throws {BadRepositoryUrl}
 * @throws {BadCommitId}
 */
export function requestOf(
  fields: Submitted,
  policy: RepositoryPolicy,
  mainModel: string,
  idempotencyKey: string | null,
): SubmitRequest {
  const repository = parseRepository(fields.repo_url, policy)
  const commit = fields.commit_id ?? ''
  const commitId = /^[ \t]*$/.test(commit) ? null : parseCommitId(commit)
  const options = 'options' in fields && fields.options !== undefined ? fields.options : {}
  return {
    jobId: jobIdOf(repository, commitId, options),
    repoUrl: repository.url,
    commitId,
    options,
    priority: fields.priority ?? DEFAULT_PRIORITY,
    force: fields.force ?? false,
    mainModel,
    idempotencyKey,
  }
}

/**
 * The `Idempotency-Key` of a request, if it has one.
 *
 * @throws {Refusal} `BAD_FIELD`: it is not 1 to 255 visible ASCII characters.
 */
export function checkIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  if (/^[!-~]{1,255}$/.test(header)) return header
  throw new Refusal('BAD_FIELD', 'Idempotency-Key: expected 1 to 255 visible ASCII characters.', 'A UUID serves well.')
}
