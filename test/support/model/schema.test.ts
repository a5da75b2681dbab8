import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { type Author, fill } from './schema.ts'

/** Topics are words; lists have two items. */
const author: Author<string> = {
  enter: (_, topic) => `${topic}!`,
  items: (key, topic) => [`${topic}/${key}0`, `${topic}/${key}1`],
  text: (key, topic) => (key === 'nothing' ? null : `${topic}.${key}`),
  whole: (key) => (key === 'nothing' ? null : 7),
}

test('every property of a schema gets a value, through references, variants and lists', () => {
  const schema = {
    $defs: { leaf: { type: 'object', properties: { name: { type: 'string' } } } },
    type: 'object',
    properties: {
      one: { $ref: '#/$defs/leaf' },
      many: { type: 'array', items: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/leaf' }] } },
      count: { oneOf: [{ type: 'integer' }, { type: 'null' }] },
      nothing: { type: ['string', 'null'] },
      sort: { enum: ['a', 'b'] },
      always: { const: 3 },
      isGood: { type: 'boolean' },
      both: { allOf: [{ $ref: '#/$defs/leaf' }] },
    },
  }
  assert.deepEqual(fill(schema, author, 't'), {
    one: { name: 't!!.name' },
    many: [{ name: 't!/many0!.name' }, { name: 't!/many1!.name' }],
    count: 7,
    nothing: null,
    sort: 'a',
    always: 3,
    isGood: false,
    both: { name: 't!!.name' },
  })
})

test('limits of a schema hold', () => {
  const schema = {
    type: 'object',
    properties: {
      short: { type: 'string', maxLength: 3 },
      small: { type: 'integer', maximum: 5 },
      large: { type: 'integer', minimum: 9 },
      few: { type: 'array', maxItems: 1, items: { type: 'integer' } },
      many: { type: 'array', minItems: 4, items: { type: 'integer' } },
      nothing: { type: 'string' },
    },
  }
  assert.deepEqual(fill(schema, author, 'topic'), {
    short: 'top',
    small: 5,
    large: 9,
    few: [7],
    many: [7, 7, 7, 7],
    nothing: '',
  })
})

test('a schema that contains itself comes to an end', () => {
  const schema = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } }
  assert.ok(fill(schema, { ...author, items: (_, topic) => [topic] }, 't'))
})

test('what zod makes of a schema is filled with what zod takes', () => {
  const Schema = z.strictObject({
    summary: z.string(),
    claims: z.array(z.strictObject({ text: z.string(), fact: z.int().nullable(), pair: z.array(z.array(z.int())) })),
  })
  assert.ok(Schema.parse(fill(z.toJSONSchema(Schema), author, 't')).claims.length === 2)
})
