/**
 * Keeps one process started, so that a job that comes later need not wait until its program is loaded. Each process still
 * runs one job, in the sandbox of a job, with a work folder that is made before the job is known.
 */

import { rm } from 'node:fs/promises'
import { signal } from '#base/process.ts'
import type { ToChild } from './job-process-messages.ts'
import { type Started, type StartOptions, start } from './start-process.ts'

/** How long no job must have run before a process is started, so that it does not slow down jobs that follow each other. */
const IDLE_MS = 1_000

export interface WaitingOptions {
  /** Creates the work folder of a process. */
  makeFolder(): Promise<string>
  /** Ends the waiting. */
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
  #ready: ReadyProcess | undefined
  #timer: NodeJS.Timeout | undefined
  #running = 0

  constructor(how: StartOptions, options: WaitingOptions) {
    this.#how = how
    this.#options = options
    options.until.addEventListener('abort', () => this.#end(), { once: true })
    this.#startWhenIdle()
  }

  /** Called when a job begins. */
  begin(): void {
    this.#running += 1
    clearTimeout(this.#timer)
  }

  /** Called when a job has ended. */
  end(): void {
    this.#running -= 1
    if (this.#running === 0) this.#startWhenIdle()
  }

  /** The process that waits, if there is one; the caller ends it and removes its folder. */
  take(): ReadyProcess | undefined {
    const ready = this.#ready
    this.#ready = undefined
    return ready
  }

  #startWhenIdle(): void {
    if (this.#ready !== undefined || this.#options.until.aborted) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#start().catch(this.#options.onFault), IDLE_MS).unref()
  }

  async #start(): Promise<void> {
    const { makeFolder, until, onFault } = this.#options
    const folder = await makeFolder()
    const remove = () => rm(folder, { recursive: true, force: true }).catch(onFault)
    try {
      const started = await start(this.#how, { workDir: folder })
      const ready = { ...started, folder, remove }
      this.#ready = ready
      const { child, stderr } = started
      child.once('exit', (code, name) => {
        if (this.#ready !== ready) return
        this.#ready = undefined
        void remove()
        if (until.aborted || name === 'SIGTERM' || name === 'SIGINT') return
        onFault(new Error(`The process that was waiting exited (${name ?? `exit code ${code}`}). ${stderr()}`.trim()))
      })
      // Sending fails when the process has just exited, which `exit` reports.
      child.once('error', () => undefined)
      child.send({ type: 'wait' } satisfies ToChild)
      if (until.aborted) this.#end()
    } catch (error) {
      await remove()
      throw error
    }
  }

  #end(): void {
    clearTimeout(this.#timer)
    const ready = this.take()
    if (ready === undefined) return
    signal(-ready.child.pid, 'SIGKILL')
    void ready.remove()
  }
}
