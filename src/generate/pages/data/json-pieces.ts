/** JSON of long lists, item by item: the same text as `JSON.stringify` gives for all at once. */

export function* listPieces<T>(items: readonly T[], toValue: (item: T, index: number) => unknown): Generator<string> {
  yield '['
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(toValue(item, index))}`
  yield ']'
}
