/** Operations for agents. */

import { z } from 'zod'
import {
  AnswerId,
  AskAnswer,
  AskBody,
  AskForm,
  AskParameters,
  FeedbackBody,
  ShareBody,
  Shared,
} from '#http/ask-fields.ts'
import { CrossSearchAnswer, CrossSearchPageParameters, CrossSearchParameters, LinksAnswer } from '#http/cross-search.ts'
import { ProtectedResource } from '#http/protected-resource.ts'
import { Html, type Operations, SPOOL, Text, withETag } from './operation.ts'

const Message = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.looseObject({}).optional(),
})

const THREAD_ERRORS = ['SERVER_BUSY', 'TOOK_TOO_LONG', 'SHUTTING_DOWN'] as const

const ASK_ERRORS = [
  ...([...SPOOL, 'NO_SUCH_JOB', 'NO_DOCS', 'SET_DAMAGED', 'NO_GRAPH_INDEX', 'RATE_LIMITED'] as const),
  ...THREAD_ERRORS,
] as const

const CROSS_ERRORS = ['NO_CROSS_SEARCH', 'INDEX_NOT_READY', 'RATE_LIMITED', ...THREAD_ERRORS] as const
const FORM = 'application/x-www-form-urlencoded'

const ANSWER_ERRORS = [...SPOOL, 'NO_SUCH_JOB', 'NO_DOCS', 'SET_DAMAGED', 'NO_SUCH_ANSWER', 'RATE_LIMITED'] as const

export const agentOperations = {
  'POST /mcp': {
    id: 'callTools',
    summary: 'The Model Context Protocol, streamable HTTP without sessions',
    description:
      'For agents: `tools/list` lists the tools, which return the same data as the other operations. Protocol errors are JSON-RPC errors. Reading needs a token only if the other reading operations do.',
    body: { 'application/json': z.union([Message, z.array(Message)]) },
    answers: {
      200: {
        description: 'The response, as JSON or as an event.',
        content: { 'application/json': z.unknown(), 'text/event-stream': Text },
      },
      202: { description: 'A notification was received.' },
    },
    errors: ['BAD_BODY', 'UNSUPPORTED_MEDIA_TYPE', 'RATE_LIMITED'],
    examples: [
      {
        title: 'List the tools',
        accept: 'application/json, text/event-stream',
        json: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      },
    ],
  },
  'GET /.well-known/oauth-protected-resource/mcp': {
    id: 'describeMcpAccess',
    summary: 'How clients of `/mcp` authenticate (RFC 9728)',
    description:
      'A 401 response of `/mcp` names this URL in `WWW-Authenticate`. There is no authorization server: the operator hands out tokens. 404 if the service has no token.',
    answers: { 200: { description: 'The metadata.', content: { 'application/json': ProtectedResource } } },
    errors: ['NOT_FOUND'],
    aliases: ['/.well-known/oauth-protected-resource'],
  },
  'POST /api/ask': {
    id: 'ask',
    summary: 'Ask a question about a repository',
    description:
      'Finds the definitions, documents and files that match the words and names of the question, and how they use each other. If a model is configured, it writes an answer in sentences (`written`), each with the source lines that support it. As events with `Accept: text/event-stream`: `evidence`, then `look_up`, `words` (of a sentence that is not checked yet), `sentence` and `struck`, and finally `answer`.',
    body: { 'application/json': AskBody },
    answers: {
      200: {
        description: 'The answer; as Markdown with `Accept: text/plain`.',
        content: { 'application/json': AskAnswer, 'text/plain': Text, 'text/event-stream': Text },
      },
    },
    errors: [...ASK_ERRORS, 'BAD_FIELD', 'BAD_BODY', 'UNSUPPORTED_MEDIA_TYPE'],
    examples: [
      {
        title: 'How something works',
        json: { job_id: 'pallets--flask', question: 'How does a request reach a view?' },
      },
    ],
  },
  'POST /api/ask/:answer/feedback': {
    id: 'rateAnswer',
    summary: 'Rate an answer of a model as useful or not',
    path: { answer: AnswerId },
    body: { 'application/json': FeedbackBody },
    answers: { 204: { description: 'Counted.' } },
    errors: [...ANSWER_ERRORS, 'BAD_FIELD', 'BAD_BODY'],
  },
  'POST /api/ask/:answer/share': {
    id: 'shareAnswer',
    summary: 'Let others read an answer of a model',
    description: 'Until then, only callers who ask the same question get it. Needs the service token if there is one.',
    path: { answer: AnswerId },
    body: { 'application/json': ShareBody },
    answers: { 200: { description: 'The URL of the shared answer.', content: { 'application/json': Shared } } },
    errors: [...ANSWER_ERRORS, 'BAD_FIELD', 'BAD_BODY'],
  },
  'POST /ask': {
    id: 'askAsForm',
    summary: 'Ask a question, from a page without JavaScript',
    body: { [FORM]: AskForm },
    answers: { 200: { description: 'The page with the answer.', content: { 'text/html': Html } } },
    errors: [...ASK_ERRORS, 'BAD_FIELD', 'UNKNOWN_FIELD', 'BAD_BODY', 'UNSUPPORTED_MEDIA_TYPE'],
    examples: [{ title: 'A question', form: { id: 'pallets--flask', q: 'How does a request reach a view?' } }],
  },
  'GET /ask': {
    id: 'showAnswer',
    summary: 'Show the evidence for a question, or a shared answer, as a page',
    query: AskParameters,
    headers: ['If-None-Match'],
    answers: withETag('The page.', { 'text/html': Html }),
    errors: [...ASK_ERRORS, 'NO_SUCH_ANSWER'],
    examples: [{ title: 'A question', query: { id: 'pallets--flask', q: 'How does a request reach a view?' } }],
  },
  'GET /api/search': {
    id: 'searchAll',
    summary: 'Search all repositories',
    description:
      'Public names, modules, guides and purposes of all listed repositories; a private one is searched at its own address.',
    query: CrossSearchParameters,
    headers: ['If-None-Match'],
    answers: withETag('The results.', { 'application/json': CrossSearchAnswer }),
    errors: [...SPOOL, 'MISSING_FIELD', ...CROSS_ERRORS],
    examples: [{ title: 'A name in one language', query: { q: 'route', in: 'python' } }],
  },
  'GET /search': {
    id: 'showSearch',
    summary: 'Show the search results as a page',
    query: CrossSearchPageParameters,
    headers: ['If-None-Match'],
    answers: withETag('The page.', { 'text/html': Html }),
    errors: [...SPOOL, ...CROSS_ERRORS],
    examples: [{ title: 'A name', query: { q: 'route in:python' } }],
  },
  'GET /api/links/:id': {
    id: 'readLinks',
    summary: 'Which documented repositories use this one, and which it uses',
    description: 'Based on the packages that manifests name. Unlisted repositories are left out.',
    headers: ['If-None-Match'],
    answers: withETag('The links.', { 'application/json': LinksAnswer }),
    errors: [...SPOOL, 'NO_SUCH_JOB', 'JOB_EXPIRED', ...CROSS_ERRORS],
    examples: [{ title: 'The links of a repository' }],
  },
} as const satisfies Operations
