/** Operations that submit repositories. */

import { z } from 'zod'
import { FormSubmission, JsonSubmission } from '#http/submission.ts'
import { SubmittedJob } from '#http/submit.ts'
import { BatchAnswer, BatchSubmission } from '#http/submit-batch.ts'
import { EXAMPLE_JOB, QUEUED_JOB } from './examples.ts'
import { type Answer, LIMITED, Line, type Operations, REPOSITORY_URL, SPOOL } from './operation.ts'

const REPOSITORY = 'https://github.com/pallets/flask'

const ERRORS = [
  'BAD_BODY',
  'BAD_FIELD',
  'MISSING_FIELD',
  'UNKNOWN_FIELD',
  'MODEL_NOT_ALLOWED',
  'NO_MODEL',
  ...REPOSITORY_URL,
  'BAD_CALLBACK_URL',
  'CALLBACKS_OFF',
  'TOO_MANY_CALLBACKS',
  'FOLDER_NOT_ALLOWED',
  'NOT_A_REPOSITORY',
  'BAD_COMMIT_ID',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_REUSED',
  'JOB_ID_TAKEN',
  'GIT_TOKEN_IN_USE',
  'TOO_MANY_TOKENS',
  'SECRET_IN_FIELD',
  'COOLDOWN',
  'QUEUE_FULL',
  'SPOOL_FULL',
  ...LIMITED,
  ...SPOOL,
] as const

const FORMS = { 'application/x-www-form-urlencoded': FormSubmission, 'multipart/form-data': FormSubmission } as const

const CACHED = {
  description: 'The documents exist and are up to date.',
  headers: ['Location'],
  example: { outcome: 'cached', ...EXAMPLE_JOB },
} satisfies Answer

const ACCEPTED = {
  description:
    'Queued by this request (`created`), or already queued or processing (`joined`). The job is stored on disk.',
  headers: ['Location', 'Retry-After'],
  example: { outcome: 'created', ...QUEUED_JOB },
} satisfies Answer

export const submitOperations = {
  'POST /': {
    id: 'submitForm',
    summary: 'Submit a repository with a form',
    description:
      'Used by the form on the start page, and by the shortest command. The response to a form is one line, unless Accept requests another format; browsers are redirected, or see the form again with the error.',
    headers: ['Idempotency-Key', 'X-Git-Token'],
    body: { ...FORMS, 'application/json': JsonSubmission },
    answers: {
      200: { ...CACHED, content: { 'text/plain': Line, 'application/json': SubmittedJob } },
      202: { ...ACCEPTED, content: { 'text/plain': Line, 'application/json': SubmittedJob } },
      303: { description: 'Redirects browsers to the page of the job.', headers: ['Location'] },
    },
    errors: ERRORS,
    examples: [
      { title: 'Submit a repository', form: { repo_url: REPOSITORY } },
      { title: 'One version, in German', form: { repo_url: REPOSITORY, commit_id: '3.0.0', language: 'de' } },
    ],
  },
  'POST /api/jobs': {
    id: 'submit',
    summary: 'Submit one or many repositories',
    description:
      'A form or JSON. An array contains 1 to 1,000 submissions, which are validated separately; one Idempotency-Key covers all of them.',
    headers: ['Idempotency-Key', 'X-Git-Token'],
    body: { 'application/json': z.union([JsonSubmission, BatchSubmission]), ...FORMS },
    answers: {
      200: { ...CACHED, content: { 'application/json': SubmittedJob, 'text/plain': Line } },
      202: {
        ...ACCEPTED,
        description: `${ACCEPTED.description} For an array: all were accepted, joined or cached.`,
        content: { 'application/json': z.union([SubmittedJob, BatchAnswer]), 'text/plain': Line },
      },
      207: {
        description: 'Some submissions in the array were not accepted; their entries have a `problem`.',
        content: { 'application/json': BatchAnswer, 'text/plain': Line },
      },
    },
    errors: ERRORS,
    examples: [
      { title: 'Submit a repository', json: { repo_url: REPOSITORY, priority: 3 } },
      {
        title: 'Submit two',
        json: [{ repo_url: REPOSITORY }, { repo_url: 'https://github.com/honojs/hono', options: { language: 'de' } }],
      },
      {
        title: 'Submit once, even if the request is repeated',
        form: { repo_url: REPOSITORY },
        headers: { 'Idempotency-Key': 'nightly-flask' },
      },
    ],
  },
} as const satisfies Operations
