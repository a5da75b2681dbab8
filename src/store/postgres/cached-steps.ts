/**
 * The results of individual generation steps, copied between a database and the folder `cache/` of this machine, where the
 * worker process of a job reads and writes them. They only save work, so an error here does not fail a job.
 */

import { constants } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { makeFolders, openPlain, readFully, temporaryName } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import { DIGEST_BYTES, prefixOf, prune } from '#store/step-cache.ts'
import { MAX_STEP_BYTES, type SharedSteps } from './shared-steps.ts'

/** The file name of an entry, without the prefix of its scope. */
const ENTRY = /^[0-9a-f]{64}\.bin$/

export interface CachedSteps {
  /** Copy the results of a repository from the database to the folder. Never rejects. */
  hold(repoUrl: string): Promise<void>
  /** Copy results that have changed from the folder to the database. Never rejects. */
  share(repoUrl: string): Promise<void>
}

/** @param folder - `cache/` of this machine; created if necessary. */
export function createCachedSteps(folder: string, shared: SharedSteps, log: Log): CachedSteps {
  const orWarn = (what: string, step: Promise<void>): Promise<void> =>
    step.catch((error) => log.warn(forLog(error), `the results of earlier runs could not be ${what}`))

  async function hold(scope: string): Promise<void> {
    const prefix = prefixOf(scope)
    let isNew = false
    for (const { name, hash } of await shared.list(scope)) {
      if (!ENTRY.test(name)) continue
      const file = path.join(folder, `${prefix}${name}`)
      if ((await readDigest(file))?.equals(hash) === true) continue
      const body = await shared.read(hash)
      if (body === undefined) continue
      await replaceFile(file, hash, body)
      isNew = true
    }
    if (isNew) await prune(folder)
  }

  async function share(scope: string): Promise<void> {
    const prefix = prefixOf(scope)
    const known = new Map((await shared.list(scope)).map(({ name, hash }) => [name, hash]))
    const files = await readdir(folder).catch(() => [])
    for (const file of files.filter((each) => each.startsWith(prefix)).sort()) {
      const name = file.slice(prefix.length)
      if (!ENTRY.test(name)) continue
      const digest = await readDigest(path.join(folder, file))
      if (digest === undefined || known.get(name)?.equals(digest) === true) continue
      const body = await readBody(path.join(folder, file))
      if (body !== undefined) await shared.write(scope, name, body)
    }
  }

  return {
    hold: (repoUrl) => orWarn('fetched', hold(repoUrl)),
    share: (repoUrl) => orWarn('shared', share(repoUrl)),
  }
}

/** The digest at the start of an entry. It is not compared with the body here: the reader of the entry does that. */
async function readDigest(file: string): Promise<Buffer | undefined> {
  return await readPart(file, 0, () => DIGEST_BYTES)
}

async function readBody(file: string): Promise<Buffer | undefined> {
  return await readPart(file, DIGEST_BYTES, (size) => size - DIGEST_BYTES)
}

async function readPart(file: string, from: number, lengthOf: (size: number) => number): Promise<Buffer | undefined> {
  const handle = await openPlain(file).catch(() => undefined)
  if (handle === undefined) return undefined
  try {
    const { size } = await handle.stat()
    const length = lengthOf(size)
    if (size < DIGEST_BYTES || length > MAX_STEP_BYTES) return undefined
    const body = Buffer.allocUnsafeSlow(length)
    return (await readFully(handle, body, from)) === length ? body : undefined
  } finally {
    await handle.close()
  }
}

async function replaceFile(file: string, hash: Buffer, body: Buffer): Promise<void> {
  const folder = path.dirname(file)
  const temporary = path.join(folder, temporaryName())
  makeFolders(folder)
  try {
    const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      await handle.appendFile(hash)
      await handle.appendFile(body)
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}
