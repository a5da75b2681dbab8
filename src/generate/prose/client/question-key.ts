/** The name under which the answer to a question is kept: the same whatever form an endpoint takes it in. */

import { createHash } from 'node:crypto'
import { type Question, TEMPERATURE } from './render.ts'

/** Of what is hashed; raise it when answers from before must not be used. */
const VERSION = 1

/** 64 hex digits. */
export function questionKey({ model, messages, schema, schemaName, maxOutputTokens }: Question): string {
  const turns = messages.map(({ role, content }) => [role, content])
  const parts = [VERSION, model, turns, schemaName, schema, maxOutputTokens, TEMPERATURE]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
