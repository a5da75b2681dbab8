/**
 * Deletes cached answers that were not used for a long time, and the least recently used when there are too many. Keys
 * are hashes, so the 256 folders fill evenly, and each gets its share of the limit: each step reads only one folder.
 */

import { lstatSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isTemporaryName } from '#base/files.ts'

export interface AnswerLimits {
  /** Limit on the size of all answers. */
  maxBytes: number
  /** Limit on the time since the last use. */
  maxAgeMs: number
}

export const LIMITS: AnswerLimits = { maxBytes: 500_000_000, maxAgeMs: 90 * 86_400_000 }

const SHARDS = 256
/** Limit on the names checked in one pass; the rest is left for the next pass. */
const MAX_NAMES = 10_000
const HOUR_MS = 3_600_000

/** Prune one folder of answers. Failures are ignored. */
export function pruneShard(shard: string, { maxBytes, maxAgeMs }: AnswerLimits, nowMs: number): void {
  try {
    const entries: { file: string; bytes: number; usedMs: number }[] = []
    for (const name of readdirSync(shard).slice(0, MAX_NAMES)) {
      const file = path.join(shard, name)
      const stat = lstatSync(file, { throwIfNoEntry: false })
      if (stat?.isFile() !== true) continue
      if (isTemporaryName(name)) {
        if (nowMs - stat.mtimeMs > HOUR_MS) rmSync(file, { force: true })
      } else if (name.endsWith('.json')) entries.push({ file, bytes: stat.size, usedMs: stat.mtimeMs })
    }
    entries.sort((a, b) => b.usedMs - a.usedMs)
    let sum = 0
    for (const { file, bytes, usedMs } of entries) {
      sum += bytes
      if (sum > maxBytes / SHARDS || nowMs - usedMs > maxAgeMs) rmSync(file, { force: true })
    }
  } catch {
    // Another process pruned too, or the disk failed: the next pass will do.
  }
}

/** Prune all folders one after the other, yielding in between. For the clean-up of the spool. */
export async function pruneAnswers(folder: string, limits: AnswerLimits = LIMITS, nowMs = Date.now()): Promise<void> {
  for (let shard = 0; shard < SHARDS; shard += 1) {
    pruneShard(path.join(folder, shard.toString(16).padStart(2, '0')), limits, nowMs)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
