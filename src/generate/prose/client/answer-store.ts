/**
 * A cache of paid answers, keyed by question: `answers/<2 hex>/<sha256>.json`. Each is written atomically as soon as it
 * arrives, so that a process that dies loses nothing; torn or foreign files are ignored. Not synced: after a power
 * failure the last answers are requested again. Answers that were not used for 90 days are deleted, and the least
 * recently used ones when all together exceed 500 MB.
 */

import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName, makeFolders, temporaryName } from '#base/files.ts'

export interface KeptAnswer {
  /** The body as received from the endpoint. */
  body: string
  /** Milliseconds since the epoch. */
  atMs: number
}

/** Synchronous, so that the process cannot be stopped between receiving an answer and starting to store it. */
export interface AnswerStore {
  /** @param key - From `questionKey`. @returns `undefined` if there is no readable answer. */
  read(key: string): KeptAnswer | undefined
  /** Replaces an existing answer. @throws A system error; then the existing answer is still there. */
  write(key: string, body: string): void
}

const StoredAnswer = z.object({
  v: z.literal(1),
  key: z.string(),
  at: z.number(),
  digest: z.string(),
  body: z.string(),
})

/** Limit on a file. An answer has at most a sixth of it, since JSON may need six bytes per byte. */
const MAX_FILE_BYTES = 7_000_000
/** After every so many writes, the folder written to is pruned. */
const PRUNE_EVERY = 16
/** Resolution of the time of last use. */
const USE_MS = 86_400_000

/** @param folder - `<spool>/answers` or `<spool>/asked`; created with the first answer. */
export function createAnswerStore(folder: string, limits: AnswerLimits = LIMITS, now = Date.now): AnswerStore {
  let written = 0
  const fileOf = (key: string): string => path.join(folder, key.slice(0, 2), `${key}.json`)
  return {
    read(key) {
      try {
        const file = fileOf(key)
        const stat = lstatSync(file)
        if (!stat.isFile() || stat.size > MAX_FILE_BYTES) return undefined
        const kept = StoredAnswer.parse(JSON.parse(readFileSync(file, 'utf8')))
        if (kept.key !== key || kept.digest !== digest(kept.body)) return undefined
        if (now() - stat.mtimeMs > USE_MS) touch(file, now())
        return { body: kept.body, atMs: kept.at }
      } catch {
        return undefined
      }
    },
    write(key, body) {
      const file = fileOf(key)
      const shard = path.dirname(file)
      const temporary = path.join(shard, temporaryName())
      const text = JSON.stringify({ v: 1, key, at: now(), digest: digest(body), body } satisfies z.infer<
        typeof StoredAnswer
      >)
      try {
        try {
          writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
        } catch (error) {
          if (!isErrno(error, 'ENOENT')) throw error
          makeFolders(shard)
          writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
        }
        renameSync(temporary, file)
      } catch (error) {
        rmSync(temporary, { force: true })
        throw error
      }
      if (written++ % PRUNE_EVERY === 0) pruneShard(shard, limits, now())
    },
  }
}

const digest = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 32)

/** Updates the time of last use. Fails silently in a read-only folder, whose answers can still be used. */
function touch(file: string, nowMs: number): void {
  try {
    utimesSync(file, nowMs / 1_000, nowMs / 1_000)
  } catch {}
}

interface AnswerLimits {
  /** Limit on the size of all answers. */
  maxBytes: number
  /** Limit on the time since the last use. */
  maxAgeMs: number
}

const LIMITS: AnswerLimits = { maxBytes: 500_000_000, maxAgeMs: 90 * 86_400_000 }

/** Keys are hashes, so the folders fill evenly, and each gets its share of the limit: each step reads only one folder. */
const SHARDS = 256
/** Limit on the names checked in one pass; the rest is left for the next pass. */
const MAX_NAMES = 10_000
const HOUR_MS = 3_600_000

/** Prunes one folder of answers. Failures are ignored. */
function pruneShard(shard: string, { maxBytes, maxAgeMs }: AnswerLimits, nowMs: number): void {
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
    // Another process was pruning, too, or the disk failed; the next pass tries again.
  }
}

/** Prunes all folders one after the other, yielding in between. */
export async function pruneAnswers(folder: string, limits: AnswerLimits = LIMITS, nowMs = Date.now()): Promise<void> {
  for (let shard = 0; shard < SHARDS; shard += 1) {
    pruneShard(path.join(folder, shard.toString(16).padStart(2, '0')), limits, nowMs)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
