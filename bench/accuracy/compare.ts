/** Holds an analysis against the verdict of an oracle. Counts only; see README.md for what the counts mean. */

import type { Analysis, Edge } from '#generate/model.ts'
import { Ends, keyOf, plain } from './ends.ts'
import type { Relation, SymbolEdge, SymbolEnd, SymbolRelation, Verdict } from './oracle.ts'

/** One comparison. A share of nothing is `NaN`. */
export interface Score {
  /** Edges that the analysis has, and how many of them are true. */
  found: number
  right: number
  /** Edges that had to be found, and how many were. */
  required: number
  had: number
  /** Edges of the analysis that the oracle could not judge. */
  unknown: number
  /** What to look at, one line each. */
  falseOnes: string[]
  missing: string[]
}

export interface Comparison {
  definitions?: Score
  fileEdges?: Score
  symbolEdges?: Score
  /** Of the symbol edges what `callers` and `callees` list unless they are asked for more. Oracles do not tell kinds apart, so only what is found counts. */
  callEdges?: Score
  overrides?: Score
}

const CALLS: ReadonlySet<Edge['kind']> = new Set(['calls', 'instantiates'])

/** @param withGuesses - Count edges of the origin `unique-name` too. */
export function compare(analysis: Analysis, verdict: Verdict, withGuesses: boolean): Comparison {
  const index = new Ends(analysis.components, verdict.same)
  // No oracle knows two languages.
  const own = analysis.edges.filter((edge) => edge.origin !== 'bridge')
  const edges = own.filter((edge) => withGuesses || edge.origin !== 'unique-name')
  const result: Comparison = {}
  if (verdict.definitions !== undefined) result.definitions = compareDefinitions(verdict, index)
  if (verdict.fileEdges !== undefined) result.fileEdges = compareFiles(verdict, edges, verdict.fileEdges, index)
  const guesses = analysis.edges.filter((edge) => edge.origin === 'unique-name')
  if (verdict.symbolEdges !== undefined) {
    const { kinds } = verdict.symbolEdges
    const isCompared = (edge: Edge): boolean =>
      edge.kind !== 'imports' &&
      edge.kind !== 'tests' &&
      edge.kind !== 'overrides' &&
      (kinds === undefined || kinds.includes(edge.kind))
    const compared = edges.filter(isCompared)
    const options = { isCrossFile: true, guesses }
    result.symbolEdges = compareSymbols(verdict, compared, verdict.symbolEdges, index, options)
    const calls = compared.filter(({ kind }) => CALLS.has(kind))
    const { found, right, unknown, falseOnes } = compareSymbols(verdict, calls, verdict.symbolEdges, index, options)
    result.callEdges = { ...emptyScore(), found, right, unknown, falseOnes }
  }
  if (verdict.overrides !== undefined) {
    const compared = edges.filter((edge) => edge.kind === 'overrides')
    result.overrides = compareSymbols(verdict, compared, verdict.overrides, index, { isCrossFile: false, guesses })
  }
  return result
}

function compareDefinitions(verdict: Verdict, index: Ends): Score {
  const score = emptyScore()
  const seen = new Set<string>()
  for (const { file, name: given, line } of verdict.definitions ?? []) {
    const name = plain(given)
    const key = `${file}:${line}#${name}`
    if (!verdict.files.has(file) || seen.has(key)) continue
    seen.add(key)
    score.required++
    const isFound =
      (index.byFile.get(file) ?? []).some(
        (one) =>
          name === plain(one.qualifiedName) ||
          (one.startLine <= line && line <= one.endLine && name === plain(one.name)),
      ) || index.isImplemented({ file, name })
    if (isFound) score.had++
    else score.missing.push(key)
  }
  return score
}

