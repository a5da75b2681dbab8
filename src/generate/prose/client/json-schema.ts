/** The JSON schema of an answer, limited to what strict structured output supports. */

import { z } from 'zod'
import { memoized } from '#base/memoize.ts'

export type JsonSchema = { [key: string]: unknown }

/**
 * Every property is required, no others are allowed. Features that strict endpoints reject (lengths, patterns, formats,
 * defaults) are left out, with lengths given in the description; zod checks the answer in full.
 */
export const strictSchema = memoized((schema: z.ZodType): JsonSchema => {
  const made = strict(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })) as JsonSchema
  return made
})

const LEFT_OUT = new Set([
  '$schema',
  'default',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'uniqueItems',
  '~standard',
])
/** Keywords whose keys are names of properties and definitions. */
const MAPS = new Set(['properties', '$defs', 'definitions'])
/** Keywords whose values are data, not schemas. */
const DATA = new Set(['enum', 'const', 'required'])

function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict)
  if (typeof value !== 'object' || value === null) return value
  const from = value as JsonSchema
  const to: JsonSchema = {}
  for (const [key, part] of Object.entries(from)) {
    if (LEFT_OUT.has(key) || isSafeBound(key, part)) continue
    if (MAPS.has(key) && typeof part === 'object' && part !== null) {
      to[key] = Object.fromEntries(Object.entries(part).map(([name, each]) => [name, strict(each)]))
    } else to[key === 'oneOf' ? 'anyOf' : key] = DATA.has(key) ? part : strict(part)
  }
  if (typeof to.properties === 'object' && to.properties !== null) {
    to.required = Object.keys(to.properties)
    to.additionalProperties = false
  }
  const length = lengthOf(from)
  if (length !== undefined) {
    to.description = typeof to.description === 'string' ? `${to.description} (${length})` : length
  }
  return to
}

/** Whether a value is a bound of the range of safe integers, which zod adds to each integer. */
const isSafeBound = (key: string, value: unknown): boolean =>
  (key === 'minimum' && value === Number.MIN_SAFE_INTEGER) || (key === 'maximum' && value === Number.MAX_SAFE_INTEGER)

function lengthOf({ minLength: min, maxLength: max }: JsonSchema): string | undefined {
  if (typeof min === 'number' && typeof max === 'number') return `${min} to ${max} characters`
  if (typeof max === 'number') return `at most ${max} characters`
  return typeof min === 'number' ? `at least ${min} ${min === 1 ? 'character' : 'characters'}` : undefined
}
