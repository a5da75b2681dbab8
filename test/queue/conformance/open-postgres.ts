/** A database, for the suite. A worker that can die is a real process that does nothing else. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { readBootId, readPidNamespace, readStart } from '#base/process.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { sharedServer, takeDatabase } from '../../postgres/server.ts'
import { atEnd, silent } from '../support.ts'
import type { OpenBackend } from './harness.ts'

let counter = 0

export const openPostgresStorage: OpenBackend = async (t, clock) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const options = { log: silent, clock, leaseMs: 60_000, maxConnections: 4 }
  const one = await openPostgres(url, options)
  atEnd(t, () => one.close())
  const two = await openPostgres(url, options)
  atEnd(t, () => two.close())

  async function employ() {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' })
    const pid = child.pid ?? 0
    atEnd(t, () => kill(child))
    const pidStart = readStart(pid)
    const worker = `${pid}-${pidStart}-${(counter++).toString(16).padStart(8, '0')}`
    const info = { worker, pid, pidStart, bootId: readBootId(), pidNamespace: readPidNamespace(), host: hostname() }
    await one.workers.insert(info)
    return { worker, kill: () => kill(child) }
  }

  return { one, two, employ }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
