/** What the suite needs of a storage beside the interface: several handles on it, and workers that can die. */
import type { TestContext } from 'node:test'
import type { Backend } from '#queue/backend.ts'
import type { Clock } from '../support.ts'

/** A registered worker whose process ends when the test wants it to. */
export interface Mortal {
  worker: string
  /** As kill -9: it says nothing any more. Resolves when others can find out. */
  kill(): Promise<void>
}

export interface Storage {
  /** Handles on the same storage, as two processes would have. */
  one: Backend
  two: Backend
  employ(): Promise<Mortal>
}

/** A new, empty storage that goes away with the test. */
export type OpenBackend = (t: TestContext, clock: Clock) => Promise<Storage>
