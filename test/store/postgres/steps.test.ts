/** Results of steps that one machine has computed, on others. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { type CachedSteps, createCachedSteps } from '#store/postgres/cached-steps.ts'
import { createSharedSteps, type SharedSteps } from '#store/postgres/shared-steps.ts'
import { createStepCache, type StepCache } from '#store/step-cache.ts'
import { connectMachines } from '../../cluster/machines.ts'
import { onDatabase } from '../../postgres/start-server.ts'
import { silent } from '../../queue/support.ts'

const REPOSITORY = 'https://h/a/b'

interface Machine {
  folder: string
  /** As the process of a job sees it. */
  cache: StepCache
  steps: CachedSteps
  shared: SharedSteps
}

async function start(t: TestContext, { maxBytes }: { maxBytes?: number } = {}) {
  const { url, databases } = await connectMachines(t, 1)
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-steps-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  const logged: string[] = []
  const log = { ...silent, warn: (...args: unknown[]) => void logged.push(String(args[1])) }
  const machine = (name: string): Machine => {
    const folder = path.join(root, name, 'cache')
    const shared = createSharedSteps(databases[0] ?? assert.fail(), maxBytes)
    const steps = createCachedSteps(folder, shared, log)
    return { folder, shared, steps, cache: createStepCache(folder, { scope: REPOSITORY }) }
  }
  return { url, machine, logged }
}

const text = async (cache: StepCache, name: string): Promise<string | undefined> => {
  const bytes = await cache.read(name)
  return bytes && Buffer.from(bytes).toString()
}

test('what one machine has written is read on another, and nothing of other repositories', async (t) => {
  const { machine, logged } = await start(t)
  const [one, two] = [machine('one'), machine('two')]
  await one.cache.write('facts', Buffer.from('the facts'))
  await createStepCache(one.folder, { scope: 'https://h/other' }).write('facts', Buffer.from('others'))
  await one.steps.share(REPOSITORY)
  await two.steps.hold(REPOSITORY)
  assert.equal(await text(two.cache, 'facts'), 'the facts')
  assert.equal((await readdir(two.folder)).length, 1)
  await two.cache.write('facts', Buffer.from('newer'))
  await two.cache.write('edges', Buffer.from('the edges'))
  await two.steps.share(REPOSITORY)
  await one.steps.hold(REPOSITORY)
  assert.equal(await text(one.cache, 'facts'), 'newer')
  assert.equal(await text(one.cache, 'edges'), 'the edges')
  assert.deepEqual(logged, [])
})

test('only what has changed is sent; equal results are stored once, and what nobody has is removed', async (t) => {
  const { url, machine } = await start(t)
  const { cache, steps, shared } = machine('one')
  const pieces = () =>
    onDatabase(url, 'SELECT count(*)::int AS pieces, sum(octet_length(body))::int AS bytes FROM docspool.step_pieces')
  const large = randomBytes(3_000_000)
  await cache.write('base', large)
  await cache.write('later', Buffer.from('1'))
  await steps.share(REPOSITORY)
  await shared.write('https://h/fork', 'base', large)
  assert.equal((await pieces())[0]?.pieces, 4)
  const before = await onDatabase(url, `SELECT xmin FROM docspool.step_pieces WHERE octet_length(body) > 1000`)
  await cache.write('later', Buffer.from('2'))
  await steps.share(REPOSITORY)
  assert.equal((await pieces())[0]?.pieces, 4, 'the piece of before is gone')
  assert.deepEqual(
    await onDatabase(url, `SELECT xmin FROM docspool.step_pieces WHERE octet_length(body) > 1000`),
    before,
  )
  const [total] = await onDatabase(url, 'SELECT bytes::int FROM docspool.step_total')
  assert.equal(total?.bytes, (await pieces())[0]?.bytes)
})

test('a damaged or removed result is none, on the disk and in the database', async (t) => {
  const { url, machine, logged } = await start(t)
  const [one, two] = [machine('one'), machine('two')]
  for (const name of ['a', 'b', 'c']) await one.cache.write(name, Buffer.from(`the result ${name} `.repeat(100)))
  await one.steps.share(REPOSITORY)
  const rows = await onDatabase(url, 'SELECT hash, name FROM docspool.steps ORDER BY name')
  const [first, second] = rows
  await onDatabase(url, `UPDATE docspool.step_pieces SET body = 'no gzip' WHERE hash = $1`, [first?.hash])
  await onDatabase(
    url,
    `UPDATE docspool.step_pieces SET body = (SELECT body FROM docspool.step_pieces WHERE hash = $2)
    WHERE hash = $1`,
    [second?.hash, rows[2]?.hash],
  )
  await onDatabase(url, `INSERT INTO docspool.steps (scope, name, hash) VALUES ($1, '../../evil', $2)`, [
    REPOSITORY,
    rows[2]?.hash,
  ])
  await two.steps.hold(REPOSITORY)
  assert.equal((await readdir(two.folder)).length, 1)
  assert.deepEqual(logged, [])

  const [file = ''] = await readdir(two.folder)
  const whole = await readFile(path.join(two.folder, file))
  await writeFile(path.join(two.folder, file), whole.subarray(0, 10))
  await two.steps.hold(REPOSITORY)
  assert.deepEqual(await readFile(path.join(two.folder, file)), whole, 'it is fetched again')
  await rm(path.join(two.folder, file))
  await symlink('/dev/zero', path.join(two.folder, file))
  await two.steps.share(REPOSITORY)
  await two.steps.hold(REPOSITORY)
  assert.deepEqual(await readFile(path.join(two.folder, file)), whole)
})

test('beyond the limit, what was used longest ago is removed', async (t) => {
  const { url, machine } = await start(t, { maxBytes: 50_000 })
  const { shared } = machine('one')
  for (let n = 0; n < 40; n++) {
    await shared.write(`https://h/${n}`, 'a', randomBytes(2_000))
    await onDatabase(url, `UPDATE docspool.steps SET used_at = now() - $2::int * interval '1 day' WHERE scope = $1`, [
      `https://h/${n}`,
      100 - n,
    ])
    if (n === 20) await shared.list('https://h/0')
  }
  const kept = (await onDatabase(url, 'SELECT scope FROM docspool.steps')).map(({ scope }) => String(scope))
  assert.ok(kept.includes('https://h/0'), 'it was used')
  assert.ok(kept.includes('https://h/39'))
  assert.equal(kept.includes('https://h/1'), false)
  const [sum] = await onDatabase(
    url,
    'SELECT sum(octet_length(body))::int AS bytes, (SELECT bytes::int FROM docspool.step_total) AS total FROM docspool.step_pieces',
  )
  assert.equal(sum?.bytes, sum?.total)
  assert.ok(Number(sum?.bytes) <= 50_000)
})

test('a database that is away costs nothing but time', async (t) => {
  const { machine, logged } = await start(t)
  const { folder, cache } = machine('one')
  const away = () => Promise.reject(new Error('away'))
  const steps = createCachedSteps(
    folder,
    { list: away, read: away, write: away },
    {
      ...silent,
      warn: (...args: unknown[]) => void logged.push(String(args[1])),
    },
  )
  await cache.write('a', Buffer.from('a'))
  await steps.hold(REPOSITORY)
  await steps.share(REPOSITORY)
  assert.equal(await text(cache, 'a'), 'a')
  assert.deepEqual(logged, [
    'the results of earlier runs could not be fetched',
    'the results of earlier runs could not be shared',
  ])
})
