/** Numbers of facts and modules that are unknown, negative or there twice. */

import type { Random } from '../../chaos/random.ts'
import { twist } from './twist.ts'

const wrong = [-1, 0, 99_999, Number.MAX_SAFE_INTEGER]

export function twistIndices(value: unknown, random: Random): unknown {
  let facts = 0
  return twist(value, {
    whole(number, key) {
      if (key === 'fact') return facts++ % 2 === 0 ? random.pick(wrong) : number
      return key.endsWith('_line') && random.chance(1 / 4) ? random.pick(wrong) : number
    },
    list(list, key) {
      if (key === 'evidence')
        return [...list, ...list.slice(0, 1), ...list.slice(0, 1).map((item) => proofBy(item, random))]
      if (key === 'titles') return [...list, ...list.slice(0, 1), { index: random.pick(wrong), title: 'Nowhere' }]
      // An empty list holds no numbers yet: the twist of `merges` itself adds groups, those of its groups only numbers.
      if (key === 'merges' && list.every(Array.isArray)) return [...list, [1, 1], [1, 2], [2, 1], [2, -1, 99_999], []]
      if (key === 'order') return [...list.slice(1), ...list.slice(-1), random.pick(wrong)]
      return list
    },
  })
}

function proofBy(item: unknown, random: Random): unknown {
  return typeof item === 'object' ? { ...item, fact: random.pick(wrong) } : random.pick(wrong)
}
