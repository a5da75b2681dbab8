/** Sweeps what is left of a removed job: `sweep-process.ts SPOOL JOB`. Says that it begins, and whether the job is gone. */
import { writeSync } from 'node:fs'
import { openSpool } from '#queue/spool/open-spool.ts'
import { silent } from './support.ts'

const [spoolDir = '', jobId = ''] = process.argv.slice(2)
const backend = await openSpool(spoolDir, { log: silent, clock: Date.now, leaseMs: 15_000 })
writeSync(1, 'BEGIN\n')
writeSync(1, `SWEPT ${await backend.clear(jobId)}\n`)
await backend.close()
