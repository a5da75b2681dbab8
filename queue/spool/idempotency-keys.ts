/** Idempotency keys: one file each, named by the hash of the key, reserved with link(2), removed after a day. */

import { link, lstat, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { readPlain, writeNewFile } from '#base/files.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { KeyRecord, type KeyStore } from '#queue/backend.ts'
import { listEntries } from './check-names.ts'
import { isShard, parseKeyPath } from './file-names.ts'
import type { GroupSync } from './group-sync.ts'
import { makeFolder } from './make-folder.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { refuseNewer } from './record-file.ts'
import { temporaryPath } from './temporary-files.ts'

/** How long keys are kept. */
const KEPT_MS = 24 * 3_600_000
const MAX_TAKE_ATTEMPTS = 5

/** The version of new files; old files have none. */
const VERSION = 1
const StoredKey = KeyRecord.extend({ version: z.literal(VERSION).default(VERSION) })

export interface KeyDeps {
  sync: GroupSync
  quarantine: Quarantine
}

export function createKeyStore(paths: SpoolPaths, { sync, quarantine }: KeyDeps): KeyStore {
  async function take(key: string, record: KeyRecord): Promise<KeyRecord> {
    const file = paths.key(key)
    for (let attempts = 0; attempts < MAX_TAKE_ATTEMPTS; attempts++) {
      const held = await read(file)
      if (held !== undefined) return held
      await makeFolder(path.dirname(file))
      if (await put(file, record, link)) return record
    }
    // Each time, other requests took and released the key in between; the request proceeds without having reserved it.
    return record
  }

  async function read(file: string): Promise<KeyRecord | undefined> {
    let text: string
    try {
      text = (await readPlain(file)).text
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined
      if (!isErrno(error, 'ELOOP', 'EISDIR')) throw error
      text = ''
    }
    const record = parseKey(text)
    if (record === undefined) await quarantine(file, 'an idempotency key that cannot be read')
    return record
  }

  async function put(file: string, record: KeyRecord, place: (from: string, to: string) => Promise<void>) {
    const temporary = temporaryPath(paths)
    try {
      await writeNewFile(temporary, keyText(record))
      await place(temporary, file)
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false
      throw error
    } finally {
      await rm(temporary, { force: true })
    }
    await sync(path.dirname(file))
    return true
  }

  return {
    take,
    async settle(key, record) {
      await put(paths.key(key), record, rename)
    },
    async release(key, { request }) {
      const file = paths.key(key)
      const held = await read(file)
      if (held?.request === request && held.outcome === null) await rm(file, { force: true })
    },
  }
}

/** @returns `undefined` for a text that is not a valid record. @throws {RecordTooNew} */
export function parseKey(text: string): KeyRecord | undefined {
  const json = parseIfJson(text)
  refuseNewer(json, VERSION)
  const { data } = StoredKey.safeParse(json)
  return data && { request: data.request, jobId: data.jobId, outcome: data.outcome }
}

/** The contents of the file of a key. */
export const keyText = (record: KeyRecord): string => `${JSON.stringify({ version: VERSION, ...record })}\n`

/**
 * Remove keys older than a day, and quarantine files that are not keys. Links are not followed.
 *
 * @returns How many keys were removed.
 */
export async function sweepKeys(paths: SpoolPaths, now: number, quarantine: Quarantine): Promise<number> {
  let swept = 0
  for (const shard of await listEntries(paths.keys)) {
    const folder = path.join(paths.keys, shard.name)
    if (!shard.isDirectory() || !isShard(shard.name)) {
      await quarantine(folder, 'not a folder of keys')
      continue
    }
    for (const entry of await listEntries(folder)) {
      const file = path.join(folder, entry.name)
      if (!entry.isFile() || parseKeyPath(path.relative(paths.root, file)) === undefined) {
        await quarantine(file, 'not an idempotency key')
        continue
      }
      const found = await lstat(file).catch(() => undefined)
      if (!found?.isFile() || now - found.mtimeMs < KEPT_MS) continue
      await rm(file, { force: true })
      swept += 1
    }
  }
  return swept
}
