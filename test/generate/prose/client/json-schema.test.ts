import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { strictSchema } from '#generate/prose/client/json-schema.ts'

test('all properties are required, nothing may be added, and what strict endpoints refuse is left out', () => {
  const schema = z.object({
    title: z.string().min(1).max(80).describe('Of the page'),
    count: z.number().int().min(0),
    kind: z.enum(['a', 'b']),
    items: z.array(z.looseObject({ name: z.string().regex(/^a/), note: z.string().nullable() })).max(3),
    // Names of properties that are also words of JSON schema.
    format: z.string().optional(),
    pattern: z.discriminatedUnion('t', [z.object({ t: z.literal('x') }), z.object({ t: z.literal('y') })]),
  })
  assert.deepEqual(strictSchema(schema), {
    type: 'object',
    properties: {
      title: { type: 'string', description: 'Of the page (1 to 80 characters)' },
      count: { type: 'integer', minimum: 0 },
      kind: { type: 'string', enum: ['a', 'b'] },
      items: {
        type: 'array',
        maxItems: 3,
        items: {
          type: 'object',
          properties: { name: { type: 'string' }, note: { type: ['string', 'null'] } },
          required: ['name', 'note'],
          additionalProperties: false,
        },
      },
      format: { type: 'string' },
      pattern: {
        anyOf: ['x', 'y'].map((t) => ({
          type: 'object',
          properties: { t: { type: 'string', const: t } },
          required: ['t'],
          additionalProperties: false,
        })),
      },
    },
    required: ['title', 'count', 'kind', 'items', 'format', 'pattern'],
    additionalProperties: false,
  })
})
