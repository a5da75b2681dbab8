/** Converts the OpenAPI document to the properties of the HTML page that documents the API. Pure. */

import type { ApiAnswer, ApiField, ApiPageProps, ApiRequest } from '#templates/api.tsx'
import type { Described, DescribedAnswer, DescribedOperation, Media } from './openapi-types.ts'

/** The keywords of JSON Schema that the page uses. */
interface Schema {
  $ref?: string
  description?: string
  type?: string | string[]
  enum?: (string | null)[]
  const?: unknown
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

export function pageOf(document: Described): Omit<ApiPageProps, 'asset'> {
  const requests = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ operation, path, method: method.toUpperCase() })),
  )
  return {
    version: document.info.version,
    about: document.info.description,
    groups: document.tags.map(({ name }) => ({
      name,
      requests: requests
        .filter(({ operation }) => operation.tags.includes(name) && operation['x-alias-of'] === undefined)
        .map(({ operation, path, method }) => ({
          ...requestOf(document, path, method, operation),
          also: requests
            .filter((other) => other.operation['x-alias-of'] === operation.operationId)
            .map((other) => other.path),
        })),
    })),
  }
}

function requestOf(
  document: Described,
  path: string,
  method: string,
  operation: DescribedOperation,
): Omit<ApiRequest, 'also'> {
  const { parameters = [], requestBody, responses, description = '', 'x-codeSamples': samples = [] } = operation
  const parametersIn = (where: string): ApiField[] =>
    parameters
      .filter((parameter) => parameter.in === where)
      .map(({ name, required = false, description: about, schema }) =>
        fieldOf(name, { ...(schema as Schema), ...(about !== undefined && { description: about }) }, required),
      )
  const takes = [
    { where: 'Path', fields: parametersIn('path') },
    { where: 'Query', fields: parametersIn('query') },
    { where: 'Headers', fields: parametersIn('header') },
    ...(requestBody === undefined ? [] : bodiesOf(document, requestBody.content)),
  ]
  return {
    id: operation.operationId,
    method,
    path,
    summary: operation.summary,
    about: description,
    takes: takes.filter(({ fields }) => fields.length > 0),
    answers: Object.entries(responses).map(([status, answer]) => answerOf(status, resolved(document, answer))),
    commands: samples.map(({ label, source }) => ({ title: label, line: source })),
  }
}

/** The fields of each media type of a body; types with the same fields are grouped. */
function bodiesOf(document: Described, content: Record<string, Media>): ApiRequest['takes'] {
  const byFields = new Map<string, { types: string[]; fields: ApiField[] }>()
  for (const [type, { schema }] of Object.entries(content)) {
    const fields = fieldsOf(document, schema as Schema)
    const key = JSON.stringify(fields)
    byFields.set(key, { types: [...(byFields.get(key)?.types ?? []), type], fields })
  }
  return [...byFields.values()].map(({ types, fields }) => ({ where: `Body, ${types.join(' or ')}`, fields }))
}

/** The fields of an object; for a union, of its first object. Nested fields have both names: `options.model`. */
function fieldsOf(document: Described, schema: Schema): ApiField[] {
  const { properties, required = [], anyOf } = lookedUp(document, schema)
  if (properties === undefined) return anyOf?.[0] === undefined ? [] : fieldsOf(document, anyOf[0])
  return Object.entries(properties).flatMap(([name, property]) => {
    const isRequired = required.includes(name)
    const within = lookedUp(document, property)
    if (within.properties === undefined) return [fieldOf(name, property, isRequired)]
    return Object.entries(within.properties).map(([inner, each]) =>
      fieldOf(`${name}.${inner}`, each, isRequired && (within.required ?? []).includes(inner)),
    )
  })
}

const fieldOf = (name: string, schema: Schema, isRequired: boolean): ApiField => ({
  name,
  isRequired,
  type: typeOf(schema),
  about: schema.description ?? schema.anyOf?.find(({ description }) => description !== undefined)?.description ?? '',
})

/** `integer, 0 to 9`, `array of string`. */
function typeOf({ type, enum: values, anyOf, items, default: fallback, ...limits }: Schema): string {
  if (anyOf !== undefined) return [...new Set(anyOf.filter(isShown).map(typeOf))].join(' or ')
  const { minimum, maximum, minLength, maxLength } = limits
  const types = [type ?? 'any'].flat().filter((one) => one !== 'null')
  const itemType = items?.type === undefined ? '' : ` of ${typeOf({ type: items.type })}`
  const isEmpty = fallback === undefined || fallback === null || String(fallback) === ''
  const words = [
    values === undefined
      ? types.map((one) => (one === 'array' ? `array${itemType}` : one)).join(' or ')
      : values.filter((value) => value !== null).join(', '),
    ...(minimum !== undefined && maximum !== undefined ? [`${minimum} to ${maximum}`] : []),
    ...(maxLength === undefined ? [] : [`${minLength ?? 0} to ${maxLength} characters`]),
    ...(isEmpty ? [] : [`default ${fallback}`]),
  ]
  return words.join(', ')
}

/** Leaves out null and the empty string. */
const isShown = ({ type, const: only }: Schema): boolean => type !== 'null' && only !== ''

const answerOf = (status: string, { description, content = {}, headers = {} }: DescribedAnswer): ApiAnswer => ({
  status,
  about: description,
  types: Object.keys(content),
  headers: Object.keys(headers),
})

function resolved({ components }: Described, answer: DescribedAnswer | { $ref: string }): DescribedAnswer {
  if (!('$ref' in answer)) return answer
  return components.responses[nameOf(answer.$ref)] ?? { description: '' }
}

const lookedUp = ({ components }: Described, schema: Schema): Schema =>
  schema.$ref === undefined ? schema : (components.schemas[nameOf(schema.$ref)] as Schema)

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)
