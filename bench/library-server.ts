/** The queue of a spool or a database in a process of its own: takes submissions over its channel and says when each is accepted. */

import { openQueue } from '#queue/open-queue.ts'
import { deps, request, settings } from './spool.ts'

const [address = ''] = process.argv.slice(2)
const queue = await openQueue(address.startsWith('postgres:') ? { databaseUrl: address } : address, settings, deps)
process.on('message', async ({ id }: { id: string }) => {
  const error = await queue.submit(request(id)).then(
    () => undefined,
    (thrown: unknown) => String(thrown),
  )
  process.send?.({ id, error })
})
process.once('disconnect', () => process.exit())
process.once('SIGTERM', async () => {
  await queue.close()
  process.exit()
})
process.send?.('ready')
