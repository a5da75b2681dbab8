/** The spool, for the suite. A worker that can die is a real process that does nothing else. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { readBootId, readPidNamespace, readStart } from '#base/process.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { atEnd, makeFolder, silent } from '../support.ts'
import type { OpenBackend } from './harness.ts'

let counter = 0

export const openSpoolStorage: OpenBackend = async (t, clock) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const paths = new SpoolPaths(spoolDir)
  const options = { log: silent, clock, leaseMs: 15_000 }
  const one = await openSpool(spoolDir, options)
  atEnd(t, () => one.close())
  const two = await openSpool(spoolDir, options)
  atEnd(t, () => two.close())

  async function employ() {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' })
    const pid = child.pid ?? 0
    atEnd(t, () => kill(child))
    const pidStart = readStart(pid)
    const worker = `${pid}-${pidStart}-${(counter++).toString(16).padStart(8, '0')}`
    const info = { worker, pid, pidStart, bootId: readBootId(), pidNamespace: readPidNamespace(), host: hostname() }
    await writeFile(paths.worker(worker), JSON.stringify(info))
    await mkdir(`${paths.worker(worker)}.lock`)
    await mkdir(paths.activeOf(worker))
    return { worker, kill: () => kill(child) }
  }

  return { one, two, employ }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
