import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOf } from '#http/api/api-page.ts'
import type { Described } from '#http/api/openapi-types.ts'

/** The fields of a request whose body has this schema. */
function fieldsOf(schema: object): string[] {
  const operation = {
    ...{ operationId: 'go', summary: 'Go', tags: ['all'], responses: {} },
    requestBody: { content: { 'application/json': { schema } } },
  }
  const document = {
    info: { version: '1', description: '' },
    tags: [{ name: 'all' }],
    paths: { '/go': { post: operation } },
    components: { schemas: {}, responses: {} },
  } as unknown as Described
  const takes = pageOf(document).groups[0]?.requests[0]?.takes ?? []
  return takes.flatMap(({ fields }) =>
    fields.map(({ name, type, isRequired }) => `${name}${isRequired ? '' : '?'}: ${type}`),
  )
}

test('types of fields say what arrays hold and leave out null and empty defaults', () => {
  const properties = {
    list: { type: 'array', items: { type: 'string' }, default: [] },
    any: { type: 'array' },
    url: { type: ['string', 'null'], default: null },
    level: { type: 'integer', minimum: 0, maximum: 9, default: 3 },
    kind: { enum: ['a', 'b', null] },
    either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  }
  assert.deepEqual(fieldsOf({ type: 'object', properties, required: ['list'] }), [
    'list: array of string',
    'any?: array',
    'url?: string',
    'level?: integer, 0 to 9, default 3',
    'kind?: a, b',
    'either?: string',
  ])
})

test('a field within an object is required if the object is, too', () => {
  const inner = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] }
  assert.deepEqual(fieldsOf({ type: 'object', properties: { x: inner, y: inner }, required: ['x'] }), [
    'x.a: string',
    'x.b?: string',
    'y.a?: string',
    'y.b?: string',
  ])
})
