/** Some of many statements, evenly over their kinds, by a seed: the same ones as long as they are there. */

import { createHash } from 'node:crypto'
import { KINDS, type Statement } from './statements.ts'

/** One of each kind in turn until there are enough; a kind that has no more is passed over. */
export function draw(statements: readonly Statement[], number: number, seed: string): Statement[] {
  const place = ({ id }: Statement): string => createHash('sha256').update(`${seed} ${id}`).digest('hex')
  const sorted = [...new Map(statements.map((one) => [one.id, one])).values()]
    .map((one) => ({ one, at: place(one) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
  const queues = KINDS.map((kind) => sorted.filter(({ one }) => one.kind === kind).map(({ one }) => one))
  const drawn: Statement[] = []
  while (drawn.length < number && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const next = queue.shift()
      if (next !== undefined && drawn.length < number) drawn.push(next)
    }
  }
  return drawn
}
