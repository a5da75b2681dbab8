/** `submit`, `follow`, `cancel` and `retry`, as a person and a pipeline use them, against a running docspool with a token. */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, before, it } from 'node:test'
import { program, until } from '../support/docspool.ts'
import { makeRepository } from '../support/repositories.ts'
import { createWorld, type World } from '../support/world.ts'

const TOKEN = 'a-token-of-the-service'
let world: World

before(async () => {
  const settings = { DOCSPOOL_CONCURRENCY: '1', DOCSPOOL_RETRY_COOLDOWN_MINUTES: '0', DOCSPOOL_TOKEN: TOKEN }
  world = await createWorld(settings)
  await makeRepository(path.join(world.root, 'test/told.git'), { 'a.py': 'def a():\n    pass\n' })
})
after(() => world.close())

interface Ran {
  code: number | null
  out: string
  err: string
}

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DOCSPOOL_URL: world.origin, DOCSPOOL_TOKEN: TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout.on('data', (chunk) => (ran.out += String(chunk)))
  child.stderr.on('data', (chunk) => (ran.err += String(chunk)))
  const ended = once(child, 'close').then(([code]): Ran => Object.assign(ran, { code }))
  return { child, ran, ended }
}

it('submits, waits and says where the documents are; what is fresh is said at once', async () => {
  const { code, out, err } = await start(['submit', world.urlOf('told'), '--wait']).ended
  assert.equal(code, 0, err)
  const [status, id, address] = out.trim().split('  ')
  assert.equal(status, 'completed')
  assert.equal(address, `${world.origin}/static-docs/${id}/`)
  assert.match(err, /^ *\d+% /m)
  assert.equal((await fetch(String(address))).status, 200)
  const again = await start(['submit', world.urlOf('told'), '--json']).ended
  assert.deepEqual(
    [JSON.parse(again.out).outcome, JSON.parse(again.out).job_id, again.code],
    ['cached', id, 0],
    again.err,
  )
})

