/** Checks many values incrementally, for `inSlices`. */

import type { z } from 'zod'
import type { Steps } from './slices.ts'

/**
 * Check values one by one.
 *
 * @throws {z.ZodError}
 */
export function* checkEach<T>(values: readonly unknown[], schema: z.ZodType<T>): Steps<T[]> {
  const checked: T[] = []
  for (const value of values) {
    checked.push(schema.parse(value))
    yield
  }
  return checked
}
