import assert from 'node:assert/strict'
import { it } from 'node:test'
import { runChaos } from '../chaos/chaos.ts'
import { faultsOf, reportOf } from '../chaos/report.ts'

const run = { seconds: 10, seed: 7 }

for (const storage of ['spool', 'postgres'] as const) {
  const where = storage === 'spool' ? 'a spool' : 'PostgreSQL, with machines, links and a database that fail as well'
  it(`loses nothing and ends nothing twice while its processes are killed and stopped at random, on ${where}`, async (t) => {
    const result = await runChaos({ ...run, storage, signal: t.signal, maxOpen: 6 })
    for (const line of reportOf(result, run)) t.diagnostic(line)
    for (const [name, what] of faultsOf(result)) assert.deepEqual(what, [], name)

    const { faults, ledger, histories } = result
    const count = (counts: Iterable<number>): number => [...counts].reduce((sum, one) => sum + one, 0)
    const struck = count(Object.values(faults.kills)) + count(faults.troubles.values())
    assert.ok(struck > 0 && ledger.promised.length > 0, 'something was struck, and something promised')
    const ends = [...histories.values()].flatMap(({ revisions }) => [...revisions.values()])
    assert.ok(
      ends.some(({ status }) => status === 'completed'),
      'something was completed',
    )
  })
}
