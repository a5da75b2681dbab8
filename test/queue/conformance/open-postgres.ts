/** A database, for the suite. */
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { sharedServer, takeDatabase } from '../../postgres/server.ts'
import { atEnd, silent } from '../support.ts'
import type { OpenBackend } from './harness.ts'
import { startWorkerProcess } from './worker-process.ts'

export const openPostgresStorage: OpenBackend = async (t, clock) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const options = { log: silent, clock, leaseMs: 60_000, maxConnections: 4 }
  const one = await openPostgres(url, options)
  atEnd(t, () => one.close())
  const two = await openPostgres(url, options)
  atEnd(t, () => two.close())

  async function employ() {
    const { worker, info, kill } = startWorkerProcess(t)
    await one.workers.insert(info)
    return { worker, kill }
  }

  return { one, two, employ }
}
