/** The name under which the answer to a question is kept: the same whatever form an endpoint takes it in. */

import { createHash } from 'node:crypto'
import { type Question, TEMPERATURE } from './render.ts'

/** Of what is hashed; raise it when answers from before must not be used. */
const VERSION = 1

/**
 * 64 hex digits.
 *
 * @param baseUrl - Of the endpoint: another one may mean another model by the same name.
 */
export function questionKey(question: Question, baseUrl: string): string {
  const { model, messages, schema, schemaName, maxOutputTokens } = question
  const turns = messages.map(({ role, content }) => [role, content])
  const parts = [VERSION, baseUrl, model, turns, schemaName, schema, maxOutputTokens, TEMPERATURE]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
