/** The table of operations as an OpenAPI document, https://spec.openapis.org/oas/v3.1.1.html. Pure. */

import { z } from 'zod'
import { push } from '#base/multimap.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { SymbolRef } from '#graph-queries/questions.ts'
import { isOpen } from '#http/access.ts'
import { type ProblemCode, statusOf, titleOf } from '#http/error-statuses.ts'
import { JobList } from '#http/jobs.ts'
import { Problem } from '#http/problem.ts'
import { QueueView } from '#http/queue-state.ts'
import { SearchAnswer } from '#http/search.ts'
import { SpendAnswer } from '#http/spend.ts'
import { NEVER_DELAYED } from '#http/spread-requests.ts'
import { FormSubmission, JsonSubmission } from '#http/submission.ts'
import { SubmittedJob } from '#http/submit.ts'
import { BatchAnswer } from '#http/submit-batch.ts'
import { JobView } from '#queue/contract.ts'
import { JobOptions } from '#queue/job-options.ts'
import { JobSpend } from '#queue/job-spend.ts'
import { commandOf } from './curl-command.ts'
import type { Described, DescribedAnswer, DescribedOperation, Media } from './openapi-types.ts'
import { type Answer, type Operation, type Operations, REQUEST_HEADERS, RESPONSE_HEADERS } from './operation.ts'
import { TAGS, tagOf } from './operations-table.ts'
import { type Parameter, pathParameters, queryParameters, schemaOf } from './parameters.ts'

/** Schemas that have a name in the document. */
const NAMED = {
  JobView,
  JobList,
  JobOptions,
  JobSpend,
  SubmittedJob,
  BatchAnswer,
  QueueView,
  SpendAnswer,
  SearchAnswer,
  SymbolRef,
}
const named = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries({ ...NAMED, Problem, JsonSubmission, FormSubmission }))
  named.add(schema, { id })

const refTo = (id: string) => ({ $ref: `#/components/schemas/${id}` })

const INFO = [
  '`Accept` determines the format of the response: JSON, a line for a terminal (`text/plain`), or a page.',
  'If the service has a token, requests that change something need `Authorization: Bearer`, and depending on its configuration, reading does, too (401).',
  'Errors are `application/problem+json` (RFC 9457) with a stable `code`.',
  'Every response has an `X-Request-Id`: yours, if you send one of up to 64 letters, digits, `-`, `_`, `=`.',
].join(' ')

/** @param origin - The origin of the service: `http://localhost:8000`. */
export function describeApi(operations: Operations, origin: string): Described {
  const paths: Described['paths'] = {}
  const responses: Described['components']['responses'] = {}
  for (const [route, operation] of Object.entries(operations) as [keyof Operations, Operation][]) {
    const [method = '', path = ''] = route.split(' ')
    const described = describe(route, operation, origin, responses)
    add(path, described)
    for (const alias of operation.aliases ?? []) {
      const { 'x-codeSamples': _, ...rest } = described
      const description = `The same as \`${method} ${templateOf(path)}\`.`
      add(alias, { ...rest, operationId: `${operation.id}Alias`, description, 'x-alias-of': operation.id })
    }
    function add(to: string, what: DescribedOperation): void {
      const item = paths[templateOf(to)] ?? {}
      paths[templateOf(to)] = item
      item[method.toLowerCase()] = what
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'docspool',
      version: GENERATOR_VERSION,
      description: INFO,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: origin }],
    tags: TAGS.map((name) => ({ name })),
    paths,
    components: {
      schemas: namedSchemas(),
      responses,
      headers: responseHeaders(),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{}, { token: [] }],
  }
}

/** `/static-docs/:id/:filename{.+}` as `/static-docs/{id}/{filename}`. */
export const templateOf = (path: string): string => path.replace(/:(\w+)(?:\{[^/]*\})?/g, '{$1}')

function describe(
  route: keyof Operations,
  operation: Operation,
  origin: string,
  shared: Described['components']['responses'],
): DescribedOperation {
  const { id, summary, description, headers = [], examples = [] } = operation
  const parameters = [
    ...pathParameters(route, operation),
    ...queryParameters(operation.query),
    ...headers.map((name): Parameter => ({ name, in: 'header', schema: schemaOf(REQUEST_HEADERS[name]) })),
  ]
  return {
    operationId: id,
    tags: [tagOf(route)],
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.body !== undefined && {
      requestBody: { required: operation.isBodyOptional !== true, content: bodyOf(operation) },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(operation.answers).map(([status, answer]) => [status, answerOf(answer)])),
      ...problems(errorsOf(route, operation), shared),
    },
    ...(examples.length > 0 && {
      'x-codeSamples': examples.map((example) => ({
        lang: 'Shell' as const,
        label: example.title,
        source: commandOf(route, operation, example, origin),
      })),
    }),
  }
}

