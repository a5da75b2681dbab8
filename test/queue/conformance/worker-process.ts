/** A worker that can die: a real process that does nothing else. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import type { TestContext } from 'node:test'
import { readBootId, readPidNamespace, readStart } from '#base/process.ts'
import { atEnd } from '../support.ts'

let counter = 0

export function startWorkerProcess(t: TestContext) {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  atEnd(t, () => kill(child))
  const pid = child.pid ?? 0
  const pidStart = readStart(pid)
  const worker = `${pid}-${pidStart}-${(counter++).toString(16).padStart(8, '0')}`
  const info = { worker, pid, pidStart, bootId: readBootId(), pidNamespace: readPidNamespace(), host: hostname() }
  return { worker, info, kill: () => kill(child) }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
