/**
 * Answers a model's lookups before it writes: definitions by name, and lines that contain a text. Read-only and
 * bounded.
 */

import type { LookUp } from './answer-schemas.ts'
import { estimateTokens } from './client/estimate.ts'
import { asData, asLine, block, bodyOf, excerpt } from './code-context.ts'
import type { GroundTruth } from './ground-truth.ts'

const MAX_READS = 6
const MAX_SEARCHES = 3
const MAX_HITS = 8
const MAX_QUERY = 80

export function wantsMore({ read, search }: LookUp): boolean {
  return read.some((name) => name.trim() !== '') || search.some((query) => query.trim().length > 2)
}

/** @param maxTokens - Limit on the text; parts that exceed it are left out. */
export function lookUp(wanted: LookUp, ground: GroundTruth, near: ReadonlySet<string>, maxTokens: number): string {
  const parts: string[] = []
  let used = 0
  const add = (text: string): void => {
    const cost = estimateTokens(text)
    if (used + cost > maxTokens) return
    used += cost
    parts.push(text)
  }
  for (const name of wanted.read.slice(0, MAX_READS)) {
    const meaning = ground.meaningOf(name.slice(0, 200), near)
    const id = meaning.kind === 'thing' || meaning.kind === 'repaired' ? meaning.refersTo : undefined
    const component = id === undefined ? undefined : ground.components.get(id)
    if (component !== undefined) add(bodyOf(ground, component))
    else if (id !== undefined && ground.files.has(id)) add(excerpt(ground, id, 1, 120))
    else add(block('found', [asData(`there is no \`${name.slice(0, 80)}\``)]))
  }
  for (const query of wanted.search.slice(0, MAX_SEARCHES)) add(search(query.trim().slice(0, MAX_QUERY), ground, near))
  return parts.length === 0 ? block('found', ['nothing']) : parts.join('\n')
}

/** Lines that contain the text, ignoring case; near files first. */
function search(query: string, ground: GroundTruth, near: ReadonlySet<string>): string {
  const wanted = query.toLowerCase()
  const hits: string[] = []
  const paths = [...near, ...[...ground.files.keys()].filter((path) => !near.has(path))]
  for (const path of paths) {
    if (hits.length >= MAX_HITS || wanted.length < 3) break
    const text = ground.files.get(path)?.text?.toLowerCase()
    if (text?.includes(wanted) !== true) continue
    for (const [index, line] of ground.shownLinesOf(path).entries()) {
      if (hits.length >= MAX_HITS) break
      if (line.toLowerCase().includes(wanted)) hits.push(asLine(`${path}:${index + 1}: ${line.trim().slice(0, 200)}`))
    }
  }
  return block('found', hits.length === 0 ? [asData(`nothing contains ${JSON.stringify(query)}`)] : hits)
}
