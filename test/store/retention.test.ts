/** Which sets go: by who refers to them, by their last use, and by the room there is. The clock is the test's. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import type { NewSet } from '#store/publish-set.ts'
import {
  createSetRetention,
  GRACE_MS,
  NO_LIMIT,
  type ReadReferences,
  type SetLimits,
  type SetRetentionDeps,
  TICK,
} from '#store/retention.ts'
import { createSetStore } from '#store/sets.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ROOMY: SetLimits = { maxIdleMs: 365 * DAY, maxBytes: 0 }

function makeSet(name: string): NewSet {
  return {
    manifest: {
      repo_url: `https://github.com/acme/${name.replace(/\d+$/, '')}`,
      name,
      full_name: `acme/${name}`,
      commit: 'a'.repeat(40),
      commit_url: null,
      committed_at: '2026-01-01T00:00:00Z',
      main_model: 'offline',
      generator_version: '0.0.0',
      statistics: { files: 1, lines: 1, components: 1, edges: 0, modules: 0, pages: 1 },
      pages: [{ file: 'overview.md', title: name, module: null, html: 'overview.html', headings: [], diagrams: 0 }],
      tree: [],
    },
    files: new Map([['overview.md', name]]),
    html: new Map([['overview.html', name]]),
  }
}

async function setUp(t: TestContext, limits: SetLimits, deps: Partial<SetRetentionDeps> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-sets-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const clock = Object.assign(() => clock.now, { now: Date.now() })
  const sets = createSetStore(folder, clock)
  const tidy = createSetRetention({ sets, limits, clock, ...deps })
  const keys = new Map<string, string>()
  const use = (name: string, at: number) => utimes(path.join(folder, keys.get(name) ?? ''), at / 1_000, at / 1_000)
  return {
    folder,
    clock,
    sets,
    tidy,
    use,
    key: (name: string) => keys.get(name) ?? assert.fail(name),
    /** Publish, last used so long ago. */
    async publish(name: string, ageMs: number) {
      keys.set(name, await sets.publish(makeSet(name)))
      await use(name, clock.now - ageMs)
    },
    async left() {
      const present = await sets.list()
      return [...keys].filter(([, key]) => present.includes(key)).map(([name]) => name)
    },
  }
}

const allReferred = (): ReadReferences => async () => ({
  keys: { has: () => true } as never,
  kept: new Set(),
  isBusy: false,
  jobs: 1,
})

test('a set without a job goes when it has been without one for an hour, and was not used within the last', async (t) => {
  const { tidy, publish, clock, key, use, left } = await setUp(t, ROOMY)
  for (const name of ['kept', 'old', 'read']) await publish(name, 10 * HOUR)
  const readReferences: ReadReferences = async () => ({
    keys: new Set([key('kept')]),
    kept: new Set(),
    isBusy: false,
    jobs: 1,
  })
  assert.deepEqual((await tidy(TICK, readReferences)).removed, [])
  clock.now += GRACE_MS - 1
  await use('read', clock.now)
  assert.deepEqual((await tidy(TICK, readReferences)).removed, [])
  clock.now += 1
  const { removed, sets } = await tidy(TICK, readReferences)
  assert.deepEqual(
    removed.map(({ key, reason }) => [key, reason]),
    [[key('old'), 'orphaned']],
  )
  assert.ok((removed[0]?.bytes ?? 0) >= 4_096 * 3)
  assert.equal(sets, 2)
  assert.deepEqual(await left(), ['kept', 'read'])
})

test('a set that a job names again is no orphan, and neither is one while a job of its repository runs', async (t) => {
  const { tidy, publish, clock, key, left } = await setUp(t, ROOMY)
  await publish('a', 10 * HOUR)
  const none: ReadReferences = async () => ({ keys: new Set(), kept: new Set(), isBusy: false, jobs: 1 })
  await tidy(TICK, none)
  clock.now += GRACE_MS
  await tidy(TICK, async () => ({ keys: new Set([key('a')]), kept: new Set(), isBusy: false, jobs: 1 }))
  await tidy(TICK, none)
  clock.now += GRACE_MS
  await tidy(TICK, async () => ({ keys: new Set(), kept: new Set(), isBusy: true, jobs: 1 }))
  await tidy(TICK, none)
  assert.deepEqual(await left(), ['a'])
  clock.now += GRACE_MS
  await tidy(TICK, none)
  assert.deepEqual(await left(), [])
})

test('jobs are asked for some repositories at a time, and the next call goes on', async (t) => {
  const { tidy, publish } = await setUp(t, ROOMY)
  for (const name of ['a1', 'a2', 'b1', 'c1', 'd1']) await publish(name, HOUR)
  const asked: string[] = []
  const readReferences: ReadReferences = async (repoUrl) => {
    asked.push(repoUrl.at(-1) ?? '')
    return { keys: new Set(), kept: new Set(), isBusy: false, jobs: 3 }
  }
  for (let round = 0; round < 3; round++) await tidy({ ...NO_LIMIT, jobs: 4 }, readReferences)
  assert.deepEqual(asked, ['a', 'b', 'c', 'd', 'a', 'b'])
})

