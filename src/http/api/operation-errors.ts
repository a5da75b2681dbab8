/** The error codes of an operation: its own, and those that follow from its method, path and parameters. Pure. */

import { isOpen } from '#http/access.ts'
import type { ProblemCode } from '#http/error-statuses.ts'
import { NEVER_DELAYED } from '#http/spread-requests.ts'
import type { Operation, Operations } from './operation.ts'

interface Rule {
  when(method: string, path: string, operation: Operation): boolean
  codes: readonly ProblemCode[]
}

const RULES: readonly Rule[] = [
  { when: () => true, codes: ['WRONG_HOST', 'INTERNAL'] },
  { when: (_, path) => !NEVER_DELAYED.has(path), codes: ['SERVER_BUSY', 'ABORTED'] },
  { when: (_, path) => !isOpen(path), codes: ['TOKEN_MISSING', 'TOKEN_WRONG', 'TOO_MANY_ATTEMPTS'] },
  { when: (method) => method !== 'GET', codes: ['CROSS_SITE', 'BODY_TOO_LARGE'] },
  { when: (_, path) => path.includes('/:id'), codes: ['NO_SUCH_JOB', 'JOB_EXPIRED'] },
  { when: (_, __, { query }) => query !== undefined, codes: ['BAD_FIELD', 'UNKNOWN_FIELD'] },
]

/** The error codes of an operation, without duplicates, in the order of the rules. */
export function errorsOf(route: keyof Operations, operation: Operation): ProblemCode[] {
  const [method = '', path = ''] = route.split(' ')
  const general = RULES.filter(({ when }) => when(method, path, operation)).flatMap(({ codes }) => codes)
  return [...new Set([...general, ...(operation.errors ?? [])])]
}
