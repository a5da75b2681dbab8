import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import type { KeptToken, TokenKeeper } from '#http/deps.ts'
import type { ClaimedJob, Run, RunContext, RunResult } from '#queue/runner.ts'
import { createGitTokenKeeper } from '#server/git-token-keeper.ts'
import { openTokenSocket } from '#server/git-token-socket.ts'
import { tokensOfServers, withGitTokens } from '#worker/git-token-source.ts'
import { until } from './support/docspool.ts'
import { lacking } from './support/skips.ts'

const ID = `acme--secret~p${'0123456789abcdef'.repeat(2)}`
const RESULT: RunResult = { docsKey: 'k', resolvedCommit: 'c', summary: '' }
const log = pino({ level: 'silent' })

async function makeSpool(t: TestContext, name = 'spool'): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-tokens-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const spool = path.join(folder, name)
  await mkdir(path.join(spool, 'tokens'), { recursive: true })
  return spool
}

function openKeeper(t: TestContext, spool: string, isUnfinished = async () => true, maxTokens?: number) {
  const more = maxTokens === undefined ? {} : { maxTokens }
  const keeper = createGitTokenKeeper(spool, { isUnfinished, prepare: async () => undefined, log, ...more })
  t.after(() => keeper.close())
  return keeper
}

/** For a job that was accepted. */
async function hold(keeper: TokenKeeper, jobId = ID, token = 'geheim'): Promise<void> {
  const kept = await keeper.keep(jobId, token)
  assert.ok(typeof kept === 'object', String(kept))
  kept.settle(true)
}

/** What a worker would get now. */
const held = (spool: string, jobId = ID) => claim(spool, ['clone'], () => Promise.reject(), jobId)

/** Runs a job that reports these stages, and gives the token it had. */
async function claim(spool: string, stages: string[], outcome = async (): Promise<RunResult> => RESULT, jobId = ID) {
  let token: string | undefined
  const run: Run = async (job, context) => {
    token = job.gitToken
    for (const stage of stages) context.report({ stage, percent: 0, text: '' })
    return await outcome()
  }
  const context = { report: () => undefined } as unknown as RunContext
  await withGitTokens(run, tokensOfServers(spool))({ jobId } as ClaimedJob, context).catch(() => undefined)
  return token
}

