/**
 * Keeps one job process started in advance, so that the next job need not wait for its program to load. Each process still
 * runs one job, in the sandbox, with a work folder that is created before the job is known.
 */

import { rm } from 'node:fs/promises'
import { signal } from '#base/process.ts'
import type { ToChild } from './job-process-messages.ts'
import { type Enclosure, STOP_SIGNALS, type Started, type StartOptions, startProcess } from './start-process.ts'

/** Idle time before a process is started, so that starting it does not slow down consecutive jobs. */
const IDLE_MS = 1_000

export interface WaitingOptions {
  /** Creates the work folder of a process. */
  makeFolder(): Promise<string>
  /** Aborts the wait. */
  until: AbortSignal
  /** Called when a process cannot be started or exits while it waits. Another one is started after the next job. */
  onFault(error: unknown): void
}

export interface ReadyProcess extends Started {
  /** Its work folder. */
  folder: string
  /** Removes the work folder. */
  remove(): Promise<void>
}

export class WaitingProcess {
  readonly #how: StartOptions
  readonly #options: WaitingOptions
  #waiting: ReadyProcess | undefined
  #timer: NodeJS.Timeout | undefined
  #isStarting = false
  #running = 0

  constructor(how: StartOptions, options: WaitingOptions) {
    this.#how = how
    this.#options = options
    options.until.addEventListener('abort', () => this.#end(), { once: true })
    this.#startWhenIdle()
  }

  /**
   * Called when a job begins.
   *
   * @returns The waiting process, if there is one and its sandbox is still valid; the caller ends it and removes its folder. It may
   *   still be loading, but is ready sooner than a new process.
   */
  begin(): ReadyProcess | undefined {
    this.#running += 1
    clearTimeout(this.#timer)
    if (this.#waiting?.isCurrent() === false) this.#end()
    return this.#take()
  }

  /** Called when a job has ended. */
  end(): void {
    this.#running -= 1
    if (this.#running === 0) this.#startWhenIdle()
  }

  #take(): ReadyProcess | undefined {
    const taken = this.#waiting
    this.#waiting = undefined
    return taken
  }

  #startWhenIdle(): void {
    if (this.#waiting !== undefined || this.#isStarting || this.#options.until.aborted) return
    clearTimeout(this.#timer)
    const { until, onFault } = this.#options
    const onError = (error: unknown): void => {
      if (!until.aborted) onFault(error)
    }
    this.#timer = setTimeout(() => void this.#start().catch(onError), IDLE_MS).unref()
  }

  async #start(): Promise<void> {
    this.#isStarting = true
    try {
      await this.#startIn(await this.#options.makeFolder())
    } finally {
      this.#isStarting = false
    }
  }

  async #startIn(folder: string): Promise<void> {
    const { until, onFault } = this.#options
    const remove = () => rm(folder, { recursive: true, force: true }).catch(onFault)
    try {
      const started = await startProcess({ ...this.#how, enclose: (job) => this.#enclose(job) }, { workDir: folder })
      const ready = { ...started, folder, remove }
      const { child, channel, stderr } = started
      this.#waiting = ready
      channel.listen({ onMessage: () => undefined, onFault })
      child.once('exit', (code, name) => {
        if (this.#waiting !== ready) return
        this.#take()
        void remove()
        if (until.aborted || (name !== null && STOP_SIGNALS.has(name))) return
        onFault(new Error(`The process that was waiting exited (${name ?? `exit code ${code}`}). ${stderr()}`.trim()))
      })
      channel.send({ type: 'wait' } satisfies ToChild)
      if (until.aborted || this.#running > 0) this.#end()
    } catch (error) {
      await remove()
      throw error
    }
  }

  /** Prepares the sandbox. Throws if the wait was aborted in the meantime, because nothing would end a process started then. */
  async #enclose(job: { workDir: string }): Promise<Enclosure> {
    const enclosure = (await this.#how.enclose?.(job)) ?? { before: [], env: {} }
    this.#options.until.throwIfAborted()
    return enclosure
  }

  #end(): void {
    clearTimeout(this.#timer)
    const waiting = this.#take()
    if (waiting === undefined) return
    signal(-waiting.child.pid, 'SIGKILL')
    void waiting.remove()
  }
}
