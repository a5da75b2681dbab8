/** `docspool move`: everything from a spool to a database and back, whatever happens on the way. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { createLedger } from '#generate/prose/budget/ledger.ts'
import { entryOf, notBeforeOf } from '#queue/backend.ts'
import { isIn } from '#queue/job.ts'
import { complete, createJob, fail, retryLater, start } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import { pinFolder } from '#queue/pin-spool.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { FolderHasJobs } from '#queue/spool/database-mark.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createSetStore } from '#store/sets.ts'
import { request, result, settings, silent, until } from '../queue/support.ts'
import { newSet } from '../store/new-set.ts'
import { program } from '../support/docspool.ts'
import { filesBelow } from '../support/tree.ts'
import { startProxy } from './proxy.ts'
import { makeEmptyDatabase, sharedServer } from './server.ts'
import { onDatabase, type TestServer } from './start-server.ts'

const HOUR_MS = 3_600_000
const options = { log: silent, clock: Date.now, leaseMs: 15_000 }

let server: TestServer
let root: string
/** A spool with everything there is. Tests use copies. */
let full: string
before(async () => {
  server = await sharedServer()
  root = await mkdtemp(path.join(tmpdir(), 'docspool-move-'))
  full = path.join(root, 'full')
  await fillSpool(full)
})
after(() => rm(root, { recursive: true, force: true }))

let counter = 0
async function copyOfSpool(): Promise<string> {
  const folder = path.join(root, `copy-${counter++}`)
  await cp(full, folder, { recursive: true, preserveTimestamps: true })
  return folder
}
const newFolder = (): string => path.join(root, `new-${counter++}`)

async function move(
  from: string,
  to: string,
  url: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [program, 'move', '--from', from, '--to', to], {
    env: { ...process.env, DOCSPOOL_DATABASE_URL: url, DOCSPOOL_LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, text }
}

async function succeeds(from: string, to: string, url: string): Promise<string> {
  const { code, text } = await move(from, to, url)
  assert.equal(code, 0, text)
  return text
}

async function refuses(from: string, to: string, url: string, expected: RegExp, exitCode = 78): Promise<void> {
  const { code, text } = await move(from, to, url)
  assert.match(text, expected)
  assert.equal(code, exitCode, text)
  assert.ok(text.trimEnd().split('\n').length <= 2, `a line and a hint:\n${text}`)
}

async function fillSpool(folder: string): Promise<void> {
  const queue = await openQueue(folder, settings, { log: silent, clock: Date.now })
  await queue.follows.put({
    repoUrl: 'https://github.com/acme/followed',
    wish: { branches: ['main'] },
    everyMinutes: 60,
  })
  await queue.submit(request('acme--queued', { idempotencyKey: 'a key' }))
  await queue.submit(request('acme--urgent', { priority: 0 }))
  await queue.close()
  const backend = await openSpool(folder, options)
  const store = createSetStore(path.join(folder, 'docs'))
  const keys = [await store.publish(version(0))]
  keys.push(await store.publish(version(1), keys))
  keys.push(await store.publish(version(2), keys))
  const now = Date.now()
  for (const status of ['completed', 'failed', 'delayed', 'processing', 'cancelled', 'told'] as const) {
    const id = `acme--${status}`
    const first = { ...createJob(request(id), now - 1_000), ...(status === 'told' && { callbacks: [callback] }) }
    await backend.accept(first)
    const claimed = (await backend.jobs.update(first, start(first, '1-1-00000000', now))) ?? assert.fail()
    const log = backend.events.open(id, claimed.epoch)
    for (let n = 0; n < 250; n++) {
      await log.append({ type: 'log', at: new Date(now + n).toISOString(), level: 'info', text: `zeile ${n} …` })
    }
    await log.close()
    await backend.work.discard({ jobId: id, priority: 5, submittedMs: Date.parse(first.submitted_at) })
    if (status === 'processing') continue
    if (status === 'cancelled') await backend.cancels.mark(claimed)
    if (status === 'cancelled') continue
    if (status === 'delayed') {
      const later = retryLater(claimed, now + HOUR_MS, 'the host does not answer')
      await backend.jobs.update(claimed, later)
      await backend.work.push(entryOf(later), notBeforeOf(later))
      continue
    }
    const error = { code: 'CLONE_FAILED', message: 'no', hint: null }
    const docsKey = keys[status === 'completed' ? 0 : 1] ?? ''
    const ended = status === 'failed' ? fail(claimed, error, now) : complete(claimed, { ...result, docsKey }, now)
    const written = (await backend.jobs.update(claimed, ended)) ?? assert.fail()
    if (status !== 'told' && isIn(written, 'completed', 'failed')) await backend.catalog.addEnded(written)
  }
  await backend.outbox.add({ jobId: 'acme--told', callbackId: callback.id, lane: '0'.repeat(20) }, now + HOUR_MS)
  await backend.expiry.mark('acme--expired')
  await backend.control.pause('the test')
  await backend.close()
  const ledger = createLedger({
    ...{ folder: path.join(folder, 'spend'), job: 'acme--completed', log: () => undefined },
    ...{ perJob: LIMIT, perDay: LIMIT, priceOf: () => ({ input: 3, output: 15 }) },
  })
  for (const model of ['one', 'two', 'one']) {
    ledger
      .reserve({ model, about: 'x', inputTokens: 100, outputTokens: 50 })
      .settle({ inputTokens: 90, outputTokens: 7 })
  }
}

const LIMIT = { calls: 0, tokens: 0, costUsd: 0 }
const callback = {
  ...{ id: '0123456789abcdef', url: 'https://hooks.example.org/x', origin: 'https://hooks.example.org', tries: 0 },
  ...{ not_before: null, delivered_at: null, failed_at: null, is_gone: false, last_error: null },
}

function version(number: number) {
  const text = Array.from({ length: 3_000 }, (_, at) => `word${(at * 7_919) % 10_000}`).join('\n')
  const set = newSet(`${text}\nversion ${number}`)
  return { ...set, manifest: { ...set.manifest, commit: String(number).repeat(40) } }
}

/** The files that a move keeps byte for byte: records, logs, keys, follows, marks, the pause, sets. */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const kept =
    /^(?:jobs\/..\/[^/]+\/(?:r\d+\.json|events\.)|keys\/|follows\/|looks\/|outbox\/|expired\/|control\/paused|docs\/[0-9a-f]|ready\/|delayed\/|ended\/)/
  const files = new Map<string, string>()
  for (const name of await filesBelow(folder)) {
    if (kept.test(name)) files.set(name, (await readFile(path.join(folder, name))).toString('base64'))
  }
  return newestRevisions(files)
}

