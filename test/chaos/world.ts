/** Where a run of chaos takes place: the machines, what they store, and what else may go wrong there. */

import type { Random } from './random.ts'
import type { History } from './witness.ts'

export interface Program {
  /** Unique. */
  name: string
  args: string[]
}

/** Programs that share a folder. */
export interface Machine {
  name: string
  spoolDir: string
  programs: Program[]
  env: Record<string, string>
}

/** A fault of what lies between and below the programs. */
export interface Trouble {
  weight: number
  /** Resolves when it is over, at the latest soon after the signal was aborted. @returns false when nothing was done. */
  strike(random: Random, over: AbortSignal): Promise<boolean>
}

export interface World {
  machines: Machine[]
  /** Addresses at which clients ask. */
  origins: string[]
  /** By name. */
  troubles: Record<string, Trouble>
  /** Add what the storage shows to the histories. @param isThorough - Read again what was read before. */
  readRecords(histories: Map<string, History>, isThorough: boolean): Promise<void>
  /** Ids of followed repositories, one for each entry in the schedule of looks. */
  listLooks(): Promise<string[]>
  close(): Promise<void>
}
