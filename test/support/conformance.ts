/** Holds answers to the OpenAPI document: status, media type, headers and JSON, without a field that it does not name. */

import assert from 'node:assert/strict'
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describeApi } from '#http/api/openapi-document.ts'
import type { Described, DescribedAnswer } from '#http/api/openapi-types.ts'
import { RESPONSE_HEADERS } from '#http/api/operation.ts'
import { table } from '#http/api/operations-table.ts'
import { PROBLEM_CODES } from '#http/error-statuses.ts'

export const document: Described = JSON.parse(JSON.stringify(describeApi(table, 'http://localhost')))

/** Where there is no operation, this is the answer. */
const NOWHERE = ['NOT_FOUND', 'METHOD_NOT_ALLOWED']

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema(closed(document) as AnySchemaObject, 'api')

/** Problems may have members of their own (RFC 9457, section 3.2); else an object has the fields that are named. */
function closed(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => closed(each))
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each, key)]))
  const isObject = copy.type === 'object' && 'properties' in copy && !('additionalProperties' in copy)
  return isObject && name !== 'Problem' ? { ...copy, additionalProperties: false } : copy
}

/** What is wrong with a value; empty for nothing. @param pointer - Of its schema in the document. */
export function faultsOf(value: unknown, pointer: readonly string[]): string {
  const path = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
  const validate = ajv.getSchema(`api#/${path.join('/')}`)
  assert.ok(validate, `a schema at ${pointer.join(' ')}`)
  return validate(value) ? '' : ajv.errorsText(validate.errors)
}

export interface Found {
  template: string
  method: string
}

/** The operation for a request; the path with the most letters of its own comes first, as in the routes. */
export function find(method: string, pathname: string): Found | undefined {
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  const fitting = Object.keys(document.paths).filter((template) => {
    const parts = template.split(/(\{\w+\})/)
    const pattern = parts.map((part) =>
      /^\{(filename|name|repository|rest|address)\}$/.test(part)
        ? '.+'
        : part.startsWith('{')
          ? '[^/]+'
          : escaped(part),
    )
    return document.paths[template]?.[verb] !== undefined && new RegExp(`^${pattern.join('')}$`, 's').test(pathname)
  })
  const [template] = fitting.sort((a, b) => literal(b) - literal(a))
  return template === undefined ? undefined : { template, method: verb }
}

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
const literal = (template: string): number => template.replace(/\{\w+\}/g, '').length

/** Fail unless the document says that a request may be answered so. The answer can still be read. */
export async function conforms(method: string, url: string, answer: Response): Promise<Found | undefined> {
  const { pathname } = new URL(url, 'http://localhost')
  const what = `${method} ${pathname} ${answer.status}`
  const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const isPlain = /[/+]json$/.test(type) && method !== 'HEAD' && !answer.headers.has('content-encoding')
  const json: unknown = isPlain ? await answer.clone().json() : undefined
  const found = find(method, pathname)
  if (found === undefined) {
    const code = json === undefined ? NOWHERE[0] : (json as { code: string }).code
    assert.ok(
      [404, 405, 403, 413, 421].includes(answer.status) && PROBLEM_CODES.some((known) => known === code),
      `${what} has no operation`,
    )
    return undefined
  }
  const pointer = ['paths', found.template, found.method, 'responses', String(answer.status)]
  const said = document.paths[found.template]?.[found.method]?.responses[String(answer.status)]
  if (said === undefined) assert.fail(`${what} is not in the document: ${await answer.clone().text()}`)
  const isShared = '$ref' in said
  const name = isShared ? said.$ref.slice(said.$ref.lastIndexOf('/') + 1) : ''
  const described: DescribedAnswer = isShared ? (document.components.responses[name] ?? assert.fail(name)) : said
  for (const header of Object.keys(RESPONSE_HEADERS)) {
    const value = answer.headers.get(header)
    if (value === null) continue
    assert.ok(described.headers?.[header], `${what} has ${header}`)
    assert.equal(faultsOf(value, ['components', 'headers', header, 'schema']), '', `${what} ${header}`)
  }
  if (type === '') return found
  assert.ok(described.content?.[type], `${what} as ${type}`)
  if (json === undefined) return found
  const at = isShared ? ['components', 'responses', name] : pointer
  assert.equal(faultsOf(json, [...at, 'content', type, 'schema']), '', what)
  return found
}
