/** What the journal guarantees when the machine goes down, its process is killed, or it cannot be written. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { SpoolUnavailable } from '#queue/errors.ts'
import { openQueue } from '#queue/open-queue.ts'
import { createJournal } from '#queue/spool/journal.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { openRoot } from '#queue/spool/root.ts'
import { atEnd, makeFolder, makeQueue, request, settings, silent, until } from '../support.ts'

const submitter = fileURLToPath(new URL('../submit-process.ts', import.meta.url))
const journalOf = (spoolDir: string) => new SpoolPaths(spoolDir).journal

const open = async (t: TestContext, spoolDir: string) => {
  const queue = await openQueue(spoolDir, settings, { log: silent, clock: Date.now })
  atEnd(t, () => queue.close())
  return queue
}

/** A copy of a spool as the machine finds it after a reboot: with the journals of the previous boot. */
async function goDown(t: TestContext, spoolDir: string): Promise<string> {
  const copy = path.join(await makeFolder(t), 'spool')
  // Records of the journal are still being written to their files, by way of `tmp/`, where files come and go.
  const { tmp } = new SpoolPaths(spoolDir)
  await cp(spoolDir, copy, { recursive: true, filter: (source) => path.dirname(source) !== tmp })
  for (const name of await readdir(journalOf(copy))) {
    await rename(path.join(journalOf(copy), name), path.join(journalOf(copy), `00000000${name.slice(8)}`))
  }
  return copy
}

/** Starts a process that submits jobs until it is killed. @returns The accepted jobs, at least this many. */
async function submitUntilKilled(t: TestContext, spoolDir: string, jobs: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', submitter, spoolDir, '100000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  atEnd(t, () => child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += String(chunk)
    if (out.split('\n').length > jobs) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  return [...out.matchAll(/^ACCEPTED (.+)$/gm)].map(([, jobId = '']) => jobId)
}

test('accepted jobs survive a power loss that destroyed the files of their records', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (let n = 0; n < 6; n++) await queue.submit(request(`acme--${n}`))
  await queue.cancel('acme--1')
  const copy = await goDown(t, spoolDir)
  const paths = new SpoolPaths(copy)
  // Lost with its folder, lost with all folders of a shard, empty, torn, and one revision behind.
  await rm(paths.job('acme--0'), { recursive: true })
  await rm(paths.revision('acme--1', 2))
  await truncate(paths.revision('acme--2', 1), 0)
  await truncate(paths.revision('acme--3', 1), 20)
  await rm(paths.shard('acme--4'), { recursive: true })
  await rm(paths.ready, { recursive: true })

  const after = await open(t, copy)
  for (const n of [0, 2, 3, 4, 5]) assert.equal((await after.read(`acme--${n}`))?.view.status, 'queued', `acme--${n}`)
  assert.equal((await after.read('acme--1'))?.view.error_code, 'CANCELLED')
  assert.deepEqual(await after.counts(), { queued: 5, processing: 0, completed: 0, failed: 1 })
  assert.deepEqual(await readdir(paths.corrupt), [])
  await after.close()
  assert.deepEqual(await readdir(paths.journal), [])
})

test('records lost by a disk that failed and came back are restored, by the next process and by the same one', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (let n = 0; n < 6; n++) await queue.submit(request(`acme--${n}`))
  const paths = new SpoolPaths(spoolDir)
  // Read while it is empty; settled while it is empty, and while its folder is gone.
  await truncate(paths.revision('acme--0', 1), 0)
  assert.equal((await queue.read('acme--0'))?.view.status, 'queued')
  await truncate(paths.revision('acme--1', 1), 0)
  await rm(paths.job('acme--2'), { recursive: true })
  await queue.close()
  assert.deepEqual(await readdir(paths.journal), [])

  const after = await open(t, spoolDir)
  for (const n of [0, 1, 2, 3, 4, 5])
    assert.equal((await after.read(`acme--${n}`))?.view.status, 'queued', `acme--${n}`)
  assert.deepEqual(await readdir(paths.corrupt), [])
})

