/** Runs work once for multiple callers. It is aborted when all of them have aborted. */

import { Aborted } from '#base/errors.ts'

interface Work<T> {
  promise: Promise<T>
  controller: AbortController
  waiting: number
}

export class SharedWork<T> {
  readonly #works = new Map<string, Work<T>>()

  /**
   * The result of the running work under this key, else of `start`.
   *
   * @returns Also whether the work was already running.
   * @throws {Aborted} The signal was aborted; other callers are not affected.
   */
  async do(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ result: T; isJoined: boolean }> {
    if (signal.aborted) throw new Aborted('Aborted before the question was sent')
    const running = this.#works.get(key)
    const work = running ?? this.#start(key, start)
    work.waiting += 1
    try {
      return { result: await orAbort(work.promise, signal), isJoined: running !== undefined }
    } finally {
      work.waiting -= 1
      if (work.waiting === 0) {
        // Later callers start new work.
        if (this.#works.get(key) === work) this.#works.delete(key)
        work.controller.abort()
      }
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Work<T> {
    const controller = new AbortController()
    const work: Work<T> = { promise: start(controller.signal), controller, waiting: 0 }
    const end = (): void => {
      if (this.#works.get(key) === work) this.#works.delete(key)
    }
    work.promise.then(end, end)
    this.#works.set(key, work)
    return work
  }
}

function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Aborted('Aborted while waiting for the model'))
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
