/** How the service does, and what it says of itself. */

import { z } from 'zod'
import { Health, Readiness } from '#http/health.ts'
import { QueueView } from '#http/queue.ts'
import { SpendAnswer } from '#http/spend.ts'
import { EXAMPLE_QUEUE, EXAMPLE_READINESS, EXAMPLE_SPEND } from './examples.ts'
import { Html, Line, NOT_MODIFIED, type Operations, SPOOL, Text } from './operation.ts'

const TEXT = 'text/plain'

export const serviceOperations = {
  'GET /api/queue': {
    id: 'readQueue',
    tag: 'Service',
    summary: 'How the queue does',
    answers: {
      200: {
        description: 'Jobs by state, and whether workers take them.',
        content: { 'application/json': QueueView, 'text/plain': Line },
        example: EXAMPLE_QUEUE,
      },
    },
    errors: SPOOL,
    examples: [{ title: 'In a line', accept: TEXT }, { title: 'As JSON' }],
  },
  'GET /api/spend': {
    id: 'readSpend',
    tag: 'Service',
    summary: 'What models have cost',
    answers: {
      200: {
        description: 'Of today, in all, and by day.',
        content: { 'application/json': SpendAnswer, 'text/plain': Line },
        example: EXAMPLE_SPEND,
      },
    },
    examples: [{ title: 'Today, in a line', accept: TEXT }, { title: 'As JSON' }],
  },
  'GET /metrics': {
    id: 'readMetrics',
    tag: 'Service',
    summary: 'Figures for Prometheus',
    description: 'Not found where the figures have a port of their own.',
    answers: { 200: { description: 'The text format of Prometheus.', content: { 'text/plain': Text } } },
    errors: ['NOT_FOUND'],
    examples: [{ title: 'All figures' }],
  },
  'GET /healthz': {
    id: 'readHealth',
    tag: 'Service',
    summary: 'Does the service answer',
    answers: {
      200: { description: 'It does.', content: { 'application/json': Health }, example: { status: 'ok' } },
    },
    examples: [{ title: 'Ask it' }],
  },
  'GET /readyz': {
    id: 'readReadiness',
    tag: 'Service',
    summary: 'Can the service accept a job',
    answers: {
      200: {
        description: 'It can. A paused queue accepts jobs, and so does one without workers (`degraded`).',
        content: { 'application/json': Readiness },
        example: EXAMPLE_READINESS,
      },
    },
    errors: [...SPOOL, 'SPOOL_FULL', 'SHUTTING_DOWN'],
    examples: [{ title: 'Ask it' }],
  },
  'GET /openapi.json': {
    id: 'readInterface',
    tag: 'Service',
    summary: 'This interface as OpenAPI 3.1',
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'The document.',
        content: { 'application/json': z.looseObject({ openapi: z.string() }) },
        headers: ['ETag'],
      },
      304: NOT_MODIFIED,
    },
    examples: [{ title: 'The document' }],
  },
  'GET /api': {
    id: 'showInterface',
    tag: 'Service',
    summary: 'This interface as a page',
    headers: ['If-None-Match'],
    answers: {
      200: { description: 'The page.', content: { 'text/html': Html }, headers: ['ETag'] },
      304: NOT_MODIFIED,
    },
  },
} as const satisfies Operations