test('records lost while the process dies are restored in the same boot of the machine', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const accepted = await submitUntilKilled(t, spoolDir, 100)
  const paths = new SpoolPaths(spoolDir)
  for (const [n, jobId] of accepted.entries()) {
    if (n % 2 === 0) await truncate(paths.revision(jobId, 1), 0)
    else await rm(paths.job(jobId), { recursive: true })
  }
  const after = await open(t, spoolDir)
  for (const jobId of accepted) assert.equal((await after.read(jobId))?.view.status, 'queued', jobId)
  assert.ok((await after.counts()).queued >= accepted.length)
})

test('a journal with a torn line restores the records before and after it', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (let n = 0; n < 3; n++) await queue.submit(request(`acme--${n}`))
  const copy = await goDown(t, spoolDir)
  const [name = ''] = await readdir(journalOf(copy))
  const file = path.join(journalOf(copy), name)
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  // The first one names the spool.
  assert.equal(lines.length, 4)
  await writeFile(file, `${lines[0]}\n${lines[1]}\n${lines[2]?.slice(0, 80)}\n\0\0\0\n${lines[3]}\n{"job_id":"../x"}\n`)
  await rm(new SpoolPaths(copy).jobs, { recursive: true })
  const after = await open(t, copy)
  assert.deepEqual(
    [await after.read('acme--0'), await after.read('acme--2')].map((job) => job?.view.status),
    ['queued', 'queued'],
  )
  assert.equal(await after.read('acme--1'), undefined)
})

test('an old journal restores no job that was changed or removed later', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  await queue.submit(request('acme--gone'))
  const early = await goDown(t, spoolDir)
  for (const id of ['acme--a', 'acme--gone']) await queue.cancel(id)
  await queue.remove('acme--gone')
  await queue.close()
  for (const name of await readdir(journalOf(early))) {
    await rename(path.join(journalOf(early), name), path.join(journalOf(spoolDir), name))
  }
  const after = await open(t, spoolDir)
  assert.equal((await after.read('acme--a'))?.view.status, 'failed')
  assert.equal(await after.read('acme--gone'), undefined)
})

test('the journal of a killed process is settled by the next one; that of a running process is not', async (t) => {
  const living = await makeQueue(t)
  const { spoolDir } = living
  await living.queue.submit(request('acme--living'))
  const [own] = await readdir(journalOf(spoolDir))
  await submitUntilKilled(t, spoolDir, 100)
  assert.equal((await readdir(journalOf(spoolDir))).length, 2)
  const next = await openSpool(spoolDir, { log: silent, clock: Date.now, leaseMs: 15_000 })
  atEnd(t, () => next.close())
  await until(async () => (await readdir(journalOf(spoolDir))).length === 1, 'the journal of the dead is settled')
  assert.deepEqual(await readdir(journalOf(spoolDir)), [own])
})

test('if the journal cannot be written, records are synced one by one', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  await rm(journalOf(spoolDir), { recursive: true })
  await writeFile(journalOf(spoolDir), 'in the way')
  assert.equal((await queue.submit(request('acme--b'))).outcome, 'created')
  assert.equal((await queue.read('acme--b'))?.view.status, 'queued')
})

test('a journal whose folder was replaced by a copy is not continued', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  await rename(spoolDir, `${spoolDir}.away`)
  await cp(`${spoolDir}.away`, spoolDir, { recursive: true })
  await queue.submit(request('acme--b'))
  // The copy of the old journal goes as soon as its records are synced.
  const texts = (await readdir(journalOf(spoolDir))).map((name) =>
    readFile(path.join(journalOf(spoolDir), name), 'utf8').catch(() => ''),
  )
  assert.ok((await Promise.all(texts)).some((text) => text.includes('"acme--b"')))
})

