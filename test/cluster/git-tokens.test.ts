/** Tokens of jobs reach the supervisor of any machine, sealed, and stay no longer than they are needed. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { createSealedTokens } from '#cluster/git-tokens.ts'
import { createTokenSeal } from '#cluster/token-seal.ts'
import type { KeptToken } from '#http/deps.ts'
import { onDatabase } from '../postgres/start-server.ts'
import { silent } from '../queue/support.ts'
import { connectMachines, jobRow } from './machines.ts'

const key = randomBytes(32)

async function start(t: TestContext, maxTokens?: number) {
  const { url, databases } = await connectMachines(t)
  const options = { log: silent, ...(maxTokens !== undefined && { maxTokens }) }
  const [server, supervisor] = databases.map((database) => createSealedTokens(database, key, options))
  return { url, databases, server: server ?? assert.fail(), supervisor: supervisor ?? assert.fail() }
}

function kept(answer: KeptToken | string): KeptToken {
  assert.ok(typeof answer === 'object', String(answer))
  return answer
}

test('a token is sealed in the database, and opened on another machine until it is dropped', async (t) => {
  const { url, server, supervisor } = await start(t)
  await kept(await server.keep('h--a', 'glpat-secret', '10.0.0.1')).settle(true)
  const [row] = await onDatabase(url, 'SELECT * FROM docspool.git_tokens')
  for (const text of ['glpat-secret', '10.0.0.1']) {
    assert.equal(JSON.stringify(row).includes(text), false)
    for (const value of Object.values(row ?? {})) {
      if (Buffer.isBuffer(value)) assert.equal(value.includes(text), false)
    }
  }
  const found = (await supervisor.take('h--a')) ?? assert.fail('no token')
  assert.equal(found.token, 'glpat-secret')
  await supervisor.drop('h--a', found.version)
  assert.equal(await supervisor.take('h--a'), undefined)
})

test('a sealed token opens for its job and key only, and not if it was changed', () => {
  const seal = createTokenSeal(key)
  const sealed = seal.seal('h--a', 'token')
  assert.equal(seal.open('h--a', sealed), 'token')
  assert.notDeepEqual(seal.seal('h--a', 'token'), sealed)
  assert.equal(seal.open('h--b', sealed), undefined)
  assert.equal(createTokenSeal(randomBytes(32)).open('h--a', sealed), undefined)
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    assert.equal(seal.open('h--a', changed), undefined, `byte ${at}`)
    assert.equal(seal.open('h--a', sealed.subarray(0, at)), undefined, `${at} bytes`)
  }
})

test('the id of a private job is the same on all servers, and says nothing about the token', async (t) => {
  const { server, supervisor } = await start(t)
  const secret = await server.secretFor('https://h/a', 'token')
  assert.match(secret, /^[0-9a-f]{32}$/)
  assert.equal(await supervisor.secretFor('https://h/a', 'token'), secret)
  assert.notEqual(await server.secretFor('https://h/b', 'token'), secret)
  assert.notEqual(createTokenSeal(randomBytes(32)).secretFor('https://h/a', 'token'), secret)
})

test('a job has one token: another one waits until the job has finished', async (t) => {
  const { url, server, supervisor: other } = await start(t)
  const first = kept(await server.keep('h--a', 'one'))
  assert.equal(await other.keep('h--a', 'two'), 'token in use', 'a submission is under way')
  await onDatabase(url, jobRow('h--a', 'queued'))
  await first.settle(true)
  assert.equal(await other.keep('h--a', 'two'), 'token in use')
  await kept(await other.keep('h--a', 'one')).settle(true)
  await onDatabase(url, jobRow('h--a', 'completed'))
  await kept(await other.keep('h--a', 'two')).settle(true)
  assert.equal((await server.take('h--a'))?.token, 'two')
})

test('a submission that is not used gives back the token of before; an earlier run does not drop a later one', async (t) => {
  const { url, server, supervisor } = await start(t)
  await onDatabase(url, jobRow('h--a', 'processing'))
  await kept(await server.keep('h--a', 'one')).settle(true)
  const before = (await supervisor.take('h--a')) ?? assert.fail()
  await kept(await server.keep('h--a', 'one')).settle(false)
  assert.deepEqual(await supervisor.take('h--a'), before)
  await kept(await server.keep('h--a', 'one')).settle(true)
  await supervisor.drop('h--a', before.version)
  assert.equal((await supervisor.take('h--a'))?.token, 'one')
})

test('tokens are limited in all and for each client', async (t) => {
  const { server, supervisor: other } = await start(t, 20)
  for (const id of ['1', '2']) await kept(await server.keep(`h--${id}`, 'x', '10.0.0.1')).settle(true)
  assert.equal(await other.keep('h--3', 'x', '10.0.0.1'), 'too many')
  await kept(await other.keep('h--1', 'x', '10.0.0.1')).settle(true)
  for (let id = 4; id < 22; id++) kept(await other.keep(`h--${id}`, 'x'))
  assert.equal(await server.keep('h--30', 'x'), 'too many')
})

test('a token of another key cannot be opened, which is logged, and gives way to a new one', async (t) => {
  const { url, databases, server } = await start(t)
  const logged: object[] = []
  const log = { ...silent, error: (about: object) => void logged.push(about) }
  const [database] = databases
  const foreign = createSealedTokens(database ?? assert.fail(), randomBytes(32), { log })
  await onDatabase(url, jobRow('h--a', 'queued'))
  await kept(await server.keep('h--a', 'one')).settle(true)
  assert.equal(await foreign.take('h--a'), undefined)
  assert.deepEqual(logged, [{ job_id: 'h--a', reason: 'DOCSPOOL_SECRET_KEY differs between machines' }])
  await kept(await foreign.keep('h--a', 'two')).settle(true)
  assert.equal((await foreign.take('h--a'))?.token, 'two')
})

test('tokens of finished jobs are removed, those of jobs that wait stay', async (t) => {
  const { url, server } = await start(t)
  for (const id of ['a', 'b', 'c', 'd']) await kept(await server.keep(`h--${id}`, 'x')).settle(true)
  await onDatabase(url, `UPDATE docspool.git_tokens SET kept_at = now() - interval '1 hour' WHERE job_id <> 'h--d'`)
  await onDatabase(url, `${jobRow('h--a', 'queued')}; ${jobRow('h--b', 'failed')}`)
  assert.equal(await server.sweep(), 2, 'b has finished, c was never accepted')
  assert.deepEqual(await onDatabase(url, 'SELECT job_id FROM docspool.git_tokens ORDER BY 1'), [
    { job_id: 'h--a' },
    { job_id: 'h--d' },
  ])
})
