/**
 * A process that stops between two system calls of a move for longer than its lease, and goes on when others have taken
 * over and done what it was about to do, does nothing twice and undoes nothing.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import type { Failpoint } from '#base/failpoint.ts'
import { atEnd, until } from '../support.ts'
import { copyOf, inspect, makeInheritance, startMoves } from './moves.ts'

/** Processes at once; most of their time they wait. */
const concurrency = 4

/** Those after which another process may do the same, or its opposite, before this one goes on. */
const FREEZING: readonly Failpoint[] = [
  'claim:renamed',
  'claim:recorded',
  'record:written',
  'record:linked',
  'commit:recorded',
  'commit:listed',
  'back:entered',
  'again:unlisted',
  'again:recorded',
  'reap:killed',
  'reap:recorded',
  'remove:unlisted',
]

test('stopped at a failpoint for longer than the lease, and going on after others took over', {
  concurrency,
}, async (t) => {
  const inherited = await makeInheritance(t)
  await Promise.all(FREEZING.map((name) => t.test(name, (t) => freeze(t, inherited, name))))
})

async function freeze(t: TestContext, from: string, name: Failpoint): Promise<void> {
  const spoolDir = await copyOf(t, from)
  const frozen = startMoves(spoolDir, 'all', `${name}=stop`)
  const { pid } = frozen.process
  assert.ok(pid !== undefined)
  atEnd(t, () => frozen.process.kill('SIGKILL'))
  await until(() => / T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')), 'it has stopped')
  const rest = await startMoves(spoolDir, 'rest').ended
  assert.equal(rest.code, 0, rest.stderr)
  frozen.process.kill('SIGCONT')
  const { code, signal, stderr } = await frozen.ended
  assert.equal(code, 0, `${signal} ${stderr}`)
  await inspect(spoolDir)
}
