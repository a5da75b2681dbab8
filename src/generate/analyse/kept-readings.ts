/**
 * Caches what was found in single files together with the queries about other files, and their answers.
 * An entry is valid while the file and the answers to all queries are the same.
 */

import { createHash } from 'node:crypto'
import type { Incidents } from '#generate/incidents.ts'
import type { SourceFile } from '#generate/model.ts'
import type { KeptResults } from './analyser.ts'
import { KeptMap } from './kept-map.ts'
import { versionOf } from './results-cache.ts'

/** A call of a method of the subject with this number. */
interface Question {
  readonly subject: number
  readonly method: string
  readonly args: readonly unknown[]
  /** A digest of the answer. */
  readonly answer: string
}

interface KeptReading {
  readonly file: string
  readonly questions: readonly Question[]
  readonly found: unknown
}

/** Findings that need more queries are not cached. */
const MAX_QUESTIONS = 2_000

export class KeptReadings {
  readonly #old: KeptMap<KeptReading> | undefined
  readonly #incidents: Incidents
  readonly #new = new Map<string, KeptReading>()

  private constructor(old: KeptMap<KeptReading> | undefined, incidents: Incidents) {
    this.#old = old
    this.#incidents = incidents
  }

  static async read(name: string, kept: KeptResults | undefined, incidents: Incidents): Promise<KeptReadings> {
    const old = kept && (await KeptMap.read<KeptReading>(kept.cache, name, versionOf(kept)))
    return new KeptReadings(old, incidents)
  }

  /** Without a cache. */
  static none(incidents: Incidents): KeptReadings {
    return new KeptReadings(undefined, incidents)
  }

  /**
   * What `find` finds in a file, or found there before.
   *
   * @param subjects - The objects that it may query about other files, through methods alone.
   * @param find - Its result can be cached: plain objects.
   */
  of<S extends readonly object[], T>(file: SourceFile, subjects: S, find: (...subjects: S) => T): T {
    if (this.#old === undefined) return find(...subjects)
    const kept = this.#old.values.get(file.path)
    if (kept?.file === describe(file) && kept.questions.every((one) => isAnswered(one, subjects))) {
      this.#new.set(file.path, kept)
      return kept.found as T
    }
    const questions: Question[] = []
    const { count } = this.#incidents
    const recorders = subjects.map((subject, index) => recorderOf(subject, index, questions))
    const found = find(...(recorders as unknown as S))
    if (this.#incidents.count === count && questions.length <= MAX_QUESTIONS)
      this.#new.set(file.path, { file: describe(file), questions, found })
    return found
  }

  async write(): Promise<void> {
    await this.#old?.write(this.#new)
  }
}

/** An object with the same methods that records each call. */
function recorderOf(subject: object, index: number, questions: Question[]): object {
  return new Proxy(subject, {
    get: (_, name) => {
      const method: unknown = Reflect.get(subject, name)
      if (typeof method !== 'function' || typeof name !== 'string') throw new Error(`${String(name)} is not a method`)
      return (...args: unknown[]): unknown => {
        const answer: unknown = method.apply(subject, args)
        if (questions.length <= MAX_QUESTIONS)
          questions.push({ subject: index, method: name, args, answer: describe(answer) })
        return answer
      }
    },
  })
}

function isAnswered({ subject, method, args, answer }: Question, subjects: readonly object[]): boolean {
  const asked: unknown = Reflect.get(subjects[subject] ?? {}, method)
  return typeof asked === 'function' && describe(asked.apply(subjects[subject], args)) === answer
}

/** The same text for equal values; for a file, its blob and what decides how it is read. */
function describe(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    one instanceof Set || one instanceof Map ? [...one] : isFile(one) ? { ...one, text: null } : one,
  )
  return text === undefined || text.length < 100 ? (text ?? '') : createHash('sha1').update(text).digest('base64')
}

const isFile = (value: unknown): value is SourceFile =>
  typeof value === 'object' && value !== null && 'blob' in value && 'text' in value
