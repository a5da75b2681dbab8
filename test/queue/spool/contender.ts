/** A process that counts up a job's `stalls` by compare-and-swap: `contender.ts SPOOL ID TIMES`. Prints each revision it wrote. */
import { isIn } from '#queue/job.ts'
import { requeueDead, start } from '#queue/job-transitions.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { silent } from '../support.ts'

const [spoolDir = '', jobId = '', times = '0'] = process.argv.slice(2)
const backend = await openSpool(spoolDir, { log: silent, clock: Date.now, leaseMs: 15_000 })
const won: string[] = []
const mine = `w${process.pid}`
const end = performance.now() + 60_000
let isHolding = false
while (won.length < Number(times) || isHolding) {
  const job = await backend.jobs.read(jobId)
  if (job === undefined || performance.now() > end) throw new Error('The job is gone, or does not move.')
  if (isIn(job, 'queued')) {
    const written = await backend.jobs.update(job, start(job, mine, Date.now()))
    if (written === undefined) continue
    won.push(`${written.rev} ${written.epoch}`)
    isHolding = true
  } else if (isIn(job, 'processing') && job.worker === mine) {
    const written = await backend.jobs.update(job, requeueDead(job))
    if (written === undefined) throw new Error('Somebody else moved a job that was mine.')
    isHolding = false
  }
}
process.stdout.write(won.join('\n'))
await backend.close()
