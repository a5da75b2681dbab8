/** The reason why a file could not be read, as a string that can cross threads. */

import { OutOfTime } from '#base/interruptible.ts'
import type { Incidents } from '#generate/incidents.ts'

/** `failed` is followed by the stack of an exception in the code that reads the nodes, or of a stack overflow. */
export type ReadFailure = 'too long' | 'too slow' | 'out of memory' | `failed: ${string}`

/** The incident of a file whose parser ran out of memory. */
class ParserOutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
}

export function failureOf(error: unknown): ReadFailure {
  if (error instanceof OutOfTime) return 'too slow'
  return `failed: ${error instanceof Error ? (error.stack ?? String(error)) : 'a value that is not an error was thrown'}`
}

/** Records an incident. A file that is too long was left out on purpose; its report says so. */
export function noteFailure(incidents: Incidents, file: string, failure: ReadFailure): void {
  if (failure !== 'too long') incidents.add('analyse', file, errorOf(failure))
}

function errorOf(failure: Exclude<ReadFailure, 'too long'>): Error {
  if (failure === 'too slow') return new OutOfTime('Reading the file took too long.')
  if (failure === 'out of memory') return new ParserOutOfMemory('Reading the file took too much memory.')
  const stack = failure.slice('failed: '.length)
  const frames = stack.indexOf('\n    at ')
  const head = frames < 0 ? stack : stack.slice(0, frames)
  // Node adds its code to the name: `TypeError [ERR_INVALID_ARG_TYPE]: …`.
  const [start, name = 'Error'] = /^([\w$]{1,100})(?: \[\w{1,100}\])?(?:: |$)/.exec(head) ?? ['']
  const message = head.slice(start.length)
  const error = name === 'RangeError' ? new RangeError(message) : new Error(message)
  error.name = name
  error.stack = stack
  return error
}
