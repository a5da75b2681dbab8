/** Finds names of C and C++ that macros build from parts: `struct sdshdr##T`. Not all of their uses are known. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Shorter parts occur in too many names. */
const MIN_PART = 3
const MAX_LINES = 40
const MAX_LINE = 1_000
const MAX_PARTS = 500
const WORD = /\w/

/** A part of more names is the prefix of a whole library. */
const MAX_NAMES = 12
const TYPES = /\b(?:struct|union|enum)\s+$/

const known = new WeakMap<RepoIndex, ReadonlySet<string>>()

/** Whether a macro may build the name of a component. */
export function isPasted(repo: RepoIndex, { id }: Component): boolean {
  const found = known.get(repo) ?? findPasted(repo)
  known.set(repo, found)
  return found.has(id)
}

function isOfC({ files }: RepoIndex, path: string): boolean {
  const { language } = files.get(path) ?? {}
  return language === 'c' || language === 'cpp'
}

/** Ids of components whose names contain a part that a macro joins with a parameter. */
function findPasted(repo: RepoIndex): Set<string> {
  const own = [...repo.components.values()].filter(({ file }) => isOfC(repo, file))
  const found = new Set<string>()
  for (const { part, isPrefix, isType } of partsIn(repo, own)) {
    const fitting = own.filter(
      ({ kind, name }) =>
        name !== part &&
        (isPrefix ? name.startsWith(part) : name.endsWith(part)) &&
        (isType ? kind === 'struct' || kind === 'enum' : kind === 'function' || kind === 'constant'),
    )
    if (fitting.length <= MAX_NAMES) for (const { id } of fitting) found.add(id)
  }
  return found
}

interface Part {
  readonly part: string
  readonly isPrefix: boolean
  readonly isType: boolean
}

function partsIn(repo: RepoIndex, components: readonly Component[]): Part[] {
  const parts = new Map<string, Part>()
  for (const { kind, file, startLine, endLine, signature } of components) {
    if (kind !== 'macro') continue
    const parameters = new Set(/\(([^()]{0,500})\)/.exec(signature)?.[1]?.split(/\W+/) ?? [])
    for (const line of codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))) {
      if (!line.includes('##')) continue
      for (const { before, behind, index } of pastesIn(line.slice(0, MAX_LINE))) {
        const isType = TYPES.test(line.slice(Math.max(0, index - 40), index))
        const add = (part: string, isPrefix: boolean): void => {
          if (part.length >= MIN_PART && !parameters.has(part) && parts.size < MAX_PARTS)
            parts.set(`${isType} ${isPrefix} ${part}`, { part, isPrefix, isType })
        }
        if (parameters.has(behind)) add(before, true)
        if (parameters.has(before)) add(behind, false)
      }
    }
  }
  return [...parts.values()]
}

/** The words on both sides of each `##`, and the position of the first. */
function pastesIn(line: string): { before: string; behind: string; index: number }[] {
  const found: { before: string; behind: string; index: number }[] = []
  for (let at = line.indexOf('##'); at >= 0; at = line.indexOf('##', at + 2)) {
    let end = at
    while (line[end - 1] === ' ') end--
    let index = end
    while (index > 0 && WORD.test(line[index - 1] ?? '')) index--
    let start = at + 2
    while (line[start] === ' ') start++
    let last = start
    while (last < line.length && WORD.test(line[last] ?? '')) last++
    found.push({ before: line.slice(index, end), behind: line.slice(start, last), index })
  }
  return found
}
