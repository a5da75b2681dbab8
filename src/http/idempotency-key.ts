/** The `Idempotency-Key` header. */

import { z } from 'zod'
import { Refusal } from './problem.ts'

export const IdempotencyKey = z
  .string()
  .regex(/^[!-~]{1,255}$/)
  .describe('Makes requests repeatable: the same key and fields get the same response.')

/**
 * The `Idempotency-Key` of a request, if it has one.
 *
 * @throws {Refusal} `BAD_FIELD`: it is not 1 to 255 visible ASCII characters.
 */
export function checkIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  if (IdempotencyKey.safeParse(header).success) return header
  throw new Refusal(
    'BAD_FIELD',
    'Idempotency-Key: expected 1 to 255 visible ASCII characters.',
    'Use a UUID, for example.',
  )
}
