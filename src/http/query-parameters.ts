/** Validates query parameters: each must be known and appear once. */

import type { z } from 'zod'
import type { AppContext } from './deps.ts'
import { Refusal } from './problem.ts'

/**
 * @param parameters - The known parameters in words, for the hint.
 * @throws {Refusal} `UNKNOWN_FIELD` or `BAD_FIELD`.
 */
export function readQuery<T extends z.ZodObject>(c: AppContext, schema: T, parameters: string): z.output<T> {
  const { searchParams } = new URL(c.req.url)
  const hint = `The parameters are ${parameters}, each once.`
  const quoted = (name: unknown): string => JSON.stringify(String(name).slice(0, 40))
  const seen = new Set<string>()
  for (const name of searchParams.keys()) {
    // Stop at the first error, because a query may have thousands of parameters. Schemas of pages accept unknown parameters, which
    // other sites may add to links.
    if (schema.def.catchall !== undefined && !Object.hasOwn(schema.shape, name))
      throw new Refusal('UNKNOWN_FIELD', `There is no query parameter ${quoted(name)}.`, hint)
    if (seen.has(name)) throw new Refusal('BAD_FIELD', `The query parameter ${quoted(name)} is repeated.`, hint)
    seen.add(name)
  }
  const result = schema.safeParse(Object.fromEntries(searchParams))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Refusal('BAD_FIELD', `The query parameter ${quoted(issue?.path[0])} is invalid.`, hint)
}
