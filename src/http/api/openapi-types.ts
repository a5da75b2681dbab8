/** The parts of an OpenAPI document that `openapi-document.ts` writes. */

import type { Parameter } from './parameters.ts'

export interface Media {
  schema: object
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

export interface DescribedAnswer {
  description: string
  content?: Record<string, Media>
  headers?: Record<string, { $ref: string }>
}

export interface DescribedOperation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Record<string, Media> }
  responses: Record<string, DescribedAnswer | { $ref: string }>
  /** The id of the operation that this path is an alias of. */
  'x-alias-of'?: string
  /** Redocly's extension: https://redocly.com/docs/redoc/redoc-vendor-extensions. */
  'x-codeSamples'?: { lang: 'Shell'; label: string; source: string }[]
}

export interface Described {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, DescribedOperation>>
  components: {
    schemas: Record<string, object>
    responses: Record<string, DescribedAnswer>
    headers: Record<string, { description?: string; schema: object }>
    securitySchemes: { token: { type: 'http'; scheme: 'bearer' } }
  }
  /** With or without a token, depending on the service. */
  security: ({ token: [] } | Record<string, never>)[]
}
