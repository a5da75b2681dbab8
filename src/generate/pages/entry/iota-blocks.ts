/** Finds blocks of Go constants that share one entry: those that count with `iota`. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const MIN_MEMBERS = 3
const MAX_LINES = 400
const OPENS = /^const \($/
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

export interface IotaBlock {
  readonly members: readonly Component[]
  /** The value of each member; `null` if it is not a simple expression. */
  readonly values: readonly (string | null)[]
  readonly startLine: number
  readonly endLine: number
}

/** The blocks among the top-level definitions of a file, keyed by each of their members. */
export function iotaBlocks(
  repo: RepoIndex,
  path: string,
  tops: readonly Component[],
): ReadonlyMap<Component, IotaBlock> {
  const found = new Map<Component, IotaBlock>()
  if (repo.files.get(path)?.language !== 'go') return found
  for (const first of tops) {
    if (first.kind !== 'constant' || found.has(first)) continue
    const block = blockAround(repo, path, first, tops)
    if (block !== undefined) for (const member of block.members) found.set(member, block)
  }
  return found
}

/** The block that begins with this constant. */
function blockAround(
  repo: RepoIndex,
  path: string,
  first: Component,
  tops: readonly Component[],
): IotaBlock | undefined {
  const above = codeLines(repo, path, Math.max(1, first.startLine - 60), first.startLine - 1).toReversed()
  const up = above.findIndex((line) => line.trim() !== '' && !/^\s*(?:\/\/|_\b)/.test(line))
  if (up < 0 || !OPENS.test(above[up]?.trimEnd() ?? '')) return undefined
  const startLine = first.startLine - 1 - up
  const lines = codeLines(repo, path, startLine + 1, startLine + MAX_LINES)
  const end = lines.findIndex((line) => line.startsWith(')'))
  if (end < 0) return undefined
  const values = valuesIn(lines.slice(0, end))
  const endLine = startLine + 1 + end
  const members = tops.filter((one) => one.kind === 'constant' && one.startLine > startLine && one.endLine < endLine)
  if (values === undefined || members.length < MIN_MEMBERS || members.some(({ name }) => !values.has(name)))
    return undefined
  return { members, values: members.map(({ name }) => values.get(name) ?? null), startLine, endLine }
}

/** The values in a block that counts with `iota`, keyed by name; `undefined` for any other block. */
function valuesIn(lines: readonly string[]): Map<string, string | null> | undefined {
  const values = new Map<string, string | null>()
  let written = ''
  let count = 0
  for (const line of lines) {
    const plain = line.trim()
    if (plain === '' || plain.startsWith('//')) continue
    // `Name`, `Name Type = iota`, `_ = iota // words`
    const [declared = '', expression] = (plain.split('//', 1)[0] ?? '').split('=')
    const [name = '', ...type] = declared.trim().split(' ')
    if (!NAME.test(name) || type.length > 1) return undefined
    if (expression !== undefined) written = expression.trim()
    if (!/\biota\b/.test(written)) return undefined
    values.set(name, countAt(written, count++))
  }
  return values.size === 0 ? undefined : values
}

function countAt(expression: string, iota: number): string | null {
  if (expression === 'iota') return String(iota)
  const [, sum] = /^iota \+ (\d{1,6})$/.exec(expression) ?? []
  if (sum !== undefined) return String(iota + Number(sum))
  return expression === '1 << iota' && iota < 31 ? String(2 ** iota) : null
}
