/** pg-boss on PostgreSQL. A worker of it looks every half second, the least it allows; eight of them take a batch of one each. */

import PgBoss from 'pg-boss'
import { payloadOf } from './payload.ts'

const QUEUE = 'job'
const WORKERS = 8
const POLL_S = 0.5

async function open(address, max) {
  const boss = new PgBoss({ connectionString: address, max, supervise: false, schedule: false })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.createQueue(QUEUE)
  return boss
}

export async function createProducer(address) {
  const boss = await open(address, 32)
  return {
    add: async (id) => void (await boss.send(QUEUE, payloadOf(id))),
    close: () => boss.stop({ graceful: false, wait: true }),
  }
}

export async function createWorker(address, onStart, onDone) {
  const boss = await open(address, 10)
  let isOpen = true
  // Its own loop waits between any two fetches, full or empty; this one only when there was nothing.
  const lane = async () => {
    while (isOpen) {
      const [job] = await boss.fetch(QUEUE)
      if (job === undefined) await new Promise((resolve) => setTimeout(resolve, POLL_S * 1_000))
      else {
        onStart(job.data.job_id)
        await boss.complete(QUEUE, job.id)
        onDone()
      }
    }
  }
  const lanes = Promise.all(Array.from({ length: WORKERS }, lane))
  return {
    async close() {
      isOpen = false
      await lanes
      await boss.stop({ graceful: false, wait: true })
    },
  }
}
