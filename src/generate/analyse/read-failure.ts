/** Why a file could not be read, as a text that goes from one thread to another. */

import { OutOfTime } from '#base/interruptible.ts'
import type { Incidents } from '#generate/incidents.ts'

/** `failed`: an error of ours in what was made of the nodes, with its stack; also a stack that was not deep enough. */
export type ReadFailure = 'too long' | 'too slow' | 'aborted' | `failed: ${string}`

/** Thrown when the parser needs more memory than there is. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
}

export function failureOf(error: unknown): ReadFailure {
  if (error instanceof OutOfTime) return 'too slow'
  return `failed: ${error instanceof Error ? (error.stack ?? String(error)) : 'something was thrown'}`
}

/** Note it. A file that is too long was left out on purpose; its report says so. */
export function noteFailure(incidents: Incidents, file: string, failure: ReadFailure): void {
  if (failure !== 'too long') incidents.add('analyse', file, errorOf(failure))
}

function errorOf(failure: Exclude<ReadFailure, 'too long'>): Error {
  if (failure === 'too slow') return new OutOfTime('Reading it took too long.')
  if (failure === 'aborted') return new OutOfMemory('Reading it took too much memory.')
  const stack = failure.slice('failed: '.length)
  const [, name = 'Error', message = ''] = /^(\w+): ([^\n]*)/.exec(stack) ?? []
  const error = name === 'RangeError' ? new RangeError(message) : new Error(message)
  error.name = name
  error.stack = stack
  return error
}
