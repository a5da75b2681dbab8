/** The cache key for the answer to a question, independent of the answer format that an endpoint supports. */

import { createHash } from 'node:crypto'
import { type Question, TEMPERATURE } from './request-body.ts'

/** Part of the hash; raise it to invalidate earlier answers. */
const VERSION = 1

/**
 * Returns the key as 64 hex digits.
 *
 * @param baseUrl - URL of the endpoint: the same name may mean another model elsewhere.
 */
export function questionKey(question: Question, baseUrl: string): string {
  const { model, messages, schema, schemaName, maxOutputTokens } = question
  const turns = messages.map(({ role, content }) => [role, content])
  const parts = [VERSION, baseUrl, model, turns, schemaName, schema, maxOutputTokens, TEMPERATURE]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
