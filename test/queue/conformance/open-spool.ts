/** The spool, for the suite. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { atEnd, makeFolder, silent } from '../support.ts'
import type { OpenBackend } from './harness.ts'
import { startWorkerProcess } from './worker-process.ts'

export const openSpoolStorage: OpenBackend = async (t, clock) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const paths = new SpoolPaths(spoolDir)
  const options = { log: silent, clock, leaseMs: 15_000 }
  const one = await openSpool(spoolDir, options)
  atEnd(t, () => one.close())
  const two = await openSpool(spoolDir, options)
  atEnd(t, () => two.close())

  async function employ() {
    const { worker, info, kill } = startWorkerProcess(t)
    await writeFile(paths.worker(worker), JSON.stringify(info))
    await mkdir(`${paths.worker(worker)}.lock`)
    await mkdir(paths.activeOf(worker))
    return { worker, kill }
  }

  return { one, two, employ }
}
