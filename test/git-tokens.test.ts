import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import pino from 'pino'
import type { ClaimedJob, Run, RunContext, RunResult } from '#queue/contract.ts'
import { createGitTokenKeeper } from '../src/git-token-keeper.ts'
import { withGitTokens } from '../src/git-token-source.ts'
import { until } from './support/docspool.ts'

const ID = `acme--secret~p${'0123456789abcdef'.repeat(2)}`
const RESULT: RunResult = { docsKey: 'k', resolvedCommit: 'c', summary: '' }
const log = pino({ level: 'silent' })

async function makeSpool(t: TestContext, name = 'spool'): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-tokens-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const spool = path.join(folder, name)
  await mkdir(spool)
  return spool
}

function openKeeper(t: TestContext, spool: string, isUnfinished = async () => true) {
  const keeper = createGitTokenKeeper(spool, { isUnfinished, log })
  t.after(() => keeper.close())
  return keeper
}

/** Runs a job that reports these stages, and gives the token it had. */
async function claim(spool: string, stages: string[], outcome = async (): Promise<RunResult> => RESULT, jobId = ID) {
  let token: string | undefined
  const run: Run = async (job, context) => {
    token = job.gitToken
    for (const stage of stages) context.report({ stage, percent: 0, text: '' })
    return await outcome()
  }
  const context = { report: () => undefined } as unknown as RunContext
  await withGitTokens(run, spool)({ jobId } as ClaimedJob, context).catch(() => undefined)
  return token
}

describe('a token that comes with a job', () => {
  test('is given to the worker of the job, as often as its clone is tried', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    await keeper.keep(ID, 'geheim')
    const failing = () => Promise.reject(new Error('the host is away'))
    assert.equal(await claim(spool, ['clone'], failing), 'geheim')
    assert.equal(await claim(spool, ['clone'], failing), 'geheim')
    assert.equal(await claim(spool, ['clone'], failing, 'acme--other'), undefined)
  })

  for (const [when, stages, outcome] of [
    ['a later stage begins', ['clone', 'inventory'], () => Promise.reject(new Error('too large'))],
    ['nothing has changed', ['clone'], async () => RESULT],
  ] as const) {
    test(`is gone when ${when}`, async (t) => {
      const spool = await makeSpool(t)
      const keeper = openKeeper(t, spool)
      await keeper.keep(ID, 'geheim')
      assert.equal(await claim(spool, [...stages], outcome), 'geheim')
      await until(async () =>
        (await claim(spool, ['clone'], () => Promise.reject())) === undefined ? true : undefined,
      )
    })
  }

  test('stays for the run that was asked for meanwhile', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    await keeper.keep(ID, 'geheim')
    const again = async (): Promise<RunResult> => {
      await keeper.keep(ID, 'geheim')
      return RESULT
    }
    assert.equal(await claim(spool, ['clone'], again), 'geheim')
    assert.equal(await claim(spool, ['clone'], again), 'geheim')
  })

  test('is found with whichever server of the spool has it', async (t) => {
    const spool = await makeSpool(t)
    const [one, two] = [openKeeper(t, spool), openKeeper(t, spool)]
    await one.keep('other', 'x')
    await two.keep(ID, 'geheim')
    assert.equal(await claim(spool, ['clone']), 'geheim')
  })

  test('gives the same secret at all servers of a spool, also at later ones, and another one elsewhere', async (t) => {
    const [spool, elsewhere] = [await makeSpool(t), await makeSpool(t)]
    const secrets = await Promise.all(
      [spool, spool, spool, spool].map((folder) => openKeeper(t, folder).secretFor('https://a/b', 'geheim')),
    )
    assert.match(secrets[0] ?? '', /^[0-9a-f]{32}$/)
    assert.equal(new Set(secrets).size, 1)
    for (const other of [
      await openKeeper(t, spool).secretFor('https://a/c', 'geheim'),
      await openKeeper(t, spool).secretFor('https://a/b', 'geheim2'),
      await openKeeper(t, elsewhere).secretFor('https://a/b', 'geheim'),
    ]) {
      assert.notEqual(other, secrets[0])
    }
  })

  test('is only for the user of the service, and nothing of it is a file', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    assert.deepEqual(await readdir(spool), [])
    await keeper.secretFor('https://a/b', 'geheim')
    await keeper.keep(ID, 'geheim')
    const folder = path.join(spool, 'tokens')
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    const names = await readdir(folder)
    assert.equal(names.length, 2)
    assert.equal((await stat(path.join(folder, 'key'))).mode & 0o777, 0o600)
    assert.ok((await stat(path.join(folder, names.find((name) => name.endsWith('.sock')) ?? ''))).isSocket())
    await keeper.close()
    assert.deepEqual(await readdir(folder), ['key'])
  })

  test('works in folders with long names', async (t) => {
    const spool = await makeSpool(t, 'x'.repeat(200))
    await openKeeper(t, spool).keep(ID, 'geheim')
    assert.equal(await claim(spool, ['clone']), 'geheim')
  })

  test('is gone with its server, and a supervisor clears away what is left', async (t) => {
    const spool = await makeSpool(t)
    const keeper = new URL('../src/git-token-keeper.ts', import.meta.url).href
    const text = `import { createGitTokenKeeper } from '${keeper}'
      const keeper = createGitTokenKeeper('${spool}', { isUnfinished: async () => true, log: console })
      await keeper.keep('${ID}', 'geheim'); console.log('kept'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', text], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    assert.equal(await claim(spool, ['clone'], () => Promise.reject()), 'geheim')
    child.kill('SIGKILL')
    await once(child, 'close')
    assert.equal(await claim(spool, ['clone']), undefined)
    await until(async () => ((await readdir(path.join(spool, 'tokens'))).length === 0 ? true : undefined))
  })

  test('is not accepted when it cannot be held', {
    skip: process.getuid?.() === 0 && 'root may write everywhere',
  }, async (t) => {
    const spool = await makeSpool(t)
    await chmod(spool, 0o500)
    await assert.rejects(openKeeper(t, spool).keep(ID, 'geheim'), { code: 'SPOOL_UNAVAILABLE' })
  })

  test('is forgotten when its job has ended otherwise', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool, async () => false)
    await keeper.keep(ID, 'geheim')
    t.mock.timers.tick(60_000)
    t.mock.timers.reset()
    await until(async () => ((await claim(spool, ['clone'], () => Promise.reject())) === undefined ? true : undefined))
  })
})