test('a file that is not a journal is set aside', async (t) => {
  const { spoolDir } = await makeQueue(t)
  await writeFile(path.join(journalOf(spoolDir), 'notes.txt'), 'x')
  await open(t, spoolDir)
  assert.deepEqual(await readdir(journalOf(spoolDir)), [])
  assert.equal((await readdir(new SpoolPaths(spoolDir).corrupt)).length, 2)
})

test('a journal with lines that name no job is settled, one of a newer version stays, and neither prevents the start', async (t) => {
  const { spoolDir } = await makeQueue(t)
  const [odd, newer] = ['00000000-00000000-1-1-00000001', '00000000-00000000-1-1-00000002']
  await writeFile(path.join(journalOf(spoolDir), odd), '{"job_id":"../../x","rev":1}\n{"job_id":"a","rev":"x"}\n[]\n')
  await writeFile(path.join(journalOf(spoolDir), newer), '{"version":3,"job_id":"acme--a","rev":1}\n')
  await (await open(t, spoolDir)).close()
  assert.deepEqual(await readdir(journalOf(spoolDir)), [newer])
})

test('a journal that names another spool is skipped and logged; one that names none is read', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  const [name = ''] = await readdir(journalOf(spoolDir))
  const text = await readFile(path.join(journalOf(spoolDir), name), 'utf8')
  const other = await makeQueue(t)
  await other.queue.submit(request('acme--b'))
  await truncate(new SpoolPaths(other.spoolDir).revision('acme--b', 1), 0)
  const left = `00000000${name.slice(8)}`
  await writeFile(path.join(journalOf(other.spoolDir), left), text.replaceAll('acme--a', 'acme--b'))

  const lines: string[] = []
  const log = pino({}, { write: (line) => lines.push(line) })
  const open = () => openQueue(other.spoolDir, settings, { log, clock: Date.now })
  const after = await open()
  // Not from the journal of the other spool, but from that of its own process.
  assert.equal((await after.read('acme--b'))?.view.repo_url, 'https://github.com/acme/acme--b')
  assert.ok((await readdir(journalOf(other.spoolDir))).includes(left))
  assert.ok(lines.some((line) => line.includes('a journal of another spool') && line.includes(left)))
  await after.close()

  const spool = JSON.parse(await readFile(new SpoolPaths(spoolDir).layout, 'utf8')).id
  const old = text.replace(`${JSON.stringify({ spool })}\n`, '')
  assert.notEqual(old, text)
  await writeFile(path.join(journalOf(other.spoolDir), left), old)
  const again = await open()
  assert.equal((await again.read('acme--a'))?.view.status, 'queued')
  await again.close()
})

test('no journal is begun in another spool that has taken the place of this one', async (t) => {
  const [one, two] = [await makeQueue(t), await makeQueue(t)]
  const paths = new SpoolPaths(one.spoolDir)
  const root = await openRoot(paths, { expect: true, isReading: false })
  const journal = createJournal(paths, { root, log: silent, restore: async () => undefined })
  atEnd(t, () => journal.close())
  await rename(one.spoolDir, `${one.spoolDir}.away`)
  await rename(two.spoolDir, one.spoolDir)
  const text = '{"version":2,"job_id":"acme--a","rev":1}\n'
  await assert.rejects(journal.append({ jobId: 'acme--a', rev: 1, text }), SpoolUnavailable)
  assert.deepEqual(await readdir(paths.journal), [])
})

test('a spool that lost its LAYOUT in a power loss gets the id that its journals name', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  const copy = await goDown(t, spoolDir)
  const paths = new SpoolPaths(copy)
  const text = await readFile(paths.layout, 'utf8')
  await rm(paths.layout)
  await rm(paths.job('acme--a'), { recursive: true })
  const after = await open(t, copy)
  assert.equal((await after.read('acme--a'))?.view.status, 'queued')
  assert.equal(await readFile(paths.layout, 'utf8'), text)
})
