/**
 * The stand-in in a process of its own, so that its work is not the client's: `server.ts <delay in ms> <file>`. Prints its
 * address; ended by SIGTERM, it writes what it saw to the file.
 */

import { writeFileSync } from 'node:fs'
import { startModelServer } from '../../test/support/model/server.ts'

const [delay = '0', file = ''] = process.argv.slice(2)
const server = await startModelServer({ delayMs: Number(delay) })
process.stdout.write(`${server.url}\n`)
process.once('SIGTERM', async () => {
  const seen = server.seen.map(({ request, startedAt, endedAt }) => ({
    messages: request.messages.map(({ role, content }) => ({ role, content: String(content) })),
    startedAt,
    endedAt,
  }))
  writeFileSync(file, JSON.stringify({ seen, peak: server.counters.peakConcurrent }))
  await server.close()
})
