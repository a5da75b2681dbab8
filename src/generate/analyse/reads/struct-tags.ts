/** Variables that tags of Go's structs name, as `caarlos0/env` and `envconfig` read them. */

import type { DirectRead } from './file-reads.ts'
import { isVariableName } from './file-reads.ts'
import { childrenOf, kindAt, type ReadTree, startOf, textAt } from './read-tree.ts'

export function tagReads(tree: ReadTree, field: number, lineAt: (offset: number) => number): DirectRead[] {
  const tag = childrenOf(tree, field).find((child) => kindAt(tree, child) === 'raw_string_literal')
  if (tag === undefined) return []
  const text = textAt(tree, tag).slice(0, 500)
  const name = tagValue(text, 'env') ?? tagValue(text, 'envconfig')
  if (name === undefined || !isVariableName(name)) return []
  const fallback = tagValue(text, 'envDefault') ?? tagValue(text, 'env-default') ?? tagValue(text, 'default') ?? null
  return [{ kind: 'environment', name, default: fallback, line: lineAt(startOf(tree, tag)), written: name }]
}

/** `key:"value,option"` */
function tagValue(tag: string, key: string): string | undefined {
  const sign = `${key}:"`
  const start = [`\`${sign}`, ` ${sign}`].map((form) => tag.indexOf(form)).find((at) => at >= 0)
  if (start === undefined) return undefined
  const from = start + 1 + sign.length
  const to = tag.indexOf('"', from)
  const value = to < 0 ? '' : tag.slice(from, to)
  return key.startsWith('env') && !key.endsWith('efault') ? value.split(',', 1)[0] : value
}
