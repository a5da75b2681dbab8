/** Changes a good answer place by place, deepest first: what `twist-*.ts` spoil it with. */

export interface Changes {
  text?(text: string, key: string): string
  whole?(number: number, key: string): number
  /** After its items were changed. */
  list?(list: unknown[], key: string): unknown[]
  /** After its properties were changed. */
  object?(object: Record<string, unknown>, key: string): Record<string, unknown>
}

export function twist(value: unknown, changes: Changes, key = 'answer'): unknown {
  if (typeof value === 'string') return changes.text?.(value, key) ?? value
  if (typeof value === 'number') return changes.whole?.(value, key) ?? value
  if (Array.isArray(value)) {
    const list = value.map((item) => twist(item, changes, key))
    return changes.list?.(list, key) ?? list
  }
  if (typeof value !== 'object' || value === null) return value
  const object = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, twist(inner, changes, name)]))
  return changes.object?.(object, key) ?? object
}

/** Whether readers see what stands under this key. */
export function isProse(key: string): boolean {
  return !/^(id|from|to|path|read|search|fact)$/.test(key)
}
