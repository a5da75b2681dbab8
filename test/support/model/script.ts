/** Which behaviour a request meets. */

import type { Behaviour } from './behaviour.ts'
import type { Seen } from './seen.ts'

/** One for all requests; one for each, the last of them for the rest; or asked for each, `n` from 0. */
export type Script = Behaviour | readonly Behaviour[] | ((request: Seen, n: number) => Behaviour)

export interface Cue {
  next(request: Seen): Behaviour
  /** How often this prompt has met the behaviour of this name before; counts this time. */
  countEarlier(name: string, hash: string): number
}

export function createCue(script: Script): Cue {
  const met = new Map<string, number>()
  let n = 0
  return {
    next(request) {
      const at = n++
      if (typeof script === 'function') return script(request, at)
      if (typeof script === 'string' || 'name' in script) return script
      return script[at] ?? script.at(-1) ?? 'well-behaved'
    },
    countEarlier(name, hash) {
      const earlier = met.get(`${name} ${hash}`) ?? 0
      met.set(`${name} ${hash}`, earlier + 1)
      return earlier
    },
  }
}
