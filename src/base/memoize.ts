/** Memoizes functions of one object. Results are kept as long as the object. */

/** @param make - Called once for each object. */
export function memoized<Key extends WeakKey, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, make(key))
    return known.get(key) as Value
  }
}

/** @param make - Called once for each object and text. */
export function memoizedByText<Key extends WeakKey, Value>(
  make: (key: Key, text: string) => Value,
): (key: Key, text: string) => Value {
  const valuesOf = memoized((_: Key) => new Map<string, Value>())
  return (key, text) => {
    const values = valuesOf(key)
    if (!values.has(text)) values.set(text, make(key, text))
    return values.get(text) as Value
  }
}
