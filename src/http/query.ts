/** Checked parameters of a query: each known, each once. */

import type { z } from 'zod'
import type { AppContext } from './deps.ts'
import { Refusal } from './problem.ts'

/**
 * @param parameters - A sentence's worth of what there is, for the hint.
 * @throws {Refusal} `UNKNOWN_FIELD` or `BAD_FIELD`.
 */
export function readQuery<T extends z.ZodObject>(c: AppContext, schema: T, parameters: string): z.output<T> {
  const { searchParams } = new URL(c.req.url)
  const seen = new Set<string>()
  const twice = [...searchParams.keys()].find((name) => seen.size === seen.add(name).size)
  const result = schema.safeParse(Object.fromEntries(searchParams))
  if (result.success && twice === undefined) return result.data
  const issue = result.error?.issues[0]
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const name = JSON.stringify(String(unknown ?? twice ?? issue?.path[0]).slice(0, 40))
  throw new Refusal(
    unknown === undefined ? 'BAD_FIELD' : 'UNKNOWN_FIELD',
    unknown === undefined ? `The query parameter ${name} does not fit.` : `There is no query parameter ${name}.`,
    `The parameters are ${parameters}, each once.`,
  )
}
