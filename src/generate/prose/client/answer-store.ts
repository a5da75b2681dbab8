/**
 * A cache of paid answers, keyed by question: `answers/<2 hex>/<sha256>.json`. Each is written atomically as soon as it
 * arrives, so that a process that dies loses nothing; torn or foreign files are ignored. Not synced: after a power
 * failure the last answers are requested again.
 */

import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { makeFolders, temporaryName } from '#base/files.ts'
import { type AnswerLimits, LIMITS, pruneShard } from './prune-answers.ts'

export interface KeptAnswer {
  /** The body as received from the endpoint. */
  body: string
  /** Milliseconds since the epoch. */
  atMs: number
}

/** Synchronous, so that the process cannot be stopped between receiving an answer and starting to store it. */
export interface AnswerStore {
  /** @param key - From `questionKey`. @returns `undefined` if there is no answer, or if it cannot be read for whatever reason. */
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