function bodyOf({ body = {}, examples = [] }: Operation): Record<string, Media> {
  const shown = (type: string) =>
    examples.flatMap(({ title, form, json }) => {
      const value = type === 'application/json' ? json : form
      return value === undefined ? [] : [[title, { value }] as const]
    })
  return Object.fromEntries(
    Object.entries(body).map(([type, schema]) => {
      const values = shown(type)
      return [type, { schema: refOr(schema), ...(values.length > 0 && { examples: Object.fromEntries(values) }) }]
    }),
  )
}

function answerOf({ description, content, headers = [], example }: Answer): DescribedAnswer {
  const media = (type: string, schema: z.ZodType): Media => ({
    schema: refOr(schema),
    ...(type === 'application/json' && example !== undefined && { example }),
  })
  return {
    description,
    ...(content !== undefined && {
      content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, media(type, schema)])),
    }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    }),
  }
}

/** One response for each status. Those that operations share are components of the document. */
function problems(codes: readonly ProblemCode[], shared: Described['components']['responses']) {
  const byStatus = new Map<Problem['status'], ProblemCode[]>()
  for (const code of codes) push(byStatus, statusOf(code), code)
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => {
      const name = same.join('.')
      shared[name] ??= problemAnswer(status, same)
      return [status, { $ref: `#/components/responses/${name}` }]
    }),
  )
}

function problemAnswer(status: Problem['status'], codes: ProblemCode[]): DescribedAnswer {
  return {
    description: `${titleOf(status)}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    content: {
      'application/problem+json': {
        schema: { allOf: [refTo('Problem'), { properties: { status: { const: status }, code: { enum: codes } } }] },
      },
      'text/plain': { schema: { type: 'string' } },
      'text/html': { schema: { type: 'string' } },
    },
    ...([429, 503].includes(status) && { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }),
  }
}

/** A reference if the schema has a name; for unions and arrays, with references inside; otherwise the schema itself. */
function refOr(schema: z.ZodType): object {
  const id = named.get(schema)?.id
  if (id !== undefined) return refTo(id)
  if (schema instanceof z.ZodUnion) return { anyOf: schema.options.map((option) => refOr(option as z.ZodType)) }
  if (schema instanceof z.ZodArray) return { ...schemaOf(schema), items: refOr(schema.element as z.ZodType) }
  return schemaOf(schema)
}

/** Objects in responses allow additional properties, because fields may be added later. */
function namedSchemas(): Record<string, object> {
  const { schemas } = z.toJSONSchema(named, {
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as object]),
  )
}

const responseHeaders = () =>
  Object.fromEntries(Object.entries(RESPONSE_HEADERS).map(([name, schema]) => [name, { schema: schemaOf(schema) }]))

/** Error codes that follow from the method, path and parameters of an operation. */
interface Rule {
  when(method: string, path: string, operation: Operation): boolean
  codes: readonly ProblemCode[]
}

const RULES: readonly Rule[] = [
  { when: () => true, codes: ['WRONG_HOST', 'INTERNAL'] },
  { when: (_, path) => !NEVER_DELAYED.has(path), codes: ['SERVER_BUSY', 'ABORTED'] },
  { when: (_, path) => !isOpen(path), codes: ['TOKEN_MISSING', 'TOKEN_WRONG', 'TOO_MANY_ATTEMPTS'] },
  { when: (method) => method !== 'GET', codes: ['CROSS_SITE', 'BODY_TOO_LARGE'] },
  { when: (_, path) => path.includes('/:id'), codes: ['NO_SUCH_JOB', 'JOB_EXPIRED'] },
  { when: (_, __, { query }) => query !== undefined, codes: ['BAD_FIELD', 'UNKNOWN_FIELD'] },
]

/** The error codes of an operation, without duplicates, in the order of the rules. */
function errorsOf(route: keyof Operations, operation: Operation): ProblemCode[] {
  const [method = '', path = ''] = route.split(' ')
  const general = RULES.filter(({ when }) => when(method, path, operation)).flatMap(({ codes }) => codes)
  return [...new Set([...general, ...(operation.errors ?? [])])]
}