function compareFiles(
  verdict: Verdict,
  edges: readonly Edge[],
  relation: NonNullable<Verdict['fileEdges']>,
  index: Ends,
): Score {
  const key = ({ from, to }: { from: string; to: string }): string => `${index.fileOf(from)} -> ${index.fileOf(to)}`
  const isJudged = ({ from, to }: { from: string; to: string }): boolean =>
    verdict.files.has(from) && verdict.files.has(to) && index.fileOf(from) !== index.fileOf(to)
  const found = edges.filter((edge) => edge.kind === 'imports' && isJudged(edge))
  const required = new Set(relation.required.filter(isJudged).map(key))
  const isTrue = new Set([...required, ...(relation.allowed ?? []).map(key)])
  return scoreOf(new Map(found.map((edge) => [key(edge), edge])), required, isTrue, {
    counts: (edge) => relation.judged?.has(edge.from) !== false,
    isUnknown: () => false,
    causeOf: () => '',
  })
}

function compareSymbols(
  verdict: Verdict,
  edges: readonly Edge[],
  relation: Relation<SymbolEdge> & Pick<SymbolRelation, 'grain'>,
  index: Ends,
  options: { isCrossFile: boolean; guesses: readonly Edge[] },
): Score {
  const fold = (end: SymbolEnd): SymbolEnd => (relation.grain === 'type' ? index.typeOf(end) : end)
  const isJudged = ({ from, to }: SymbolEdge): boolean =>
    verdict.files.has(from.file) &&
    verdict.files.has(to.file) &&
    (options.isCrossFile ? from.file !== to.file : from.name !== '' && keyOf(from) !== keyOf(to))
  const key = ({ from, to }: SymbolEdge): string => `${keyOf(from)} -> ${keyOf(to)}`
  const own = (edge: Edge): SymbolEdge => {
    const { from, to } = index.ofEdge(edge)
    return { from: fold(from), to: fold(to) }
  }
  const theirs = ({ from, to }: SymbolEdge): SymbolEdge => ({
    from: fold(index.sourceOf(from)),
    to: fold(index.targetOf(to)),
  })

  const found = new Map<string, Edge>()
  for (const edge of edges) {
    const symbols = own(edge)
    if (isJudged(symbols) && symbols.to.name !== '' && !found.has(key(symbols))) found.set(key(symbols), edge)
  }
  const required = new Set(
    relation.required
      .map(theirs)
      .filter((edge) => isJudged(edge) && edge.to.name !== '')
      .map(key),
  )
  const isTrue = new Set([...required, ...(relation.allowed ?? []).map((edge) => key(theirs(edge)))])
  const unknown = new Set((relation.unknown ?? []).map((use) => `${keyOf(fold(index.sourceOf(use.from)))} ${use.name}`))
  const guesses = new Set(options.guesses.map((edge) => key(own(edge))))
  return scoreOf(found, required, isTrue, {
    counts: (edge) => relation.judged?.has(index.ofEdge(edge).from.file) !== false,
    isUnknown: (edge) => {
      const { from, to } = own(edge)
      return unknown.has(`${keyOf(from)} ${to.name.slice(to.name.lastIndexOf('.') + 1)}`)
    },
    causeOf: (missing) => {
      if (guesses.has(missing)) return 'only a guess'
      const target = missing.slice(missing.indexOf(' -> ') + 4)
      return index.byName.has(target) ? 'not followed' : 'target is no component'
    },
  })
}

function scoreOf(
  found: ReadonlyMap<string, Edge>,
  required: ReadonlySet<string>,
  isTrue: ReadonlySet<string>,
  judge: { counts(edge: Edge): boolean; isUnknown(edge: Edge): boolean; causeOf(missing: string): string },
): Score {
  const score = emptyScore()
  for (const [key, edge] of found) {
    if (!judge.counts(edge)) continue
    if (!isTrue.has(key) && judge.isUnknown(edge)) {
      score.unknown++
      continue
    }
    score.found++
    if (isTrue.has(key)) score.right++
    else score.falseOnes.push(`${edge.kind} ${edge.origin}\t${key}`)
  }
  score.required = required.size
  for (const key of required) {
    if (found.has(key)) score.had++
    else score.missing.push(`${judge.causeOf(key)}\t${key}`)
  }
  return score
}

function emptyScore(): Score {
  return { found: 0, right: 0, required: 0, had: 0, unknown: 0, falseOnes: [], missing: [] }
}
