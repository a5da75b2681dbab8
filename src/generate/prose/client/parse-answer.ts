/** Checks an answer against its schema. */

import type { z } from 'zod'
import { findObject } from './loose-json.ts'

export type Parsed<T> = { value: T } | { faults: string[] }

const MAX_FAULTS = 10

/** Parses an answer. Unknown keys are ignored; the faults are written for the model. */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  const found = findObject(text)
  if ('fault' in found) return { faults: [found.fault] }
  const { success, data, error } = schema.safeParse(found.value)
  if (success) return { value: data }
  const faults = error.issues.map(({ path, message }) => {
    return `${path.length === 0 ? 'The object' : path.map(String).join('.')}: ${message}`.slice(0, 300)
  })
  return { faults: faults.slice(0, MAX_FAULTS) }
}
