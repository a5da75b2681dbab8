/** graphile-worker on PostgreSQL. */

import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'
import { payloadOf } from './payload.ts'

const TASK = 'job'
const logger = new Logger(() => () => undefined)

export async function createProducer(address) {
  const pgPool = new pg.Pool({ connectionString: address, max: 32 })
  const utils = await makeWorkerUtils({ pgPool, logger })
  await utils.migrate()
  return {
    add: async (id) => void (await utils.addJob(TASK, payloadOf(id))),
    async close() {
      await utils.release()
      await pgPool.end()
    },
  }
}

export async function createWorker(address, onStart, onDone) {
  const pgPool = new pg.Pool({ connectionString: address, max: 10 })
  const taskList = { [TASK]: async ({ job_id }) => onStart(job_id) }
  const runner = await run({ pgPool, taskList, logger, concurrency: 8, noHandleSignals: true })
  runner.events.on('job:complete', onDone)
  return {
    async close() {
      await runner.stop()
      await pgPool.end()
    },
  }
}
