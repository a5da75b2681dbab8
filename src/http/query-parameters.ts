/** Validates query parameters: each must be known and, unless it is a list, appear once. */

import { z } from 'zod'
import type { AppContext } from './deps.ts'
import { Refusal } from './problem.ts'

/**
 * @param parameters - The known parameters as text, for the hint.
 * @throws {Refusal} `UNKNOWN_FIELD` or `BAD_FIELD`.
 */
export function readQuery<T extends z.ZodObject>(c: AppContext, schema: T, parameters: string): z.output<T> {
  const { searchParams } = new URL(c.req.url)
  const isOnly = Object.keys(schema.shape).length === 1
  const hint = `${isOnly ? 'The only parameter is' : 'The parameters are'} ${parameters}.`
  const quoted = (name: unknown): string => JSON.stringify(String(name).slice(0, 40))
  const names = new Set<string>()
  for (const name of searchParams.keys()) {
    // Stop at the first error, because a query may have thousands of parameters. Schemas of pages accept unknown parameters, which
    // other sites may add to links.
    if (schema.def.catchall !== undefined && !Object.hasOwn(schema.shape, name))
      throw new Refusal('UNKNOWN_FIELD', `There is no query parameter ${quoted(name)}.`, hint)
    if (names.has(name) && !isList(schema.shape[name]))
      throw new Refusal('BAD_FIELD', `The query parameter ${quoted(name)} is repeated.`, `${hint} Send it once.`)
    names.add(name)
  }
  const values = [...names].map((name) => {
    const value = isList(schema.shape[name]) ? searchParams.getAll(name) : searchParams.get(name)
    return [name, value] as const
  })
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
