/** The body of a streamed response: pulls items from an iterator as fast as the client reads. */

export interface BodyOptions<T> {
  /** The text of an item; an empty one sends nothing. */
  write(item: T): string
  /** Sent first. */
  opening?: string
  /** Sent whenever `everyMs` pass without an item. It detects disconnected clients and keeps proxies from closing the connection. */
  beat?: { text: string; everyMs: number }
  /** Called when the source will no longer be read; possibly more than once. */
  onEnd?(): void
}

/** Make a response body from an iterator. The next item is requested only when the client can take it. */
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
            const item = await (beat === undefined ? next : orTimeout(next, beat.everyMs))
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

/** The value of the promise, or `undefined` when it takes longer than `ms`. */
async function orTimeout<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
