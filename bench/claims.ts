/** Claims jobs of a spool, one after the other, and sends how long each claim took. What it claimed is left to the next reaper. */

import { LEASE_MS } from '#queue/lease.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { claimNext } from '../test/support/claim-next.ts'
import { deps } from './spool.ts'

process.once('disconnect', () => process.exit())
const [spoolDir = '', wanted = '0'] = process.argv.slice(2)
const backend = await openSpool(spoolDir, { ...deps, leaseMs: LEASE_MS })
const { worker } = await backend.workers.register()
const times: number[] = []
while (times.length < Number(wanted)) {
  const begin = performance.now()
  if ((await claimNext(backend, worker, deps)) === undefined) throw new Error(`only ${times.length} jobs wait`)
  times.push(performance.now() - begin)
}
process.send?.(times)
