/** Numbers that look random and follow from a seed: the same seed draws the same. Not for secrets. */

export interface Random {
  /** From 0, below 1. */
  next(): number
  between(least: number, most: number): number
  /** @throws When there is nothing to pick from. */
  pick<T>(from: readonly T[]): T
  /** A key, as often as its weight among all weights. */
  weighted<K extends string>(weights: Record<K, number>): K
  /** With this probability. */
  chance(probability: number): boolean
  /** A generator of its own, that does not depend on how often this one is asked. */
  fork(name: string): Random
}

/** mulberry32, by Tommy Ettinger (public domain): one 32-bit word of state, period 2^32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + next() * (most - least)
  return {
    next,
    between,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new Error('There is nothing to pick from.')
      return from[Math.floor(next() * from.length)] as T
    },
    weighted<K extends string>(weights: Record<K, number>): K {
      const entries = Object.entries(weights) as [K, number][]
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        rest -= weight
        if (rest < 0) return key
      }
      return (entries.at(-1) as [K, number])[0]
    },
    chance: (probability) => next() < probability,
    fork: (name) =>
      createRandom([...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), seed | 0)),
  }
}
