/** The disk of the database is really full: a small file system below a tablespace. */
import assert from 'node:assert/strict'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { openQueue } from '#queue/open-queue.ts'
import { makeDisk } from '../queue/mounts.ts'
import { atEnd, createClock, request, settings, silent } from '../queue/support.ts'
import { sharedServer } from './server.ts'

/** Whom PostgreSQL runs as where tests run as root, who alone may mount. */
const NOBODY = 65_534

test('a full disk refuses submissions and loses none that was accepted; with space again, all goes on', async (t) => {
  const server = await sharedServer()
  const folder = path.join(server.folder, 'small')
  const name = 'on_a_small_disk'
  await mkdir(folder)
  const disk = makeDisk(t, 'tmpfs', folder, ['-t', 'tmpfs', '-o', 'size=24m'])
  if (disk === undefined) return
  await chown(folder, NOBODY, NOBODY)
  await server.admin(`CREATE TABLESPACE small LOCATION '${folder}'`)
  await server.admin(`CREATE DATABASE ${name} TEMPLATE template0 TABLESPACE small`)
  const queue = await openQueue({ databaseUrl: server.url(name) }, settings, { log: silent, clock: createClock() })
  atEnd(t, async () => {
    await queue.close()
    await server.admin(`DROP DATABASE ${name} WITH (FORCE)`)
    await server.admin('DROP TABLESPACE small')
  })
  const accepted: string[] = []
  let counter = 0
  /** @returns The error. */
  const submit = async (): Promise<string | undefined> => {
    const id = `acme--${counter++}`
    try {
      // Incompressible, so that pages fill quickly.
      const url = `https://hooks.example/${Array.from({ length: 120 }, () => Math.random().toString(36).slice(2)).join('')}`
      await queue.submit(request(id, { callback: { url, origin: 'https://hooks.example' } }))
      accepted.push(id)
      return undefined
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string }
      return `${code}: ${message}`
    }
  }
  assert.equal(await submit(), undefined)
  const ballast = path.join(folder, 'ballast')
  await writeFile(ballast, Buffer.alloc(64 << 20, 1)).catch((error) => assert.equal(error.code, 'ENOSPC'))
  let refusal: string | undefined
  for (let n = 0; n < 200 && refusal === undefined; n++) refusal = await submit()
  assert.equal(refusal, 'SPOOL_UNAVAILABLE: The database has no space left.')
  assert.equal((await queue.read(accepted[0] ?? ''))?.view.status, 'queued', 'reads go on')
  await rm(ballast)
  assert.equal(await submit(), undefined)
  for (const id of accepted) assert.equal((await queue.read(id))?.view.status, 'queued', id)
  assert.equal((await queue.counts()).queued, accepted.length, 'none that was refused is there')
})
