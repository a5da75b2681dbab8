/** Parameters of the path and the query in the form of OpenAPI. Pure. */

import { z } from 'zod'
import { JobId } from '#http/job-in-path.ts'
import type { Operation, Operations } from './operation.ts'

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: true
  description?: string
  schema: object
}

/** The JSON schema of the input, before any transformation. */
export function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

export function pathParameters(route: keyof Operations, { path = {} }: Operation): Parameter[] {
  return namesIn(route).map((name) =>
    parameterOf(name, 'path', name === 'id' ? JobId : (path[name] ?? z.string()), true),
  )
}

export function queryParameters(query: z.ZodObject | undefined): Parameter[] {
  const { properties = {}, required = [] } = query === undefined ? {} : (schemaOf(query) as Properties)
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) && { required: true }),
    ...(description !== undefined && { description }),
    schema,
  }))
}

interface Properties {
  properties?: Record<string, { description?: string }>
  required?: string[]
}

/** `id`, `filename` for `GET /static-docs/:id/:filename{.+}`. */
export const namesIn = (route: string): string[] => [...route.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

function parameterOf(name: string, where: Parameter['in'], of: z.ZodType, isRequired: boolean): Parameter {
  const { description, ...schema } = schemaOf(of)
  return {
    name,
    in: where,
    ...(isRequired && { required: true }),
    ...(typeof description === 'string' && { description }),
    schema,
  }
}