describe('a token that comes with a job', () => {
  test('is given to the worker of the job, as often as its clone is tried', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    await hold(keeper)
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
      await hold(keeper)
      assert.equal(await claim(spool, [...stages], outcome), 'geheim')
      await until(async () =>
        (await claim(spool, ['clone'], () => Promise.reject())) === undefined ? true : undefined,
      )
    })
  }

  test('stays for the run that was asked for meanwhile', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    await hold(keeper)
    const again = async (): Promise<RunResult> => {
      await hold(keeper)
      return RESULT
    }
    assert.equal(await claim(spool, ['clone'], again), 'geheim')
    assert.equal(await claim(spool, ['clone'], again), 'geheim')
  })

  test('is found with whichever server of the spool has it', async (t) => {
    const spool = await makeSpool(t)
    const [one, two] = [openKeeper(t, spool), openKeeper(t, spool)]
    await hold(one, 'other')
    await hold(two)
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

  test('gives the same secret at all servers that find a damaged key, which they leave in place', async (t) => {
    const spool = await makeSpool(t)
    await writeFile(path.join(spool, 'tokens', 'key'), 'damaged')
    const secrets = await Promise.all(
      [spool, spool, spool, spool].map((folder) => openKeeper(t, folder).secretFor('https://a/b', 'geheim')),
    )
    assert.equal(new Set(secrets).size, 1)
    assert.equal(await openKeeper(t, spool).secretFor('https://a/b', 'geheim'), secrets[0])
    assert.deepEqual((await readdir(path.join(spool, 'tokens'))).sort(), ['key', 'key-2'])
  })

  test('is told once to a connection, whatever follows the request', async (t) => {
    const folder = path.join(await makeSpool(t), 'tokens')
    let asked = 0
    const answer = () => {
      asked++
      return { token: 'geheim', version: 1 }
    }
    const socket = await openTokenSocket(folder, answer, (error) => assert.fail(error))
    t.after(() => socket.close())
    const [file = ''] = await readdir(folder)
    for (const request of [`{"take":"${ID}"}\n{"take":"${ID}"}\n`, `{"take":"${'x'.repeat(2_000)}"}`]) {
      asked = 0
      const connection = connect(path.join(folder, file))
      const closed = new Promise((resolve) => connection.once('close', resolve))
      // The server may have closed it before the second write.
      connection.on('error', () => undefined)
      let answers = ''
      connection.setEncoding('utf8').on('data', (chunk) => {
        answers += chunk
      })
      connection.write(request)
      await sleep(20)
      connection.write(`{"take":"${ID}"}\n`)
      await closed
      const isValid = request.includes('\n')
      assert.equal(asked, isValid ? 1 : 0)
      assert.equal(answers, isValid ? '{"token":"geheim","version":1}\n' : '')
    }
  })

  test('is not told if the server cannot answer, which reports that', async (t) => {
    const folder = path.join(await makeSpool(t), 'tokens')
    const errors: string[] = []
    const answer = () => {
      throw new Error('a mistake')
    }
    const socket = await openTokenSocket(folder, answer, ({ message }) => errors.push(message))
    t.after(() => socket.close())
    const [file = ''] = await readdir(folder)
    const connection = connect(path.join(folder, file))
    const closed = new Promise((resolve) => connection.once('close', resolve))
    connection.resume().write(`{"take":"${ID}"}\n`)
    await closed
    assert.deepEqual(errors, ['a mistake'])
  })

  test('is only for the user of the service, and nothing of it is a file', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    assert.deepEqual(await readdir(path.join(spool, 'tokens')), [])
    await keeper.secretFor('https://a/b', 'geheim')
    await hold(keeper)
    const folder = path.join(spool, 'tokens')
    const names = await readdir(folder)
    assert.equal(names.length, 2)
    assert.equal((await stat(path.join(folder, 'key'))).mode & 0o777, 0o600)
    assert.ok((await stat(path.join(folder, names.find((name) => name.endsWith('.sock')) ?? ''))).isSocket())
    await keeper.close()
    assert.deepEqual(await readdir(folder), ['key'])
  })

  test('works in folders with long names', async (t) => {
    const spool = await makeSpool(t, 'x'.repeat(200))
    await hold(openKeeper(t, spool))
    assert.equal(await claim(spool, ['clone']), 'geheim')
  })

  test('is gone with its server, and a supervisor clears away what is left', async (t) => {
    const spool = await makeSpool(t)
    const keeper = new URL('../src/server/git-token-keeper.ts', import.meta.url).href
    const text = `import { createGitTokenKeeper } from '${keeper}'
      const keeper = createGitTokenKeeper('${spool}', { isUnfinished: async () => true, prepare: async () => {}, log: console })
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
    skip: process.getuid?.() === 0 && lacking('a user who may not write everywhere'),
  }, async (t) => {
    const spool = await makeSpool(t)
    await chmod(spool, 0o500)
    await assert.rejects(openKeeper(t, spool).keep(ID, 'geheim'), { code: 'SPOOL_UNAVAILABLE' })
  })

  test('is swept once at a time, however long the state of jobs takes to read', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const spool = await makeSpool(t)
    let reads = 0
    const keeper = openKeeper(t, spool, () => {
      reads++
      return new Promise(() => undefined)
    })
    await hold(keeper)
    t.mock.timers.tick(180_000)
    t.mock.timers.reset()
    assert.equal(reads, 1)
  })

  test('is forgotten when its job has ended otherwise', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool, async () => false)
    await hold(keeper)
    t.mock.timers.tick(60_000)
    t.mock.timers.reset()
    await until(async () => ((await claim(spool, ['clone'], () => Promise.reject())) === undefined ? true : undefined))
  })

  test('of a request that was refused is not kept, and takes nothing from the job', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    const refuse = async (token: string) => {
      const kept = await keeper.keep(ID, token)
      if (typeof kept === 'object') kept.settle(false)
    }
    await refuse('geheim')
    assert.equal(await held(spool), undefined)
    await hold(keeper)
    for (const token of ['geheim', 'geheim', 'strange']) {
      await refuse(token)
      assert.equal(await held(spool), 'geheim', token)
    }
  })

  test('comes back as it was when several requests overlap, in whichever order they end', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    const keep = async () => (await keeper.keep(ID, 'geheim')) as KeptToken
    for (const [ends, isLeft] of [
      [
        [
          [0, true],
          [1, false],
        ],
        true,
      ],
      [
        [
          [1, false],
          [0, true],
        ],
        true,
      ],
      [
        [
          [0, false],
          [1, false],
        ],
        false,
      ],
      [
        [
          [1, false],
          [0, false],
        ],
        false,
      ],
      [
        [
          [1, true],
          [0, false],
        ],
        true,
      ],
    ] as const) {
      const kept = [await keep(), await keep()]
      for (const [which, isUsed] of ends) kept[which]?.settle(isUsed)
      assert.equal(await held(spool), isLeft ? 'geheim' : undefined, JSON.stringify(ends))
      await claim(spool, ['clone'])
      await until(async () => ((await held(spool)) === undefined ? true : undefined))
    }
  })

  test('that a worker has used does not come back with a refusal', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool)
    await hold(keeper)
    let late: KeptToken | undefined
    const during = async (): Promise<RunResult> => {
      late = (await keeper.keep(ID, 'geheim')) as KeptToken
      return RESULT
    }
    assert.equal(await claim(spool, ['clone'], during), 'geheim')
    await until(async () => {
      late?.settle(false)
      return (await held(spool)) === undefined ? true : undefined
    })
  })

  test('of another request waits until the job has ended', async (t) => {
    const spool = await makeSpool(t)
    let isUnfinished = true
    const keeper = openKeeper(t, spool, async () => isUnfinished)
    await hold(keeper)
    assert.equal(await keeper.keep(ID, 'strange'), 'token in use')
    isUnfinished = false
    const [one, two] = await Promise.all([keeper.keep(ID, 'b'), keeper.keep(ID, 'c')])
    assert.equal(typeof one, 'object')
    assert.equal(two, 'token in use')
  })

  test('is one of so many', async (t) => {
    const spool = await makeSpool(t)
    const keeper = openKeeper(t, spool, undefined, 2)
    await hold(keeper, 'a')
    await hold(keeper, 'b')
    assert.equal(await keeper.keep('c', 'geheim'), 'too many')
    await hold(keeper, 'a')
  })

  test('takes one of the places of its client, which has a tenth of all', async (t) => {
    const keeper = openKeeper(t, await makeSpool(t), undefined, 30)
    const keep = async (jobId: string, client?: string) => {
      const kept = await keeper.keep(jobId, 'geheim', client)
      if (typeof kept === 'object') kept.settle(true)
      return typeof kept === 'object' ? 'kept' : kept
    }
    for (const jobId of ['a', 'b', 'c']) assert.equal(await keep(jobId, '192.0.2.1'), 'kept')
    assert.equal(await keep('d', '192.0.2.1'), 'too many')
    assert.equal(await keep('a', '192.0.2.1'), 'kept', 'it is held already')
    assert.equal(await keep('d', '192.0.2.2'), 'kept')
    for (let n = 0; n < 10; n++) assert.equal(await keep(`known${n}`), 'kept', 'with the token of the service')
  })
})
