/** Submits to a spool and says so: `submit-process.ts SPOOL COUNT`. Prints a line for each answer the moment it has it. */
import { writeSync } from 'node:fs'
import { openQueue } from '#queue/open-queue.ts'
import { request, settings, silent } from './support.ts'

const [spoolDir = '', count = '1'] = process.argv.slice(2)
const queue = await openQueue(spoolDir, settings, { log: silent, clock: Date.now })
writeSync(1, 'READY\n')
for (let n = 0; n < Number(count); n++) {
  const { job } = await queue.submit(request(`acme--${n}`))
  writeSync(1, `ACCEPTED ${job.view.job_id}\n`)
}
await queue.close()