it('a wait that is given up leaves the job alone; cancel and retry do what they say', async () => {
  world.git.faults = { hang: '/git-upload-pack' }
  const waiting = start(['submit', world.urlOf('told'), '--force', '--wait'])
  await until(() => (/%/.test(waiting.ran.err) ? true : undefined))
  waiting.child.kill('SIGINT')
  const { code, err } = await waiting.ended
  assert.equal(code, 1)
  const id = /wait (\S+)`/.exec(err)?.[1] ?? assert.fail(err)

  const cancelled = await start(['cancel', id]).ended
  assert.equal(cancelled.code, 0, cancelled.err)
  assert.match(cancelled.out, /^cancell(?:ing|ed) /)
  const end = await start(['wait', id]).ended
  assert.equal(end.code, 1)
  assert.match(end.out, /^cancelled /)
  assert.doesNotMatch(end.err, /^docspool: |CANCELLED/m)
  assert.match((await start(['cancel', id]).ended).out, /^cancelled /)

  world.git.faults = {}
  const retried = await start(['retry', id]).ended
  assert.match(retried.out, new RegExp(`^(?:queued|processing) {2}${id} {2}${world.origin}/jobs/${id}\n$`))
  const done = await start(['wait', id, '--json']).ended
  assert.equal(JSON.parse(done.out).status, 'completed', done.err)
})

it('a submission waits for its own run, not for one that is requested while it runs', async (t) => {
  const [, id] = (await start(['submit', world.urlOf('told'), '--wait']).ended).out.split('  ')
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  t.after(release)
  world.git.faults = { held }
  const submitForced = () => start(['submit', world.urlOf('told'), '--force', '--wait', '--json'])
  const first = submitForced()
  const read = async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    return await (await fetch(`${world.origin}/api/job/${id}`, { headers })).json()
  }
  await until(async () => ((await read()).status === 'processing' ? true : undefined))
  const second = submitForced()
  await until(async () => ((await read()).follow_up ? true : undefined))
  const switchQueue = (how: 'pause' | 'resume') => start([how, '--spool-dir', world.docspool.spoolDir]).ended
  assert.equal((await switchQueue('pause')).code, 0)
  release()
  world.git.faults = {}
  const { code, out, err } = await first.ended
  assert.equal(code, 0, err)
  const job = JSON.parse(out)
  assert.deepEqual([job.status, job.percent, job.follow_up], ['completed', 100, false])
  assert.deepEqual([(await read()).status, second.ran.code], ['queued', null])
  assert.equal((await switchQueue('resume')).code, 0)
  const last = await second.ended
  assert.equal(last.code, 0, last.err)
  assert.ok(JSON.parse(last.out).submitted_at > job.submitted_at)
})

it('wait, follow, cancel and retry take what submit and ask take, and the newest job of a repository', async () => {
  const url = world.urlOf('told')
  const [, first] = (await start(['submit', url, '--wait']).ended).out.trim().split('  ')
  const submitted = await start(['submit', url, '--commit', 'main', '--wait']).ended
  const [, newest] = submitted.out.trim().split('  ')
  assert.notEqual(newest, first, submitted.err)
  for (const given of [url, `${url}.git`, new URL(url).host + new URL(url).pathname, 'told', 'test/told']) {
    const { code, out, err } = await start(['wait', given, '--json']).ended
    assert.equal(code, 0, `${given}\n${err}`)
    assert.equal(JSON.parse(out).job_id, newest, given)
    assert.match(err, new RegExp(`has several jobs. This is the newest: ${newest}, at main, completed`))
  }
  const one = await start(['follow', 'told', '--commit', 'main']).ended
  assert.equal(one.out.split('  ')[1], newest)
  assert.doesNotMatch(one.err, /several/)
  const other = await start(['wait', url, '-c', 'no-such-branch']).ended
  assert.deepEqual([other.code, other.out], [1, ''])
  assert.match(other.err, /There is no job of .* at no-such-branch/)
  const retried = await start(['retry', 'told', '--commit', 'main', '--json']).ended
  assert.equal(JSON.parse(retried.out).job_id, newest, retried.err)
  const ended = await start(['cancel', url, '--commit', 'main']).ended
  assert.equal(ended.code === 0 || /\(/.test(ended.err), true, ended.err)
  for (const given of ['nobody/nothing', 'https://127.0.0.1/x/y', '/no/such/folder', world.urlOf('nothing')]) {
    const { code, out } = await start(['wait', given]).ended
    assert.deepEqual([code, out], [/^https:|^\/no/.test(given) ? 2 : 1, ''], given)
  }
})

it('what the server refuses is said with its words, and a server that is not there by name', async () => {
  const cases: [string[], Record<string, string>, RegExp][] = [
    [['submit', 'https://example.org/a/b'], {}, /example\.org.*\(HOST_NOT_ALLOWED\)/s],
    [['submit', world.urlOf('told'), '--force'], { DOCSPOOL_TOKEN: '' }, /\(TOKEN_MISSING\)\nSet DOCSPOOL_TOKEN/],
    [['retry', 'nobody--nothing'], {}, /\(NO_SUCH_JOB\)/],
    [['wait', 'nobody--nothing'], {}, /\(NO_SUCH_JOB\)/],
    [['cancel', '../../queue'], {}, /\(SCHEME_NOT_ALLOWED\)/],
    [['cancel', 'a', '--server', 'http://127.0.0.1:1'], {}, /No server answers at http:\/\/127\.0\.0\.1:1.*--server/s],
    [['submit', world.urlOf('told'), '--server', 'example.org'], {}, /\(NOT_A_SERVER\)/],
    [['submit', './no-such-folder'], {}, /\(NO_SUCH_FOLDER\)/],
  ]
  for (const [args, env, expected] of cases) {
    const { code, out, err } = await start(args, env).ended
    assert.deepEqual(
      [code, out],
      [/NOT_ALLOWED|NOT_A_SERVER|NO_SUCH_FOLDER/.test(err) ? 2 : 1, ''],
      `${args.join(' ')}\n${err}`,
    )
    assert.match(err, expected)
  }
})

it('follows a repository, lists it and lets it go', async () => {
  const url = world.urlOf('told')
  const added = await start(['follows', 'add', url, '--tags', 'v*, semver:>=2', '--branches', '', '--every', '2d'])
    .ended
  assert.equal(added.code, 0, added.err)
  assert.match(added.out, / {2}every 2d {2}default branch, v\*, semver:>=2 {2}0 versions {2}not yet checked\n$/)
  const [listed] = (await start(['follows', '--json']).ended).out.split('\n')
  const { repo_url, tags, branches, keep } = JSON.parse(listed ?? '')
  const expected = { repo_url: url, tags: ['v*', 'semver:>=2'], branches: [], keep: null }
  assert.deepEqual({ repo_url, tags, branches, keep }, expected)
  for (const [flag, value, expected] of [
    ['--every', '1m', '--every: expected 15m to 30d, found "1m"'],
    ['--keep', 'x', '--keep: expected a whole number from 1 to 100, found "x"'],
    ['--keep', '0', '--keep: expected a whole number from 1 to 100, found "0"'],
    ['--tags', 'semver:nonsense', '--tags: expected '],
  ] as const) {
    const wrong = await start(['follows', 'add', url, flag, value]).ended
    assert.deepEqual([wrong.code, wrong.err.startsWith(`docspool: ${expected}`)], [2, true], wrong.err)
  }
  const removed = await start(['follows', 'rm', url, '--json']).ended
  assert.equal(removed.code, 0)
  assert.deepEqual(JSON.parse(removed.out), { repo_url: url, removed: true })
  const unknown = await start(['follows', 'remove', url]).ended
  assert.match(unknown.err, /\(NO_SUCH_FOLLOW\)\n/)
  assert.doesNotMatch(unknown.err, /\b(?:GET|POST|PUT) /)
  assert.equal((await start(['follows']).ended).out, 'No repository is followed.\n')
})