test('a set that nobody has used for long goes, also when a job refers to it; a limit below a day counts as a day', async (t) => {
  const limits = { maxIdleMs: 0, maxBytes: 0 }
  const { tidy, publish, left } = await setUp(t, limits)
  await publish('a', DAY + 1)
  await publish('b', DAY - 60_000)
  const { removed } = await tidy(TICK, allReferred())
  assert.deepEqual(
    removed.map(({ reason }) => reason),
    ['idle'],
  )
  assert.deepEqual(await left(), ['b'])
})

test('above the limit of bytes, what was used least recently goes first, until there is room', async (t) => {
  const one = 4_096 * 3
  const { tidy, publish, use, clock, left } = await setUp(t, { ...ROOMY, maxBytes: 3 * one })
  for (const [index, name] of ['a', 'b', 'c', 'd', 'e'].entries()) await publish(name, (10 - index) * HOUR)
  assert.equal((await tidy({ ...TICK, removals: 0 }, allReferred())).bytes, 5 * one)
  // Served since the first look: the order is that of the disk.
  await use('a', clock.now - 11 * 60_000)
  const { removed, bytes } = await tidy(TICK, allReferred())
  assert.deepEqual(
    removed.map(({ reason }) => reason),
    ['crowded', 'crowded'],
  )
  assert.equal(bytes, 3 * one)
  assert.deepEqual(await left(), ['a', 'd', 'e'])
})

test('sets of one repository go in one pass until there is room', async (t) => {
  const probe = await setUp(t, ROOMY)
  await probe.publish('plan1', HOUR)
  const { bytes: one } = await probe.sets.measure(probe.key('plan1'))
  const { tidy, publish, left } = await setUp(t, { ...ROOMY, maxBytes: 3 * one })
  for (let index = 1; index <= 5; index++) await publish(`plan${index}`, (10 - index) * HOUR)
  const { removed, bytes } = await tidy(TICK, allReferred())
  assert.equal(removed.length, 2)
  assert.equal(bytes, 3 * one)
  assert.deepEqual(await left(), ['plan3', 'plan4', 'plan5'])
})

test('nothing that was used a moment ago goes for want of room', async (t) => {
  const { tidy, publish, left } = await setUp(t, { ...ROOMY, maxBytes: 1 })
  await publish('a', 9 * 60_000)
  await publish('b', 11 * 60_000)
  await tidy(TICK, allReferred())
  assert.deepEqual(await left(), ['a'])
})

test('nothing goes for want of room before all have been measured, and sizes are measured once', async (t) => {
  const { tidy, publish, sets, left } = await setUp(t, { ...ROOMY, maxBytes: 1 })
  for (const name of ['a', 'b', 'c']) await publish(name, HOUR)
  let measured = 0
  const { measure } = sets
  sets.measure = (key) => {
    measured += 1
    return measure(key)
  }
  // Three looks and three manifests; then two sets of five files and folders.
  await tidy({ ...NO_LIMIT, files: 3 + 300 }, allReferred())
  assert.equal(measured, 0)
  await tidy({ ...NO_LIMIT, files: 6 }, allReferred())
  assert.equal(measured, 2)
  assert.deepEqual(await left(), ['a', 'b', 'c'])
  await tidy({ ...NO_LIMIT, removals: 1 }, allReferred())
  assert.equal((await left()).length, 2)
  await tidy({ ...NO_LIMIT, removals: 1 }, allReferred())
  assert.equal((await left()).length, 1)
  assert.equal(measured, 3)
})

test('a call removes only so many sets without a job, even of one repository', async (t) => {
  const { tidy, publish, left } = await setUp(t, ROOMY, { orphanMs: 0 })
  for (let n = 0; n < 5; n++) await publish(`a${n}`, 10 * HOUR)
  const none: ReadReferences = async () => ({ keys: new Set(), kept: new Set(), isBusy: false, jobs: 0 })
  await tidy({ ...NO_LIMIT, removals: 2 }, none)
  assert.equal((await left()).length, 3)
  await tidy({ ...NO_LIMIT, removals: 3 }, none)
  assert.deepEqual(await left(), [])
})

test('a call removes only so many', async (t) => {
  const { tidy, publish, left } = await setUp(t, { maxIdleMs: DAY, maxBytes: 0 })
  for (let n = 0; n < 5; n++) await publish(`a${n}`, 2 * DAY)
  await tidy({ ...NO_LIMIT, removals: 2 }, allReferred())
  assert.equal((await left()).length, 3)
})

test('a dry run tells the same and changes nothing', async (t) => {
  const limits = { maxIdleMs: 5 * DAY, maxBytes: 4_096 * 3 }
  const { tidy, publish, folder, key, left } = await setUp(t, limits, { isDry: true, orphanMs: 0 })
  await publish('orphan', 2 * HOUR)
  await publish('idle', 6 * DAY)
  await publish('crowded', 5 * HOUR)
  await publish('kept', HOUR)
  await mkdir(path.join(folder, '.tmp-1-x'))
  await utimes(path.join(folder, '.tmp-1-x'), 1, 1)
  const before = await readdir(folder)
  const { removed, sets, swept } = await tidy(NO_LIMIT, async (repoUrl) => {
    return {
      keys: new Set(repoUrl.endsWith('orphan') ? [] : [key('idle'), key('crowded'), key('kept')]),
      kept: new Set(),
      isBusy: false,
      jobs: 1,
    }
  })
  assert.deepEqual(
    removed.map(({ reason }) => reason),
    ['orphaned', 'idle', 'crowded'],
  )
  assert.deepEqual([sets, swept], [1, 0])
  assert.deepEqual(await readdir(folder), before)
  assert.equal((await left()).length, 4)
})

