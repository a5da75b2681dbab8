/**
 * Answers that were paid for, by what was asked: `answers/<2 hex>/<sha256>.json`. Written in one step and at once, so that
 * a process that dies has lost nothing that came; what is torn, or of somebody else, is no answer. Not made durable: after
 * a loss of power the last of them are asked for again.
 */

import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { makeFolders, temporaryName } from '#base/files.ts'
import { type AnswerLimits, LIMITS, pruneShard } from './prune-answers.ts'

export interface KeptAnswer {
  /** As it came from the endpoint. */
  body: string
  /** Milliseconds since the epoch. */
  atMs: number
}

/** Synchronous: between the last byte of an answer and its file there is nothing else. */
export interface AnswerStore {
  /** @param key - Of `questionKey`. */
  read(key: string): KeptAnswer | undefined
  /** Replaces what was there. @throws A system error; what was there still is. */
  write(key: string, body: string): void
}

const StoredAnswer = z.object({
  v: z.literal(1),
  key: z.string(),
  at: z.number(),
  digest: z.string(),
  body: z.string(),
})

/** Of a file; an answer has at most a sixth, and JSON may write a byte as six. */
const MAX_FILE_BYTES = 7_000_000
/** One in so many answers has the folder that it goes into pruned. */
const PRUNE_EVERY = 16
/** The time of last use is exact to a day. */
const USE_MS = 86_400_000

/** @param folder - `<spool>/answers`; made when something is first written. */
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

/** Of a folder that may only be read, answers are used all the same. */
function touch(file: string, nowMs: number): void {
  try {
    utimesSync(file, nowMs / 1_000, nowMs / 1_000)
  } catch {}
}
