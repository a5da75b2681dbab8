/** BullMQ on Redis. A job that ended is removed, as its guide advises. */

import { Queue, Worker } from 'bullmq'
import { payloadOf } from './payload.ts'

const NAME = 'jobs'

function connectionOf(address) {
  const { hostname, port } = new URL(address)
  return { host: hostname, port: Number(port), maxRetriesPerRequest: null }
}

export async function createProducer(address) {
  const queue = new Queue(NAME, { connection: connectionOf(address) })
  await queue.waitUntilReady()
  const options = { removeOnComplete: true, removeOnFail: true }
  return {
    add: async (id) => void (await queue.add('job', payloadOf(id), { ...options, jobId: id })),
    close: () => queue.close(),
  }
}

export async function createWorker(address, onStart, onDone) {
  const take = async (job) => onStart(job.data.job_id)
  const worker = new Worker(NAME, take, { connection: connectionOf(address), concurrency: 8 })
  worker.on('completed', onDone)
  await worker.waitUntilReady()
  return { close: () => worker.close() }
}