test('a set whose manifest is of another version is no orphan', async (t) => {
  const { tidy, publish, folder, key, left, use, clock } = await setUp(t, ROOMY, { orphanMs: 0 })
  await publish('newer', 2 * HOUR)
  await writeFile(path.join(folder, key('newer'), 'manifest.json'), '{"version":4}')
  await use('newer', clock.now - 2 * HOUR)
  await tidy(NO_LIMIT, async () => ({ keys: new Set(), kept: new Set(), isBusy: false, jobs: 1 }))
  assert.deepEqual(await left(), ['newer'])
})

test('a set that is published again while it is being removed stays', async (t) => {
  const { publish, sets, clock, key, folder } = await setUp(t, ROOMY)
  await publish('a', 10 * HOUR)
  const usedMs = (await sets.lastUse(key('a'))) ?? assert.fail()
  clock.now += 1_000
  assert.equal(await sets.publish(makeSet('a')), key('a'))
  assert.equal(await sets.removeUnused(key('a'), usedMs), false)
  assert.equal(String(await sets.readHtml(key('a'), 'overview.md')), 'a')
  assert.deepEqual(await readdir(folder), [key('a')])
  assert.equal(await sets.removeUnused(key('a'), clock.now), true)
  assert.deepEqual(await readdir(folder), [])
})

test('publishing and removing one set at the same time never leaves a published set missing', async (t) => {
  const { sets, clock, folder } = await setUp(t, ROOMY)
  const key = await sets.publish(makeSet('a'))
  for (let round = 0; round < 40; round++) {
    const usedMs = clock.now
    await utimes(path.join(folder, key), usedMs / 1_000, usedMs / 1_000)
    clock.now += 10_000
    await Promise.all([sets.removeUnused(key, usedMs), sets.publish(makeSet('a')), sets.removeUnused(key, usedMs)])
    assert.equal(String(await createSetStore(folder).readHtml(key, 'overview.md')), 'a')
  }
})

test('a use is noted at most once an hour, in the background, and outlives the program', async (t) => {
  const { sets, publish, key, clock, folder } = await setUp(t, ROOMY)
  await publish('a', 10 * HOUR)
  const stampOf = async () => Math.round((await stat(path.join(folder, key('a')))).mtimeMs)
  sets.noteUse(key('a'))
  while ((await stampOf()) !== clock.now) await new Promise((resolve) => setImmediate(resolve))
  const first = clock.now
  clock.now += HOUR - 1
  sets.noteUse(key('a'))
  sets.noteUse('../../etc')
  assert.equal(await sets.renew('f'.repeat(32)), false)
  assert.equal(await stampOf(), first)
  clock.now += 1
  sets.noteUse(key('a'))
  while ((await stampOf()) !== clock.now) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(Math.round((await createSetStore(folder).lastUse(key('a'))) ?? 0), clock.now)
})

test('what a follow wants goes neither for its age nor for its size, until it is no longer wanted', async (t) => {
  const { tidy, publish, key, left } = await setUp(t, { maxIdleMs: DAY, maxBytes: 1 })
  for (const name of ['wanted', 'old', 'young']) await publish(name, name === 'young' ? HOUR : 3 * DAY)
  let kept = new Set([key('wanted')])
  const readReferences: ReadReferences = async (repoUrl) => ({ ...(await allReferred()(repoUrl)), kept })
  const { removed } = await tidy(TICK, readReferences)
  assert.deepEqual(
    removed.map(({ reason }) => reason),
    ['idle', 'crowded'],
  )
  assert.deepEqual(await left(), ['wanted'])
  kept = new Set()
  await tidy(TICK, readReferences)
  assert.deepEqual(await left(), [])
})

test('what else counts for the limit leaves less of it to sets', async (t) => {
  const others = { bytes: 0 }
  const probe = await setUp(t, ROOMY)
  await probe.publish('probe', HOUR)
  const { bytes } = await probe.sets.measure(probe.key('probe'))
  const limits = { ...ROOMY, maxBytes: 3.5 * bytes }
  const { tidy, publish, left } = await setUp(t, limits, { otherBytes: async () => others.bytes })
  for (const [name, age] of [
    ['oldest', 4],
    ['older', 3],
    ['newest', 2],
  ] as const)
    await publish(name, age * HOUR)
  await tidy(TICK, allReferred())
  assert.deepEqual(await left(), ['oldest', 'older', 'newest'])
  others.bytes = 1.2 * bytes
  await tidy(TICK, allReferred())
  assert.deepEqual(await left(), ['older', 'newest'])
})
