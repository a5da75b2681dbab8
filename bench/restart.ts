/**
 * How long after `kill -9` of a worker or a supervisor its job runs again, through the real program and real HTTP: from
 * the kill to the first answer that shows the next claim.
 */

import path from 'node:path'
import { hasEnded, post, waitFor } from '../test/support/client.ts'
import { until } from '../test/support/docspool.ts'
import { makeRepository } from '../test/support/repositories.ts'
import { createWorld } from '../test/support/world.ts'
import { percentile, print, readFlag } from './measure.ts'

const ROUNDS = 30

/** @throws When a job that was interrupted does not complete. */
export async function run(): Promise<void> {
  const rounds = readFlag('kills', ROUNDS)
  const world = await createWorld({ DOCSPOOL_CONCURRENCY: '1' })
  try {
    for (const command of ['worker', 'supervise']) {
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const name = `${command}-${round}`
        await makeRepository(path.join(world.root, `test/${name}.git`), { 'a.py': 'x = 1\n' })
        world.git.faults = { hang: '/git-upload-pack' }
        const { body } = await post(world.origin, { repo_url: world.urlOf(name) })
        await until(
          () => world.git.requests.some((line) => line.startsWith('POST') && line.includes(name)) || undefined,
        )
        world.git.faults = {}
        const pids = await world.docspool.pids(command)
        const killedAt = performance.now()
        for (const pid of pids) process.kill(pid, 'SIGKILL')
        await waitFor(world.origin, body.job_id, (job) => job.epoch > 1)
        times.push(performance.now() - killedAt)
        const job = await waitFor(world.origin, body.job_id, hasEnded)
        if (job.status !== 'completed') throw new Error(`${name}: ${job.error_code} ${job.error_message}`)
      }
      const [median, p99, slowest] = [50, 99, 100].map((percent) => `${Math.round(percentile(times, percent))} ms`)
      print(`  kill -9 of the ${command}, ${rounds} times: median ${median}, p99 ${p99}, slowest ${slowest}`)
    }
  } finally {
    await world.close()
  }
}
