/** Limits how many event streams are open at once, and closes them at shutdown. */

import type { AccessLimits } from '#base/access-settings.ts'
import type { Caller } from '#base/caller.ts'
import { Refusal } from '#http/problem.ts'
import { type ConcurrencyLimits, createConcurrencyLimit, type ReachedLimit } from './concurrency-limit.ts'

/** An open event stream. */
export interface Stream {
  /** Aborted when the client disconnects, the service shuts down, or the stream is released. */
  readonly signal: AbortSignal
  /** Frees the slot. Calling it again does nothing. */
  release(): void
}

/**
 * Returns a function that opens a stream, up to a maximum number in total and for each client.
 *
 * @param shutdown - Closes all streams.
 */
export function createStreams(shutdown: AbortSignal, limits?: AccessLimits) {
  const counted = createConcurrencyLimit(limits)
  const held = new Set<() => void>()
  shutdown.addEventListener('abort', () => {
    for (const release of [...held]) release()
  })

  /** @throws {Refusal} `STREAM_LIMIT`, `TOO_MANY_STREAMS`, or `SHUTTING_DOWN`. */
  return function open({ signal: caller, client }: Caller): Stream {
    if (shutdown.aborted) throw new Refusal('SHUTTING_DOWN', 'The service is shutting down.')
    const free = counted.take(client)
    if (free === undefined) throw tooMany(counted.reached(client), counted.limits)
    const end = new AbortController()
    const release = (): void => {
      free()
      held.delete(release)
      caller.removeEventListener('abort', release)
      end.abort()
    }
    held.add(release)
    caller.addEventListener('abort', release)
    if (caller.aborted) release()
    return { signal: end.signal, release }
  }
}

function tooMany(reached: ReachedLimit | undefined, { max, maxPerClient }: ConcurrencyLimits): Refusal {
  const hint = 'Try again later, or poll the job.'
  return reached === 'total'
    ? new Refusal('TOO_MANY_STREAMS', `Too many callers are following jobs; the limit is ${max}.`, hint)
    : new Refusal('STREAM_LIMIT', `Your address is following too many jobs; the limit is ${maxPerClient}.`, hint)
}
