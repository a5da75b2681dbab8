/** Validates query parameters: each must be known and, unless it is a list, appear once. */

import { z } from 'zod'
import type { AppContext } from './deps.ts'
import { Refusal } from './problem.ts'

/** Maximum number of parameters in a query. No link of docspool has as many, even with parameters that other sites add. */
export const MAX_PARAMETERS = 100

/**
 * Reads a query in one pass. Schemas of pages accept unknown parameters, which other sites may add to links; those are skipped.
 *
 * @param parameters - The known parameters as text, for the hint.
 * @throws {Refusal} `UNKNOWN_FIELD` or `BAD_FIELD`.
 */
export function readQuery<T extends z.ZodObject>(c: AppContext, schema: T, parameters: string): z.output<T> {
  const url = new URL(c.req.url)
  const isOnly = Object.keys(schema.shape).length === 1
  const hint = `${isOnly ? 'The only parameter is' : 'The parameters are'} ${parameters}.`
  const quoted = (name: unknown): string => JSON.stringify(String(name).slice(0, 40))
  if (url.search.split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS)
    throw new Refusal('BAD_FIELD', `The query has more than ${MAX_PARAMETERS} parameters.`, hint)
  const values = new Map<string, string | string[]>()
  for (const [name, value] of url.searchParams) {
    if (!Object.hasOwn(schema.shape, name)) {
      if (schema.def.catchall === undefined) continue
      throw new Refusal('UNKNOWN_FIELD', `There is no query parameter ${quoted(name)}.`, hint)
    }
    const known = values.get(name)
    if (Array.isArray(known)) known.push(value)
    else if (known === undefined) values.set(name, isList(schema.shape[name]) ? [value] : value)
    else throw new Refusal('BAD_FIELD', `The query parameter ${quoted(name)} is repeated.`, `${hint} Send it once.`)
  }
  const result = schema.safeParse(Object.fromEntries(values))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Refusal('BAD_FIELD', `The query parameter ${quoted(issue?.path[0])} is invalid.`, hint)
}

/** The names of the parameters, for the hint. */
export const parameterNames = ({ shape }: z.ZodObject): string =>
  Object.entries(shape)
    .map(([name, type]) => (isList(type) ? `${name} (may be repeated)` : name))
    .join(', ')

/** True for an array, which may have a default. */
const isList = (type: unknown): boolean =>
  type instanceof z.ZodArray || (type instanceof z.ZodDefault && isList(type.unwrap()))
