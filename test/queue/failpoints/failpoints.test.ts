/**
 * A process that dies, or meets a full disk, between any two system calls of a move loses nothing and does nothing twice.
 * Each failpoint of the program in turn, in a process of its own that takes a spool through every move there is.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { FAILPOINTS, type Failpoint } from '#base/failpoint.ts'
import { copyOf, inspect, makeInheritance, startMoves } from './moves.ts'

/** Those of a move to another storage are tried in `test/postgres/move.test.ts`. */
const HERE = FAILPOINTS.filter((name) => !name.startsWith('move:'))

/** Processes at once; most of their time they wait. */
const concurrency = 4

for (const mode of ['exit', 'ENOSPC'] as const) {
  test(mode === 'exit' ? 'killed at each failpoint' : 'a full disk at each failpoint', { concurrency }, async (t) => {
    const spoolDir = await makeInheritance(t)
    await Promise.all(HERE.map((name) => t.test(name, (t) => tryFailpoint(t, spoolDir, name, mode))))
  })
}

async function tryFailpoint(t: TestContext, from: string, name: Failpoint, mode: 'exit' | 'ENOSPC'): Promise<void> {
  const spoolDir = await copyOf(t, from)
  const { code, signal, stderr } = await startMoves(spoolDir, 'all', `${name}=${mode}`).ended
  if (mode === 'exit') {
    assert.equal(signal, 'SIGKILL', `the failpoint is reached: ended with ${code}, ${stderr}`)
    const rest = await startMoves(spoolDir, 'rest').ended
    assert.equal(rest.code, 0, rest.stderr)
  } else assert.equal(code, 0, `${signal} ${stderr}`)
  await inspect(spoolDir)
}
