/** A hostile model, by seeds: whatever it says, the set is complete and nothing wrong is in it, and it costs no more than allowed. */

import { createRandom } from '../../test/chaos/random.ts'
import { hostileMix } from '../../test/support/model/behaviour.ts'
import type { Script } from '../../test/support/model/script.ts'
import { startModelServer } from '../../test/support/model/server.ts'
import { bookFaults } from './figures.ts'
import { judgeSet, readCheckout } from './judge.ts'
import { makeDocuments, openSubject, PRICE } from './subject.ts'

/** What `hostile` draws from, but for the one that reports absurd numbers of tokens. */
function honestMix(seed: number): Script {
  const mix = hostileMix.filter((one) => one !== 'liar')
  return ({ hash }) => {
    const random = createRandom(seed * 7_919 + Number.parseInt(hash.slice(0, 6), 16))
    return random.chance(1 / 4) ? 'well-behaved' : random.pick(mix)
  }
}

export async function hostile(folder: string, seeds: number): Promise<string[]> {
  const subject = await openSubject(folder)
  const checkout = readCheckout(folder)
  const totals = { complete: 0, names: 0, links: 0, added: 0, over: 0, requests: 0, degraded: 0 }
  const faults: string[] = []
  const books: string[] = []
  try {
    const offline = await makeDocuments(subject)
    for (let seed = 1; seed <= seeds; seed++) {
      const isPoor = seed % 2 === 0
      // Books can be held against the server's counters where it does not lie about them.
      const server = await startModelServer({ seed, behaviour: isPoor ? 'hostile' : honestMix(seed) })
      try {
        // Every second one has less money than it would like.
        const maxCostUsd = isPoor ? 0.01 + createRandom(seed).next() * 0.15 : null
        const made = await makeDocuments(subject, { url: server.url, place: `seed-${seed}`, maxCostUsd })
        await server.idle()
        const judged = judgeSet(made, offline, checkout)
        totals.complete += 1
        totals.names += judged.names
        totals.links += judged.links
        totals.added += judged.added
        totals.requests += server.counters.requests
        if (made.degraded !== null && made.degraded !== undefined) totals.degraded += 1
        faults.push(...judged.faults.map((fault) => `seed ${seed}: ${fault}`))
        if (!isPoor) books.push(...bookFaults(made, server).map((fault) => `seed ${seed}: ${fault}`))
        const cost = (server.counters.inputTokens * PRICE.input + server.counters.outputTokens * PRICE.output) / 1e6
        if (maxCostUsd !== null && cost > maxCostUsd) {
          totals.over += 1
          faults.push(`seed ${seed}: $${cost.toFixed(4)} of $${maxCostUsd.toFixed(4)}`)
        }
      } catch (error) {
        faults.push(`seed ${seed}: ${(error as Error).stack ?? error}`)
      } finally {
        await server.close()
      }
    }
  } finally {
    await subject.close()
  }
  return [
    `hostile: ${totals.complete} of ${seeds} completed, ${totals.degraded} of them within their budget only in part, ${totals.requests} requests`,
    `  ${totals.added} lines added, ${totals.names} names, ${totals.links} links: ${faults.length} wrong; over the limit: ${totals.over}`,
    ...faults.slice(0, 10).map((fault) => `    ${fault}`),
    `  our books and the server's counters, where it reports true ones: ${books.length === 0 ? 'equal in all' : `${books.length} differ`}`,
    ...books.slice(0, 5).map((fault) => `    ${fault}`),
  ]
}
