/** Writes JSON of long lists item by item; the text is the same as that of `JSON.stringify`. */

export function* listPieces<T>(items: readonly T[], toValue: (item: T, index: number) => unknown): Generator<string> {
  yield '['
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(toValue(item, index))}`
  yield ']'
}
