/** Answers that are made while they are read: as fast as the reader takes them, within a limit of number. */

import type { AccessLimits } from '#base/access-settings.ts'
import { type Caller, type ConcurrencyLimits, createConcurrencyLimit, type TooMany } from './concurrency-limit.ts'
import { Refusal } from './problem.ts'

/** One answer that goes on. */
export interface Stream {
  /** Aborted when the caller is gone, the service ends, or the stream was released. */
  readonly signal: AbortSignal
  /** Make room for another one. May be called again. */
  release(): void
}

/**
 * A function that opens a stream for a caller, within limits of number: in all, and for each client.
 *
 * @param shutdown - Ends all of them.
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
    const letGo = counted.take(client)
    if (typeof letGo === 'string') throw tooMany(letGo, counted.limits)
    const end = new AbortController()
    const release = (): void => {
      letGo()
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

function tooMany(what: TooMany, { most, mostPerClient }: ConcurrencyLimits): Refusal {
  const hint = 'Try again later, or ask for the job from time to time.'
  return what === 'in all'
    ? new Refusal('TOO_MANY_STREAMS', `${most} callers are following jobs already.`, hint)
    : new Refusal('STREAM_LIMIT', `Your address is following ${mostPerClient} jobs already.`, hint)
}

export interface BodyOptions<T> {
  /** The text of an item; empty to leave it out. */
  write(item: T): string
  /** Sent before all. */
  opening?: string
  /** Sent when there was nothing to send for `everyMs`: who is gone is found out, and proxies keep the connection. */
  beat?: { text: string; everyMs: number }
  /** Called once, when nothing more will be read from the source. */
  onEnd?(): void
}

/** The body of an answer from what a source gives. The source is asked for an item when the reader has room, and not before. */
export function toBody<T>(source: AsyncIterator<T>, options: BodyOptions<T>): ReadableStream<Uint8Array> {
  const { write, opening = '', beat, onEnd = () => undefined } = options
  const encoder = new TextEncoder()
  let next: Promise<IteratorResult<T>> | undefined
  let text = opening
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          while (text === '') {
            next ??= source.next()
            const item = await (beat === undefined ? next : within(next, beat.everyMs))
            if (item === undefined) text = beat?.text ?? ''
            else {
              next = undefined
              if (item.done) {
                onEnd()
                return controller.close()
              }
              text = write(item.value)
            }
          }
          controller.enqueue(encoder.encode(text))
          text = ''
        } catch (error) {
          onEnd()
          throw error
        }
      },
      async cancel() {
        onEnd()
        await source.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** What the promise gives within the time, else `undefined`. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
