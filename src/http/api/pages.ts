/** Operations of the HTML pages and their assets. */

import { z } from 'zod'
import { IndexParameters } from '#http/index-page.ts'
import { Binary, GIT_TOKEN, Html, LIMITED, LISTING, NOT_MODIFIED, type Operations, SPOOL, Text } from './operation.ts'

const REDIRECT = { description: 'To the page of the job.', headers: ['Location'] } as const

const ASSET = {
  description: 'The file.',
  content: { 'text/css': Text, 'text/javascript': Text, 'image/svg+xml': Text, 'text/html': Html },
  headers: ['ETag'],
} as const

export const pageOperations = {
  'GET /': {
    id: 'showJobs',
    summary: 'The submission form and the list of jobs',
    query: IndexParameters,
    answers: { 200: { description: 'The page.', content: { 'text/html': Html } } },
    errors: LISTING,
  },
  'GET /jobs/:id': {
    id: 'showJob',
    summary: 'The page of a job',
    answers: { 200: { description: 'The page.', content: { 'text/html': Html } } },
    errors: SPOOL,
  },
  'POST /jobs/:id/cancel': {
    id: 'pressCancel',
    summary: 'The button that cancels a job',
    answers: { 303: REDIRECT },
    errors: SPOOL,
  },
  'POST /jobs/:id/retry': {
    id: 'pressRetry',
    summary: 'The button that runs a job again',
    answers: { 303: REDIRECT },
    errors: [...SPOOL, ...LIMITED, ...GIT_TOKEN, 'WRONG_STATE', 'QUEUE_FULL', 'SPOOL_FULL'],
  },
  'POST /jobs/:id/delete': {
    id: 'pressDelete',
    summary: 'The button that deletes a job',
    answers: { 303: { description: 'To the start page.', headers: ['Location'] } },
    errors: [...SPOOL, 'WRONG_STATE', 'SPOOL_FULL'],
  },
  'GET /login': {
    id: 'showLogin',
    summary: 'The login form, if the service has a token',
    query: z.object({ next: z.string().optional().describe('Where to go after the login.') }),
    answers: {
      200: { description: 'The page.', content: { 'text/html': Html } },
      303: { description: 'Already logged in.', headers: ['Location'] },
    },
    errors: ['NOT_FOUND'],
  },
  'POST /login': {
    id: 'logIn',
    summary: 'Log in with the token, for browsers',
    body: {
      'application/x-www-form-urlencoded': z.object({
        token: z.string(),
        next: z.string().optional().describe('Where to go after the login.'),
      }),
    },
    answers: { 303: { description: 'Logged in; a cookie is set.', headers: ['Location'] } },
    errors: ['TOKEN_WRONG', 'TOO_MANY_ATTEMPTS', 'UNSUPPORTED_MEDIA_TYPE', 'NOT_FOUND'],
  },
  'POST /logout': {
    id: 'logOut',
    summary: 'Log out a browser',
    answers: { 303: { description: 'To the start page.', headers: ['Location'] } },
    errors: ['NOT_FOUND'],
  },
  'GET /assets/:name': {
    id: 'readAsset',
    summary: 'Style sheets, scripts and the icon',
    path: { name: z.string().meta({ examples: ['docspool.css'] }) },
    query: z.object({
      v: z
        .string()
        .optional()
        .describe('A hash of the file; with the current one, the response can be cached forever.'),
    }),
    headers: ['If-None-Match'],
    answers: { 200: ASSET, 304: NOT_MODIFIED },
    errors: ['NOT_FOUND'],
  },
  'GET /favicon.ico': {
    id: 'readIcon',
    summary: 'The icon',
    headers: ['If-None-Match'],
    answers: { 200: { ...ASSET, content: { 'image/svg+xml': Binary } }, 304: NOT_MODIFIED },
    errors: ['NOT_FOUND'],
  },
} as const satisfies Operations
