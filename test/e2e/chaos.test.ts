import assert from 'node:assert/strict'
import { it } from 'node:test'
import { runChaos } from '../chaos/chaos.ts'
import { faultsOf, reportOf } from '../chaos/report.ts'

const run = { seconds: 10, seed: 7 }

it('loses nothing and ends nothing twice while its processes are killed and stopped at random', async (t) => {
  const result = await runChaos({ ...run, signal: t.signal, maxOpen: 6 })
  for (const line of reportOf(result, run)) t.diagnostic(line)
  for (const [name, what] of faultsOf(result)) assert.deepEqual(what, [], name)

  const { faults, ledger, histories } = result
  const kills = Object.values(faults.kills).reduce((sum, count) => sum + count, 0)
  assert.ok(kills > 0 && ledger.promised.length > 0, 'something was killed, and something promised')
  const ends = [...histories.values()].flatMap(({ revisions }) => [...revisions.values()])
  assert.ok(
    ends.some(({ status }) => status === 'completed'),
    'something was completed',
  )
})
