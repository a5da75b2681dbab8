/** Operations on jobs. */

import { EventParameters } from '#http/event-stream.ts'
import { LogParameters } from '#http/job-log.ts'
import { JobList, ListParameters, ReadParameters } from '#http/jobs.ts'
import { JobView } from '#queue/contract.ts'
import { EXAMPLE_JOB, EXAMPLE_LIST, QUEUED_JOB } from './examples.ts'
import { GIT_TOKEN, LIMITED, LISTING, Line, NOT_MODIFIED, type Operations, SPOOL, Text } from './operation.ts'

const JOB = { 'application/json': JobView, 'text/plain': Line } as const
const TEXT = 'text/plain'

export const jobOperations = {
  'GET /api/jobs': {
    id: 'listJobs',
    summary: 'List jobs',
    description: 'Newest first, by the time of the last submission.',
    query: ListParameters,
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'A page of jobs.',
        content: { 'application/json': JobList, 'text/plain': Line },
        headers: ['ETag', 'Link'],
        example: EXAMPLE_LIST,
      },
      304: NOT_MODIFIED,
    },
    errors: LISTING,
    examples: [
      { title: 'The newest jobs', accept: TEXT },
      { title: 'The completed jobs of an owner', query: { status: 'completed', search: 'pallets/' } },
    ],
  },
  'GET /api/job/:id': {
    id: 'readJob',
    summary: 'Read a job, or wait for it',
    query: ReadParameters,
    headers: ['If-None-Match'],
    aliases: ['/api/jobs/:id'],
    answers: {
      200: {
        description: 'The job. For an unfinished one, Retry-After says when to poll again.',
        content: JOB,
        headers: ['ETag', 'Retry-After'],
        example: EXAMPLE_JOB,
      },
      304: { ...NOT_MODIFIED, headers: ['ETag', 'Retry-After'] },
    },
    errors: [...SPOOL, 'TOO_MANY_STREAMS', 'STREAM_LIMIT'],
    examples: [
      { title: 'The job as JSON' },
      { title: 'Wait for up to a minute until the job has finished', query: { wait: '60' }, accept: TEXT },
    ],
  },
  'GET /api/job/:id/events': {
    id: 'followJob',
    summary: 'Follow a job',
    description:
      'Server-Sent Events: `state` (the job, first and whenever more than its progress has changed), `progress`, `log` and `end`. With `Accept: text/plain`, one line each. The stream begins with the state of the job and all events of its newest claim, and ends when the job has finished.',
    query: EventParameters,
    headers: ['Last-Event-ID'],
    aliases: ['/api/jobs/:id/events'],
    answers: {
      200: {
        description: 'Events, as they happen.',
        content: { 'text/event-stream': Text, 'text/plain': Line },
      },
      204: { description: 'There are no further events: the caller has seen the end of the job.' },
    },
    errors: [...SPOOL, 'SHUTTING_DOWN', 'TOO_MANY_STREAMS', 'STREAM_LIMIT'],
    examples: [{ title: 'Follow a job, one line for each event', accept: TEXT, flags: '-N' }],
  },
  'GET /api/job/:id/log': {
    id: 'readLog',
    summary: 'Read the log of a job',
    query: LogParameters,
    aliases: ['/api/jobs/:id/log'],
    answers: {
      200: {
        description: 'The log of a claim as text, or with `format=ndjson`, its events as JSON lines.',
        content: { 'text/plain': Text, 'application/x-ndjson': Text },
        headers: ['Content-Disposition'],
      },
    },
    errors: [...SPOOL, 'NO_LOG'],
    examples: [
      { title: 'The log of the newest claim' },
      { title: 'As JSON, one event per line', query: { format: 'ndjson' } },
    ],
  },
  'POST /api/job/:id/cancel': {
    id: 'cancelJob',
    summary: 'Cancel a job',
    aliases: ['/api/jobs/:id/cancel'],
    answers: {
      200: { description: 'The job has finished.', content: JOB, example: EXAMPLE_JOB },
      202: { description: 'Its worker will stop it.', content: JOB, headers: ['Retry-After'] },
    },
    errors: SPOOL,
    examples: [{ title: 'Cancel a job', accept: TEXT }],
  },
  'POST /api/job/:id/retry': {
    id: 'retryJob',
    summary: 'Run a finished job again',
    headers: ['X-Git-Token'],
    aliases: ['/api/jobs/:id/retry'],
    answers: {
      202: { description: 'Queued.', content: JOB, headers: ['Location', 'Retry-After'], example: QUEUED_JOB },
    },
    errors: [...SPOOL, ...LIMITED, ...GIT_TOKEN, 'WRONG_STATE', 'QUEUE_FULL', 'SPOOL_FULL'],
    examples: [{ title: 'Run a job again', accept: TEXT }],
  },
  'DELETE /api/job/:id': {
    id: 'deleteJob',
    summary: 'Delete a finished job',
    aliases: ['/api/jobs/:id'],
    answers: { 204: { description: 'The job was deleted. Its documents are deleted when no other job uses them.' } },
    errors: [...SPOOL, 'WRONG_STATE', 'SPOOL_FULL'],
    examples: [{ title: 'Delete a job' }],
  },
} as const satisfies Operations
