/** Pairs items by key. If a key repeats, its first item is used. Keys of `before` come first, in order. */
export function pairByKey<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): [T | undefined, T | undefined][] {
  const [old, now] = [before, after].map(
    (items) => new Map([...items].reverse().map((item) => [keyOf(item), item])),
  ) as [Map<string, T>, Map<string, T>]
  const keys = new Set([...before, ...after].map(keyOf))
  return [...keys].map((key) => [old.get(key), now.get(key)])
}
