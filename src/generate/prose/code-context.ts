/** Selects the code that a model is shown, up to a limit: numbered facts, relations, and the most important bodies. */

import { type Analysis, type Component, compareText, type Edge } from '#generate/model.ts'
import type { Fact } from './claim-standard.ts'
import { estimateTokens } from './client/estimate.ts'
import { maskSecrets } from './client/mask.ts'
import type { GroundTruth } from './ground-truth.ts'
import { rank } from './rank.ts'

export interface Packed {
  text: string
  facts: Fact[]
}

/** The ratio that `estimateTokens` assumes. */
export const BYTES_PER_TOKEN = 3
const MAX_DOC_CHARS = 200
const MAX_BODY_LINES = 120
const MAX_RELATIONS = 80
/** Shares of the limit for facts and relations; bodies get the rest. */
const FACTS_SHARE = 0.45
const RELATIONS_SHARE = 0.15

/** The centrality of each component in the graph. */
export function rankComponents({ components, edges }: Analysis): Map<string, number> {
  const ids = new Set(components.map(({ id }) => id))
  const uses = new Map<string, Map<string, number>>()
  for (const { from, to, origin } of edges) {
    if (origin === 'unique-name' || !ids.has(from) || !ids.has(to)) continue
    const row = uses.get(from) ?? new Map<string, number>()
    uses.set(from, row)
    row.set(to, (row.get(to) ?? 0) + 1)
  }
  const none = new Map<string, number>()
  return rank([...ids], (node) => uses.get(node) ?? none)
}

/** The sum of the ranks in each file, keyed by path; files without definitions are missing. */
export function rankFiles(ranks: ReadonlyMap<string, number>, { components }: GroundTruth): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { id, file } of components.values()) sums.set(file, (sums.get(file) ?? 0) + (ranks.get(id) ?? 0))
  return sums
}

/**
 * @param files - Paths whose components are described, the exported and most used first.
 * @param maxTokens - Limit on the text.
 */
export function pack(
  ground: GroundTruth,
  ranks: ReadonlyMap<string, number>,
  files: readonly string[],
  maxTokens: number,
): Packed {
  const inside = new Set(files)
  const chosen = files
    .flatMap((path) => ground.componentsIn.get(path) ?? [])
    .sort((a, b) => weightOf(b, ranks) - weightOf(a, ranks) || compareText(a.id, b.id))
  const facts: Fact[] = []
  const lines: string[] = []
  let used = 0
  const add = (line: string, fact: Fact, limit: number): boolean => {
    const cost = estimateTokens(line) + 1
    if (used + cost > limit) return false
    used += cost
    facts.push(fact)
    lines.push(line)
    return true
  }
  for (const component of chosen) {
    const span = { path: component.file, startLine: component.startLine, endLine: component.endLine }
    if (!add(factLine(facts.length + 1, component), { span, component }, maxTokens * FACTS_SHARE)) break
  }
  const relations = relationLines(ground, inside, maxTokens * RELATIONS_SHARE)
  used += estimateTokens(relations.join('\n'))
  const parents = new Set(chosen.map(({ parent }) => parent))
  const bodies: string[] = []
  for (const component of chosen) {
    if (component.kind === 'field' || component.endLine - component.startLine < 3) continue
    if (parents.has(component.id)) continue
    const body = bodyOf(ground, component)
    const cost = estimateTokens(body) + 2
    if (used + cost > maxTokens) break
    used += cost
    bodies.push(body)
  }
  const text = [
    block('facts', lines),
    ...(relations.length === 0 ? [] : [block('relations', relations)]),
    ...bodies,
  ].join('\n')
  return { text, facts }
}

/** Whether the facts of these files fit; otherwise the module is described in parts. */
export function factsFit(ground: GroundTruth, files: readonly string[], maxTokens: number): boolean {
  let used = 0
  for (const path of files) {
    for (const component of ground.componentsIn.get(path) ?? []) {
      if (!component.exported) continue
      used += estimateTokens(factLine(1, component)) + 1
      if (used > maxTokens * FACTS_SHARE) return false
    }
  }
  return true
}

function weightOf(component: Component, ranks: ReadonlyMap<string, number>): number {
  return (ranks.get(component.id) ?? 0) * (component.exported ? 2 : 1) * (component.kind === 'field' ? 0.3 : 1)
}

function factLine(
  number: number,
  { file, startLine, endLine, kind, qualifiedName, signature, doc }: Component,
): string {
  const words = doc === null ? '' : ` doc: ${firstWords(doc)}`
  const form =
    signature === '' || signature === qualifiedName ? '' : ` signature \`${oneLine(signature).slice(0, 240)}\``
  return asLine(`[${number}] ${file}:${startLine}-${endLine} ${kind} \`${qualifiedName}\`${form}${words}`)
}

function relationLines(ground: GroundTruth, inside: ReadonlySet<string>, maxTokens: number): string[] {
  const seen = new Set<string>()
  const lines: string[] = []
  let used = 0
  const nameOf = (id: string): string => ground.components.get(id)?.qualifiedName ?? id
  const edges: Edge[] = []
  for (const path of [...inside].sort(compareText)) for (const edge of ground.edgesOf.get(path) ?? []) edges.push(edge)
  const isInFile = (edge: Edge): number => Number(ground.fileOf(edge.to) === ground.fileOf(edge.from))
  const kinds = ['calls', 'instantiates', 'extends', 'implements', 'mixes-in', 'uses-type']
  const wanted = edges
    .filter(({ kind }) => kinds.includes(kind))
    .sort((a, b) => isInFile(a) - isInFile(b) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
  for (const { from, to, kind } of wanted) {
    const line = asLine(`\`${nameOf(from)}\` ${kind} \`${nameOf(to)}\``)
    if (seen.has(line)) continue
    const cost = estimateTokens(line) + 1
    if (lines.length >= MAX_RELATIONS || used + cost > maxTokens) break
    seen.add(line)
    used += cost
    lines.push(line)
  }
  return lines
}

/** The numbered lines of a component, at most `MAX_BODY_LINES`. */
export function bodyOf(ground: GroundTruth, { file, startLine, endLine }: Component): string {
  return excerpt(ground, file, startLine, Math.min(endLine, startLine + MAX_BODY_LINES - 1))
}

/** The numbered lines of a file from `start` to `end`, between tags. */
export function excerpt(ground: GroundTruth, path: string, start: number, end: number): string {
  const lines = ground.shownLinesOf(path).slice(start - 1, end)
  const numbered = lines.map((line, index) => asData(`${start + index}: ${line.slice(0, 300)}`))
  return `<code path=${JSON.stringify(asData(path))} lines="${start}-${start + Math.max(0, lines.length - 1)}">\n${numbered.join('\n')}\n</code>`
}

/** Lines between tags. */
export function block(name: string, lines: readonly string[]): string {
  return `<${name}>\n${lines.join('\n')}\n</${name}>`
}

/** Escapes text from the repository, so that it can neither open nor close a tag. */
export function asData(text: string): string {
  return text.replace(/<(\/?)(?=(?:facts|relations|code|documents|modules|parts|notes|found)\b)/gi, '‹$1')
}

/** Like `asData`, on one line, because file names may contain line breaks. */
export function asLine(text: string): string {
  return asData(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '))
}

function firstWords(doc: string): string {
  const line = oneLine(maskSecrets(doc).split(/\n\s*\n/)[0] ?? '')
  return line.length > MAX_DOC_CHARS ? `${line.slice(0, MAX_DOC_CHARS - 1)}…` : line
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
