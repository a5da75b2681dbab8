/** Submissions. */

import { z } from 'zod'
import { FormSubmission, JsonSubmission } from '#http/submission.ts'
import { SubmittedJob } from '#http/submit.ts'
import { BatchAnswer, BatchSubmission } from '#http/submit-batch.ts'
import { EXAMPLE_JOB, QUEUED_JOB } from './examples.ts'
import { type Answer, LIMITED, Line, type Operations, SPOOL } from './operation.ts'

const REPOSITORY = 'https://github.com/pallets/flask'

const ERRORS = [
  ...(['BAD_BODY', 'BAD_FIELD', 'MISSING_FIELD', 'UNKNOWN_FIELD', 'MODEL_NOT_ALLOWED', 'NO_MODEL'] as const),
  ...(['NOT_A_URL', 'URL_TOO_LONG', 'URL_HAS_CONTROL_CHARACTERS', 'SCHEME_NOT_ALLOWED', 'URL_HAS_USER_INFO'] as const),
  ...(['URL_HAS_QUERY', 'URL_HAS_FRAGMENT', 'HOST_NOT_ALLOWED', 'PRIVATE_ADDRESS', 'NOT_A_REPOSITORY_PATH'] as const),
  ...(['BAD_CALLBACK_URL', 'CALLBACKS_OFF', 'TOO_MANY_CALLBACKS'] as const),
  ...([
    'FOLDER_NOT_ALLOWED',
    'NOT_A_REPOSITORY',
    'BAD_COMMIT_ID',
    'UNSUPPORTED_MEDIA_TYPE',
    'IDEMPOTENCY_KEY_REUSED',
    'JOB_ID_TAKEN',
  ] as const),
  ...(['GIT_TOKEN_IN_USE', 'TOO_MANY_TOKENS'] as const),
  ...(['SECRET_IN_FIELD', 'COOLDOWN', 'QUEUE_FULL', 'SPOOL_FULL', ...LIMITED, ...SPOOL] as const),
] as const

const FORMS = { 'application/x-www-form-urlencoded': FormSubmission, 'multipart/form-data': FormSubmission } as const

const CACHED = {
  description: 'The documents are there and fresh.',
  headers: ['Location'],
  example: { outcome: 'cached', ...EXAMPLE_JOB },
} satisfies Answer

const ACCEPTED = {
  description: 'Queued by this request (`created`), or already queued or processing (`joined`). It is on the disk.',
  headers: ['Location', 'Retry-After'],
  example: { outcome: 'created', ...QUEUED_JOB },
} satisfies Answer

export const submitOperations = {
  'POST /': {
    id: 'submitForm',
    tag: 'Submit',
    summary: 'Submit a repository, by a form',
    description:
      'What the form of the first page sends, and the shortest command. A form is answered with a line unless Accept says otherwise; a browser gets a redirect, or the form again with what is wrong.',
    headers: ['Idempotency-Key', 'X-Git-Token'],
    body: { ...FORMS, 'application/json': JsonSubmission },
    answers: {
      200: { ...CACHED, content: { 'text/plain': Line, 'application/json': SubmittedJob } },
      202: { ...ACCEPTED, content: { 'text/plain': Line, 'application/json': SubmittedJob } },
      303: { description: 'To the page of the job; for browsers.', headers: ['Location'] },
    },
    errors: ERRORS,
    examples: [
      { title: 'Submit a repository', form: { repo_url: REPOSITORY } },
      { title: 'One version, in German', form: { repo_url: REPOSITORY, commit_id: '3.0.0', language: 'de' } },
    ],
  },
  'POST /api/jobs': {
    id: 'submit',
    tag: 'Submit',
    summary: 'Submit a repository, or many',
    description:
      'A form or JSON. An array holds 1 to 1,000 submissions, each judged by itself; one Idempotency-Key covers all of them.',
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
        description: 'Some of an array were not accepted; their entries have a `problem`.',
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
        title: 'Submit once, however often it is sent',
        form: { repo_url: REPOSITORY },
        headers: { 'Idempotency-Key': 'nightly-flask' },
      },
    ],
  },
} as const satisfies Operations