/** Earlier revisions are not moved. */
function newestRevisions(files: Map<string, string>): Map<string, string> {
  const newest = new Map<string, string>()
  for (const name of [...files.keys()].sort()) {
    const [, parent] = /^(.*\/)r\d+\.json$/.exec(name) ?? []
    if (parent !== undefined) newest.set(parent, name)
  }
  return new Map([...files].filter(([name]) => !/\/r\d+\.json$/.test(name) || [...newest.values()].includes(name)))
}

async function assertSame(one: string, other: string): Promise<void> {
  const [a, b] = [await filesOf(one), await filesOf(other)]
  assert.deepEqual([...b.keys()].sort(), [...a.keys()].sort())
  // Entries may be links to records.
  for (const [name, text] of a) if (!/^(?:ready|delayed|ended)\//.test(name)) assert.equal(b.get(name), text, name)
}

describe('a move', () => {
  it('takes everything to a database and back, byte for byte', async () => {
    const url = await makeEmptyDatabase(server)
    const from = await copyOfSpool()
    const text = await succeeds(from, 'database', url)
    assert.match(text, /^jobs: 8, SHA-256 [0-9a-f]{64}, the same in both$/m)
    assert.match(text, /^event logs: 6, /m)
    for (const one of [
      'idempotency keys',
      'followed repositories',
      'scheduled checks',
      'pending webhooks',
      'marks of expired jobs',
      'pause',
    ]) {
      assert.match(text, new RegExp(`^${one}: 1, `, 'm'))
    }
    assert.match(text, /^costs of models by day: 2, /m)
    assert.match(text, /^document sets: 3, /m)
    assert.doesNotMatch(text, new RegExp(server.password))

    const back = newFolder()
    await pinFolder({ spoolDir: back, expectSpool: false, databaseUrl: url })
    assert.match(await succeeds('database', back, url), /^document sets: 3, /m)
    assert.equal(existsSync(new SpoolPaths(back).databaseMark), false)
    await assertSame(full, back)
    const summary = JSON.parse(await readFile(path.join(back, 'spend.json'), 'utf8'))
    assert.deepEqual(
      summary.days.map(({ model, calls, input_tokens }: Record<string, unknown>) => [model, calls, input_tokens]),
      [
        ['one', 2, 180],
        ['two', 1, 90],
      ],
    )
    await assertLinked(back)
    await assertSame(full, from)
  })

  it('leaves the same pieces of versions once, and the time of the last use', async () => {
    const url = await makeEmptyDatabase(server)
    const from = await copyOfSpool()
    await succeeds(from, 'database', url)
    const [{ parts, blobs } = {}] = await onDatabase(
      url,
      'SELECT (SELECT count(*) FROM docspool.set_parts)::int AS parts, (SELECT count(*) FROM docspool.blobs)::int AS blobs',
    )
    assert.ok(Number(blobs) < Number(parts), `${blobs} of ${parts}`)
    for (const { key, used_ms } of await onDatabase(url, 'SELECT key, used_ms FROM docspool.sets')) {
      assert.equal(Number(used_ms), Math.round((await stat(path.join(from, 'docs', String(key)))).mtimeMs))
    }
  })

  it('makes a queue of which programs can go on', async () => {
    const url = await makeEmptyDatabase(server)
    const from = await copyOfSpool()
    // The database was tried before.
    const folder = { spoolDir: from, expectSpool: true, databaseUrl: url }
    await assert.rejects(pinFolder(folder), FolderHasJobs)
    await succeeds(from, 'database', url)
    await pinFolder(folder)
    const backend = await openPostgres(url, options)
    try {
      assert.equal(await backend.control.resume(), true)
      assert.deepEqual(await backend.catalog.counts(), { queued: 3, processing: 0, completed: 1, failed: 1 })
      const lease = await backend.workers.register()
      const claimed = (await backend.work.claim(lease.worker)) ?? assert.fail()
      assert.equal(claimed.jobId, 'acme--urgent')
      await backend.work.putBack(lease.worker, claimed, null)
      await lease.release()
    } finally {
      await backend.close()
    }
    const queue = await openQueue({ databaseUrl: url }, settings, { log: silent, clock: Date.now })
    try {
      // The jobs of dead workers, and the webhook, are found by the check at the start.
      const expected = { queued: 4, processing: 0, completed: 2, failed: 2 }
      await until(async () => isDeepStrictEqual(await queue.counts(), expected), 'all jobs are where they belong')
      assert.equal((await queue.submit(request('acme--queued', { idempotencyKey: 'a key' }))).outcome, 'created')
    } finally {
      await queue.close()
    }
  })
})

async function assertLinked(folder: string): Promise<void> {
  const inodes = new Set<number>()
  let packs = 0
  for (const name of await filesBelow(path.join(folder, 'docs'))) {
    if (!name.endsWith('.pack')) continue
    packs += 1
    inodes.add((await stat(path.join(folder, 'docs', name))).ino)
  }
  assert.ok(inodes.size < packs, `${packs} packs, ${inodes.size} files`)
}

describe('a move that is killed', () => {
  const points = ['move:begun=exit', 'move:copied=exit', 'move:copied=exit#9', 'move:checked=exit']
  for (const point of points) {
    it(`at ${point} goes on`, async () => {
      const url = await makeEmptyDatabase(server)
      const from = await copyOfSpool()
      const killed = await move(from, 'database', url, { DOCSPOOL_FAILPOINT: point })
      assert.equal(killed.code, null, killed.text)
      await assertUnusable(url, '')
      assert.match(await succeeds(from, 'database', url), /^document sets: 3, /m)
      assert.match(await succeeds(from, 'database', url), /moved already/)

      const back = newFolder()
      assert.equal((await move('database', back, url, { DOCSPOOL_FAILPOINT: point })).code, null)
      await assertUnusable('', back)
      await succeeds('database', back, url)
      await assertSame(full, back)
    })
  }

  /** No program starts on a half. */
  async function assertUnusable(url: string, folder: string): Promise<void> {
    const child = spawn(process.execPath, [program, 'jobs'], {
      env: { ...process.env, DOCSPOOL_DATABASE_URL: url, DOCSPOOL_SPOOL_DIR: folder === '' ? newFolder() : folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let text = ''
    child.stderr.on('data', (chunk) => (text += String(chunk)))
    const [code] = await once(child, 'close')
    assert.match(text, /MOVE_UNFINISHED/)
    assert.equal(code, 78)
  }

  it('at any instant goes on', async () => {
    const url = await makeEmptyDatabase(server)
    const from = await copyOfSpool()
    for (let kills = 0; kills < 6; kills++) {
      const child = spawn(process.execPath, [program, 'move', '--from', from, '--to', 'database'], {
        env: { ...process.env, DOCSPOOL_DATABASE_URL: url },
        stdio: 'ignore',
      })
      const closed = once(child, 'close')
      await new Promise((resolve) => setTimeout(resolve, 300 + 250 * kills))
      child.kill('SIGKILL')
      await closed
    }
    await succeeds(from, 'database', url)
    const back = newFolder()
    await succeeds('database', back, url)
    await assertSame(full, back)
  })
})

describe('a move is refused', () => {
  it('while a server or a supervisor runs on either side', async () => {
    const from = await copyOfSpool()
    const url = await makeEmptyDatabase(server)
    for (const command of ['serve', 'supervise']) {
      const spoolEnv = { DOCSPOOL_SPOOL_DIR: from, DOCSPOOL_DATABASE_URL: '' }
      const running = await startProgram(command, spoolEnv)
      await refuses(from, 'database', url, /A (?:server|supervisor) uses the source: process \d+ on /)
      await running()
      const onDatabase = await startProgram(command, { DOCSPOOL_SPOOL_DIR: newFolder(), DOCSPOOL_DATABASE_URL: url })
      await refuses(from, 'database', url, /A (?:server|supervisor) uses the target: process \d+ on /)
      await onDatabase()
    }
    await succeeds(from, 'database', url)
  })

  async function startProgram(command: string, env: Record<string, string>): Promise<() => Promise<unknown>> {
    const child = spawn(process.execPath, [program, command], {
      env: { ...process.env, DOCSPOOL_PORT: '0', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await new Promise<void>((resolve) => {
      let text = ''
      child.stderr.on('data', (chunk) => {
        text += String(chunk)
        if (/listening|supervisor has started/.test(text)) resolve()
      })
    })
    return async () => {
      child.kill('SIGTERM')
      await once(child, 'close')
    }
  }

  it('into what is not empty, or has another source', async () => {
    const url = await makeEmptyDatabase(server)
    const [from, other] = [await copyOfSpool(), newFolder()]
    const queue = await openQueue(other, settings, { log: silent, clock: Date.now })
    await queue.submit(request('acme--other'))
    await queue.close()
    await succeeds(other, 'database', url)
    await refuses(from, 'database', url, /The target has data that was moved from the spool /)
    await refuses('database', from, url, /The target is not empty: it has jobs/)
    const foreign = newFolder()
    await mkdir(path.join(foreign, 'jobs'), { recursive: true })
    await writeFile(path.join(foreign, 'jobs/notes.txt'), 'mine')
    await refuses('database', foreign, url, /is not a spool, and none was created/)
  })

  it('with storages that cannot be used', async () => {
    const url = await makeEmptyDatabase(server)
    const nowhere = newFolder()
    await refuses(nowhere, 'database', url, /There is no spool in/, 1)
    assert.equal(existsSync(nowhere), false)
    await refuses('database', nowhere, url, /The database has no docspool tables/)
    await refuses(full, newFolder(), url, /from a spool to a database, or from a database to a spool/)
    await refuses(full, 'postgres://u:secret-word@127.0.0.1/d', url, /password on the command line/)
    await refuses(full, 'postgres://', url, /address of the database is not valid/)
    await refuses(full, 'database', '', /DOCSPOOL_DATABASE_URL is not set/)
    await refuses(full, 'postgres://u@127.0.0.1:1/d', url, /cannot be reached/, 1)
  })

  it('of a source that is damaged, in a line that names what', async () => {
    const damage = async (find: RegExp, change: (bytes: Buffer) => Buffer): Promise<string> => {
      const from = await copyOfSpool()
      const names = (await readdir(from, { recursive: true })).sort().reverse()
      const file = path.join(from, names.find((name) => find.test(name)) ?? assert.fail(String(find)))
      await writeFile(file, change(await readFile(file)))
      return from
    }
    const record = await damage(/acme--completed\/r000003\.json$/, () => Buffer.from('{"torn'))
    const url = await makeEmptyDatabase(server)
    await refuses(record, 'database', url, /The source is damaged: jobs\/..\/acme--completed\/r000003\.json/)
    assert.equal(existsSync(path.join(record, 'corrupt')) && (await readdir(path.join(record, 'corrupt'))).length, 0)
    const flip = (bytes: Buffer): Buffer => {
      bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff
      return bytes
    }
    const pack = await damage(/^docs\/[0-9a-f]+\/set\.pack$/, flip)
    await refuses(pack, 'database', await makeEmptyDatabase(server), /of the set [0-9a-f]{64} is damaged/, 1)
    const follow = await damage(/^follows\/[^/]+\/r\d+\.json$/, () => Buffer.from('nothing'))
    await refuses(follow, 'database', await makeEmptyDatabase(server), /The source is damaged: follows\//)
  })

  it('of a database that is damaged', async () => {
    const url = await makeEmptyDatabase(server)
    await succeeds(await copyOfSpool(), 'database', url)
    await onDatabase(
      url,
      `UPDATE docspool.blobs SET body = body || '\\x00' WHERE hash = (SELECT hash FROM docspool.blobs ORDER BY hash LIMIT 1)`,
    )
    await refuses(
      'database',
      newFolder(),
      url,
      /A piece of \S+ of the document set [0-9a-f]{64} in the database is damaged/,
      1,
    )
    await onDatabase(url, `UPDATE docspool.jobs SET record = 'x' WHERE job_id = 'acme--failed'`)
    await refuses('database', newFolder(), url, /The record of a job in the database is damaged/, 1)
  })

  it('when something else arrives than was sent', async () => {
    const url = await makeEmptyDatabase(server)
    const from = await copyOfSpool()
    assert.equal((await move(from, 'database', url, { DOCSPOOL_FAILPOINT: 'move:copied=exit' })).code, null)
    await onDatabase(url, `UPDATE docspool.jobs SET record = replace(record, '"priority":5', '"priority":4')`)
    await refuses(from, 'database', url, /jobs: the source has 8 \(SHA-256 .*the target 8/)
  })
})

describe('connections that are lost', () => {
  it('are made again, and what was sent is not sent twice', async () => {
    const url = new URL(await makeEmptyDatabase(server))
    const proxy = await startProxy(server.port)
    url.port = String(proxy.port)
    proxy.cutNext('after', 'INSERT INTO docspool.jobs')
    await succeeds(await copyOfSpool(), 'database', url.href)
    assert.equal(proxy.cuts, 1)
    await proxy.close()
  })

  it('and do not come back end a move with a line; it goes on later', async (t) => {
    const target = await makeEmptyDatabase(server)
    const url = new URL(target)
    const proxy = await startProxy(server.port)
    url.port = String(proxy.port)
    const from = await copyOfSpool()
    const child = spawn(process.execPath, [program, 'move', '--from', from, '--to', 'database'], {
      env: {
        ...process.env,
        DOCSPOOL_DATABASE_URL: url.href,
        DOCSPOOL_LOG_LEVEL: 'silent',
        DOCSPOOL_FAILPOINT: 'move:begun=stop',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    t.after(() => child.kill('SIGKILL'))
    let text = ''
    child.stderr.on('data', (chunk) => (text += String(chunk)))
    const closed = once(child, 'close')
    await until(
      async () => /^State:\s+T/m.test(await readFile(`/proc/${child.pid}/status`, 'utf8')),
      'it is stopped',
      120_000,
    )
    await proxy.close()
    child.kill('SIGCONT')
    const [code] = await closed
    assert.match(text, /The database cannot be used \(ECONNREFUSED\)/)
    assert.ok(text.trimEnd().split('\n').length <= 2, text)
    assert.equal(code, 1)
    await succeeds(from, 'database', target)
  })
})

describe('a full disk', () => {
  it('ends a move with a line, and it goes on when there is space', async () => {
    const url = await makeEmptyDatabase(server)
    await succeeds(await copyOfSpool(), 'database', url)
    const back = newFolder()
    const full = await move('database', back, url, { DOCSPOOL_FAILPOINT: 'move:copied=ENOSPC#3' })
    assert.equal(full.code, 1, full.text)
    assert.match(full.text, /The spool has no space left/)
    await succeeds('database', back, url)
  })

  it('of the server of the database, too', async () => {
    const url = await makeEmptyDatabase(server)
    const from = await copyOfSpool()
    await move(from, 'database', url, { DOCSPOOL_FAILPOINT: 'move:begun=exit' })
    await onDatabase(
      url,
      `CREATE FUNCTION docspool.fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '53100'; END $$;
       CREATE TRIGGER fill BEFORE INSERT ON docspool.blobs FOR EACH ROW EXECUTE FUNCTION docspool.fill()`,
    )
    await refuses(from, 'database', url, /has no space left/, 1)
    await onDatabase(url, 'DROP TRIGGER fill ON docspool.blobs')
    await succeeds(from, 'database', url)
  })
})
