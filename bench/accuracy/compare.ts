/** Holds an analysis against the verdict of an oracle. Counts only; see README.md for what the counts mean. */

import type { Analysis, Component, ComponentKind, Edge } from '#generate/model.ts'
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
  overrides?: Score
}

const TYPES: ReadonlySet<ComponentKind> = new Set(['class', 'struct', 'interface', 'trait', 'enum', 'type'])

/** @param withGuesses - Count edges of the origin `unique-name` too. */
export function compare(analysis: Analysis, verdict: Verdict, withGuesses: boolean): Comparison {
  const index = new Index(analysis.components)
  // No oracle knows two languages.
  const own = analysis.edges.filter((edge) => edge.origin !== 'bridge')
  const edges = own.filter((edge) => withGuesses || edge.origin !== 'unique-name')
  const result: Comparison = {}
  if (verdict.definitions !== undefined) result.definitions = compareDefinitions(verdict, index)
  if (verdict.fileEdges !== undefined) result.fileEdges = compareFiles(verdict, edges, verdict.fileEdges)
  const guesses = analysis.edges.filter((edge) => edge.origin === 'unique-name')
  if (verdict.symbolEdges !== undefined) {
    const { kinds } = verdict.symbolEdges
    const isCompared = (edge: Edge): boolean =>
      edge.kind !== 'imports' &&
      edge.kind !== 'tests' &&
      edge.kind !== 'overrides' &&
      (kinds === undefined || kinds.includes(edge.kind))
    const compared = edges.filter(isCompared)
    result.symbolEdges = compareSymbols(verdict, compared, verdict.symbolEdges, index, { isCrossFile: true, guesses })
  }
  if (verdict.overrides !== undefined) {
    const compared = edges.filter((edge) => edge.kind === 'overrides')
    result.overrides = compareSymbols(verdict, compared, verdict.overrides, index, { isCrossFile: false, guesses })
  }
  return result
}

/** The components by file and name. */
class Index {
  readonly byId = new Map<string, Component>()
  readonly byName = new Map<string, Component>()
  readonly byFile = new Map<string, Component[]>()

  constructor(components: readonly Component[]) {
    for (const component of components) {
      this.byId.set(component.id, component)
      const key = keyOf({ file: component.file, name: component.qualifiedName })
      if (!this.byName.has(key)) this.byName.set(key, component)
      const own = this.byFile.get(component.file)
      if (own === undefined) this.byFile.set(component.file, [component])
      else own.push(component)
    }
  }

  /** The innermost component that holds a name: itself, or what stands before one of its dots; else the file. */
  holderOf(end: SymbolEnd): SymbolEnd {
    let { name } = end
    while (name !== '' && !this.byName.has(keyOf({ file: end.file, name }))) {
      name = name.slice(0, Math.max(0, name.lastIndexOf('.')))
    }
    return { file: end.file, name }
  }

  /** The innermost type that holds a name. */
  typeOf(end: SymbolEnd): SymbolEnd {
    let component = this.byName.get(keyOf(this.holderOf(end)))
    while (component !== undefined && !TYPES.has(component.kind)) {
      component = component.parent === null ? undefined : this.byId.get(component.parent)
    }
    return { file: end.file, name: component?.qualifiedName ?? '' }
  }

  /** One end of an edge of the analysis; `undefined` for a file that it leads to. */
  endOf(id: string): SymbolEnd {
    const component = this.byId.get(id)
    return component === undefined ? { file: id, name: '' } : { file: component.file, name: component.qualifiedName }
  }
}

/** Some write the words of `operator bool` apart, some do not. */
const plain = (name: string): string => name.replaceAll(' ', '')

const keyOf = (end: SymbolEnd): string => `${end.file}#${plain(end.name)}`

function compareDefinitions(verdict: Verdict, index: Index): Score {
  const score = emptyScore()
  const seen = new Set<string>()
  for (const { file, name: given, line } of verdict.definitions ?? []) {
    const name = plain(given)
    const key = `${file}:${line}#${name}`
    if (!verdict.files.has(file) || seen.has(key)) continue
    seen.add(key)
    score.required++
    const isFound = (index.byFile.get(file) ?? []).some(
      (one) =>
        name === plain(one.qualifiedName) || (one.startLine <= line && line <= one.endLine && name === plain(one.name)),
    )
    if (isFound) score.had++
    else score.missing.push(key)
  }
  return score
}

function compareFiles(verdict: Verdict, edges: readonly Edge[], relation: NonNullable<Verdict['fileEdges']>): Score {
  const key = (edge: { from: string; to: string }): string => `${edge.from} -> ${edge.to}`
  const isJudged = (edge: { from: string; to: string }): boolean =>
    verdict.files.has(edge.from) && verdict.files.has(edge.to) && edge.from !== edge.to
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
  index: Index,
  options: { isCrossFile: boolean; guesses: readonly Edge[] },
): Score {
  const fold = (end: SymbolEnd): SymbolEnd => (relation.grain === 'type' ? index.typeOf(end) : end)
  const isJudged = ({ from, to }: SymbolEdge): boolean =>
    verdict.files.has(from.file) &&
    verdict.files.has(to.file) &&
    (options.isCrossFile ? from.file !== to.file : keyOf(from) !== keyOf(to))
  const key = ({ from, to }: SymbolEdge): string => `${keyOf(from)} -> ${keyOf(to)}`
  const own = (edge: Edge): SymbolEdge => ({ from: fold(index.endOf(edge.from)), to: fold(index.endOf(edge.to)) })
  const theirs = ({ from, to }: SymbolEdge): SymbolEdge => ({ from: fold(index.holderOf(from)), to: fold(to) })

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
  const unknown = new Set((relation.unknown ?? []).map((use) => `${keyOf(fold(index.holderOf(use.from)))} ${use.name}`))
  const guesses = new Set(options.guesses.map((edge) => key(own(edge))))
  return scoreOf(found, required, isTrue, {
    counts: (edge) => relation.judged?.has(index.endOf(edge.from).file) !== false,
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
