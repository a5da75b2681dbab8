/** Operations that report the state of the service and describe its interface. */

import { z } from 'zod'
import { Health, Readiness } from '#http/health.ts'
import { QueueView } from '#http/queue-state.ts'
import { SpendAnswer } from '#http/spend.ts'
import { EXAMPLE_QUEUE, EXAMPLE_READINESS, EXAMPLE_SPEND } from './examples.ts'
import { Html, Line, type Operations, SPOOL, Text, withETag } from './operation.ts'

const TEXT = 'text/plain'

export const serviceOperations = {
  'GET /api/queue': {
    id: 'readQueue',
    summary: 'Read the state of the queue',
    answers: {
      200: {
        description: 'Number of jobs by state, and of workers.',
        content: { 'application/json': QueueView, 'text/plain': Line },
        example: EXAMPLE_QUEUE,
      },
    },
    errors: SPOOL,
    examples: [{ title: 'On one line', accept: TEXT }, { title: 'As JSON' }],
  },
  'GET /api/spend': {
    id: 'readSpend',
    summary: 'Read the cost of models',
    answers: {
      200: {
        description: 'The cost today, in total, and by day.',
        content: { 'application/json': SpendAnswer, 'text/plain': Line },
        example: EXAMPLE_SPEND,
      },
    },
    examples: [{ title: 'Today, on one line', accept: TEXT }, { title: 'As JSON' }],
  },
  'GET /metrics': {
    id: 'readMetrics',
    summary: 'Read the metrics',
    description: 'Not found if the metrics are served on a separate port.',
    answers: { 200: { description: 'The text format of Prometheus.', content: { 'text/plain': Text } } },
    errors: ['NOT_FOUND'],
    examples: [{ title: 'All metrics' }],
  },
  'GET /healthz': {
    id: 'readHealth',
    summary: 'Check that the service responds',
    answers: {
      200: { description: 'The service responds.', content: { 'application/json': Health }, example: { status: 'ok' } },
    },
    examples: [{ title: 'Check that the service responds' }],
  },
  'GET /readyz': {
    id: 'readReadiness',
    summary: 'Check that the service can accept a job',
    answers: {
      200: {
        description: 'The service can accept a job, also while the queue is paused or has no workers (`degraded`).',
        content: { 'application/json': Readiness },
        example: EXAMPLE_READINESS,
      },
    },
    errors: [...SPOOL, 'SPOOL_FULL', 'SHUTTING_DOWN'],
    examples: [{ title: 'Check that the service can accept a job' }],
  },
  'GET /openapi.json': {
    id: 'readInterface',
    summary: 'This interface as OpenAPI 3.1',
    headers: ['If-None-Match'],
    answers: withETag('The document.', { 'application/json': z.looseObject({ openapi: z.string() }) }),
    examples: [{ title: 'The document' }],
  },
  'GET /api': {
    id: 'showInterface',
    summary: 'This interface as a page',
    headers: ['If-None-Match'],
    answers: withETag('The page.', { 'text/html': Html }),
  },
} as const satisfies Operations
