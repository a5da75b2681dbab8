/**
 * Problems with individual files that do not end a generation: errors of docspool, code that is nested too deeply,
 * files that took too long. Each is logged, reported to the operator and listed in `verification.json`.
 */

import { areIncidentsFatal } from '#base/config.ts'
import { escapeControls } from '#base/control-characters.ts'
import { Aborted } from '#base/errors.ts'
import { OutOfTime, runWithTimeLimit, workThrough } from '#base/interruptible.ts'

/** `nesting`: stack overflow. `memory`: the parser ran out of memory. `limit`: part of the file was ignored. `error`: a defect of docspool. */
export type IncidentReason = 'deadline' | 'nesting' | 'memory' | 'limit' | 'error'

/** Recorded for a file of which only a part was used. The message names the limit. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded'
}

export interface Incident {
  /** The stage, named as in progress reports. */
  stage: string
  /** Path in the repository; in the stage `pages` also the name of a page. */
  file: string
  reason: IncidentReason
  /** One line, at most 200 characters, without paths of this machine. */
  message: string
}

export interface IncidentOptions {
  /** Time limit for one file in one step; 5 seconds by default. */
  fileMs?: number
  /** Called once for each of the first incidents. */
  log?(text: string): void
  /** Called once for each of the first errors of docspool, with a stack. */
  trouble?(error: unknown, about: { stage: string; file: string }): void
  /** Whether errors of docspool are thrown; by default only if tests request it. */
  areFatal?: boolean
}

/** The names of items in `each`. */
export interface Each<T> {
  stage: string
  fileOf(item: T): string
  /** Called with an item that failed or took too long. */
  onFailure?(item: T): void
}

const FILE_MS = 5_000
const MAX_LISTED = 100
const MAX_LOGGED = 20
const MAX_MESSAGE = 200

export class Incidents {
  readonly #options: IncidentOptions
  readonly #incidents = new Map<string, Incident>()
  readonly #files = new Set<string>()
  #logged = 0
  #troubles = 0
  #count = 0
  #late = 0

  constructor(options: IncidentOptions = {}) {
    this.#options = options
  }

  /** The number of incidents, including those that are not listed. */
  get count(): number {
    return this.#count
  }

  /** Number of files that took too long. When it grows, results may be incomplete and must not be cached. */
  get lateCount(): number {
    return this.#late
  }

  get fileMs(): number {
    return this.#options.fileMs ?? FILE_MS
  }

  /** Files with at least one incident. */
  get files(): ReadonlySet<string> {
    return this.#files
  }

  /** The listed incidents, sorted by stage and file. */
  get list(): Incident[] {
    return [...this.#incidents.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, incident]) => incident)
  }

  /**
   * Do work on one file only. An error in it affects no other file.
   *
   * @returns `undefined` on failure.
   */
  attempt<T>(stage: string, file: string, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      this.add(stage, file, error)
      return undefined
    }
  }

  /** Like `attempt`, within the time limit for one file. */
  attemptInTime<T>(stage: string, file: string, work: () => T): T | undefined {
    return this.attempt(stage, file, () => runWithTimeLimit(this.fileMs, work))
  }

  /** Do work for each item; every item is about one file and gets the time limit for one file. */
  each<T>(items: Iterable<T>, about: Each<NoInfer<T>>, work: (item: T) => void): void {
    const step = this.#stepper(items, about, work)
    while (!step());
  }

  /** Like `each`, calling `pause` regularly. */
  async eachWithPauses<T>(
    items: Iterable<T>,
    about: Each<NoInfer<T>>,
    work: (item: T) => void,
    pause: () => Promise<unknown>,
  ): Promise<void> {
    const step = this.#stepper(items, about, work)
    while (!step()) await pause()
  }

  #stepper<T>(items: Iterable<T>, { stage, fileOf, onFailure }: Each<T>, work: (item: T) => void): () => boolean {
    const left = items[Symbol.iterator]()
    const fail = (item: T, error: unknown): void => {
      onFailure?.(item)
      this.add(stage, fileOf(item), error)
    }
    const workOn = (item: T): void => {
      try {
        work(item)
      } catch (error) {
        fail(item, error)
      }
    }
    return () => workThrough(left, this.fileMs, workOn, fail)
  }

  /**
   * Record an error that concerns one file.
   *
   * @throws The error itself if it ends the generation: an abort, or an error of docspool if these are fatal.
   */
  add(stage: string, file: string, error: unknown): void {
    if (error instanceof Aborted) throw error
    const reason = reasonOf(error)
    const isNew = this.#note({ stage, file, reason, message: messageOf(error) })
    if (reason !== 'error') return
    if (this.#options.areFatal ?? areIncidentsFatal) throw error
    if (isNew && ++this.#troubles <= MAX_LOGGED) this.#options.trouble?.(error, { stage, file })
  }

  /** @returns False if the incident was recorded before. */
  #note(incident: Incident): boolean {
    const { stage, file, reason, message } = incident
    const key = `${stage}\0${file}\0${reason}\0${message}`
    if (this.#incidents.has(key)) return false
    this.#count += 1
    if (reason === 'deadline') this.#late += 1
    this.#files.add(file)
    if (this.#incidents.size < MAX_LISTED) this.#incidents.set(key, { stage, file, reason, message })
    this.#logged += 1
    if (this.#logged <= MAX_LOGGED) this.#options.log?.(`${escapeControls(file)} (${stage}): ${sentenceOf(incident)}`)
    return true
  }
}

const SENTENCES: Record<IncidentReason, string> = {
  deadline: 'It took too long and was skipped',
  nesting: 'It is nested too deeply and was skipped',
  memory: 'It needs too much memory and was skipped',
  limit: 'Part of it was ignored',
  error: 'It was skipped because of an error of docspool',
}

function sentenceOf({ reason, message }: Incident): string {
  return reason === 'error' || reason === 'limit' ? `${SENTENCES[reason]}: ${message}` : `${SENTENCES[reason]}.`
}

function reasonOf(error: unknown): IncidentReason {
  if (error instanceof OutOfTime) return 'deadline'
  if (error instanceof LimitExceeded) return 'limit'
  if (error instanceof Error && error.name === 'OutOfMemory') return 'memory'
  return error instanceof RangeError && /call stack/i.test(error.message) ? 'nesting' : 'error'
}

/** Absolute paths, which belong to this machine. */
const HOST_PATH = /(?:file:\/\/)?(?<![\w.])\/[^\s'"`,;:()]+/g

function messageOf(error: unknown): string {
  const text =
    error instanceof LimitExceeded
      ? error.message
      : error instanceof Error
        ? `${error.name}: ${error.message.slice(0, 1_000)}`
        : 'a value that is not an error was thrown'
  return escapeControls(text.replace(/\s+/g, ' ').replace(HOST_PATH, '…')).slice(0, MAX_MESSAGE)
}
