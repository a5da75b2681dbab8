/** Creates the outgoing edges of one file and their occurrences from its summary. */

import { LINKED } from '#generate/analyse/edge-confidence.ts'
import { packNumbers, unpackNumbers } from '#generate/analyse/typescript/packed-numbers.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import {
  type PackedSites,
  REGION_COLUMNS,
  RegionColumn,
  SITE_COLUMNS,
  USES,
} from '#generate/analyse/typescript/summary/site-table.ts'
import { type PackedUses, packUses } from '#generate/analyse/typescript/uses.ts'
import { VALUE_WIDTH } from '#generate/call-rows.ts'
import { headsAt } from '#generate/head-rows.ts'
import {
  type Binding,
  BLOCK_KINDS,
  type Block,
  type Component,
  type Edge,
  type EdgeKind,
  type FileExport,
} from '#generate/model.ts'
import { moduleFound } from './exports.ts'
import { imported } from './imports.ts'
import type { Linker } from './linker.ts'
import { exportsOfUnit } from './module-exports.ts'
import { type SiteTargets, type Target, TargetFinder } from './targets.ts'
import type { Unit } from './units.ts'

export interface FileEdges {
  edges: Edge[]
  uses: PackedUses
  callsResolved: number
  callsUnresolved: number
  /** The exports of the file. */
  exports: FileExport[]
}

/** Tables over all components of the program. */
export interface Surroundings {
  readonly components: ReadonlyMap<string, Component>
  /** Members keyed by container and name. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Possible targets of import edges. */
  readonly paths: ReadonlySet<string>
  /** Whether anything in the repository has a member or export of this name. */
  isMember(name: number): boolean
}

/** An edge of kind `references` is dropped if the same pair has a more specific edge. */
export function edgesOfUnit(linker: Linker, unit: Unit, sites: PackedSites, around: Surroundings): FileEdges {
  const { units } = linker
  const finder = new TargetFinder(linker, unit, around.members, (name) => around.isMember(name))
  const rows = unpackNumbers(sites.rows)
  const used = new UsedEdges(sites)
  let callsResolved = 0
  let callsUnresolved = 0
  let last: { targets: readonly Target[]; kinds: readonly (EdgeKind | undefined)[]; owner: string } | undefined
  const moduleOf = (specifier: string): string | undefined => {
    const to = linker.pathNamed(specifier, unit.path)
    return to !== undefined && around.paths.has(to) ? to : undefined
  }
  for (let row = 0; row < rows.length; row += SITE_COLUMNS) {
    const [useNumber = 0, ownerNumber = 0, regionNumber = 0] = [rows[row], rows[row + 1], rows[row + 2]]
    const [line = 0, column = 0, record = 0, mode = 0] = [rows[row + 3], rows[row + 4], rows[row + 5], rows[row + 6]]
    const use = USES[useNumber] ?? 'reference'
    const region = regionNumber - 1
    const owner = ownerNumber === 0 ? unit.path : (unit.components[ownerNumber - 1]?.id ?? unit.path)
    if (use === 'place') {
      last?.targets.forEach((target, index) => {
        const kind = last?.kinds[index]
        if (kind !== undefined) used.add(owner, target, kind, line, column, region)
      })
      continue
    }
    if (use === 'import') {
      const to = moduleOf(units.nameText(unit.names[record] ?? 0))
      if (to !== undefined)
        used.add(unit.path, { id: to, origin: 'import', confidence: LINKED }, 'imports', line, column, region)
      continue
    }
    const at = unit.base + record
    const { targets, where }: SiteTargets = finder.find(use, at, mode)
    const member =
      use === 'call' && units.kind(at) === Kind.access ? units.nameText(units.field(at, Field.access.name)) : ''
    const kinds = targets.map(({ id }): EdgeKind | undefined => {
      const component = around.components.get(id)
      // `run.bind(this)` only makes a function that may be called later.
      if (member === 'bind' && component?.name !== 'bind') return 'references'
      // Only methods can be overridden. A field may override a method if it holds a function.
      return use === 'override' && component?.kind !== 'method' ? undefined : kindOf(use, component)
    })
    last = { targets, kinds, owner }
    targets.forEach((target, index) => {
      const kind = kinds[index]
      if (kind === undefined) return
      if (kind === 'overrides') used.add(owner, target, kind)
      else if (line !== 0) used.add(owner, target, kind, line, column, region)
    })
    if (use !== 'call' && use !== 'construct') continue
    if (where !== 'unknown') callsResolved++
    else callsUnresolved++
  }
  const bindings = sites.bindings.map((bound): Binding => {
    const { name, imported: of, module, line } = bound
    const to = boundTo(linker, unit, finder, module, of) ?? moduleOf(module) ?? null
    return { name, imported: of, module, to, line }
  })
  return {
    ...used.finish(sites, bindings),
    callsResolved,
    callsUnresolved,
    exports: exportsOfUnit(linker, unit, finder),
  }
}

/** The component or module file that an import binds a name to. */
function boundTo(
  linker: Linker,
  unit: Unit,
  finder: TargetFinder,
  specifier: string,
  name: string | null,
): string | undefined {
  if (name === null) {
    const to = linker.moduleNamed(specifier, unit)
    return to === null || to === undefined ? undefined : finder.idOf(moduleFound(linker, to))
  }
  const number = linker.units.records.nameOf(name)
  const value = imported(linker, specifier, unit, number, Meaning.value)
  return finder.idOf(value) ?? finder.idOf(imported(linker, specifier, unit, number, Meaning.any))
}

/** A class "called" in JSX or as a decorator is instantiated. To read or assign a property with accessors calls them. */
function kindOf(use: (typeof USES)[number], target: Component | undefined): EdgeKind {
  switch (use) {
    case 'call':
      return target?.kind === 'class' ? 'instantiates' : 'calls'
    case 'construct':
      return 'instantiates'
    case 'reference':
      return target?.kind === 'field' && ACCESSOR.test(target.signature) ? 'calls' : 'references'
    case 'type':
      return 'uses-type'
    case 'override':
      return 'overrides'
    case 'extends':
    case 'implements':
      return use
    default:
      return 'references'
  }
}

const ACCESSOR = /^(?:(?:public|protected|static|override) )*(?:get|set) [^\s(:]+\(/

interface UsedEdge extends Edge {
  uses: number
}

/** The maximum number of occurrences per edge. */
const MAX_USES = 1_000

/** Collects edges with their occurrences, and creates blocks for regions with occurrences. */
class UsedEdges {
  readonly #edges: UsedEdge[] = []
  /** Keyed by source and target. */
  readonly #pairs = new Map<string, Map<string, UsedEdge[]>>()
  readonly #uses: { edge: UsedEdge; line: number; column: number; region: number }[] = []
  readonly #regions: readonly number[]
  readonly #heads: readonly number[]
  readonly #names: ReadonlyMap<number, string>
  readonly #blocks: Block[] = []
  /** The block of each region; -1 if it has none yet. */
  readonly #blockOf: number[]

  constructor({ regions, heads, names }: PackedSites) {
    this.#regions = unpackNumbers(regions)
    this.#heads = unpackNumbers(heads)
    this.#names = names
    this.#blockOf = new Array<number>(this.#regions.length / REGION_COLUMNS).fill(-1)
  }

  /** @param line - 0 for an edge without an occurrence. */
  add(from: string, { id: to, origin, confidence }: Target, kind: EdgeKind, line = 0, column = 0, region = -1): void {
    if (from === to) return
    const pair = this.#pairOf(from, to)
    let edge = pair.find((one) => one.kind === kind)
    if (edge === undefined) {
      edge = { from, to, kind, origin, confidence, uses: 0 }
      pair.push(edge)
      this.#edges.push(edge)
    }
    if (line !== 0 && edge.uses++ < MAX_USES) this.#uses.push({ edge, line, column, region })
  }

  /** The edges from one component to another. */
  #pairOf(from: string, to: string): UsedEdge[] {
    let targets = this.#pairs.get(from)
    if (targets === undefined) {
      targets = new Map()
      this.#pairs.set(from, targets)
    }
    let pair = targets.get(to)
    if (pair === undefined) {
      pair = []
      targets.set(to, pair)
    }
    return pair
  }

  finish({ named, rest }: PackedSites, bindings: readonly Binding[]): { edges: Edge[]; uses: PackedUses } {
    const left = this.#edges.filter(
      ({ from, to, kind }) => kind !== 'references' || !this.#pairOf(from, to).some(isStronger),
    )
    const indexes = new Map(left.map((edge, index) => [edge, index]))
    const uses = this.#uses.flatMap(({ edge, line, column, region }) => {
      const index = indexes.get(edge)
      return index === undefined ? [] : [{ edge: index, line, column, block: this.#blockAt(region) }]
    })
    for (const region of named) this.#blockAt(region)
    const values = unpackNumbers(rest.values)
    for (let at = 2; at < values.length; at += VALUE_WIDTH) values[at] = this.#blockAt(values[at] ?? -1)
    return {
      edges: left.map(({ from, to, kind, origin, confidence }) => ({ from, to, kind, origin, confidence })),
      uses: packUses(this.#blocks, uses, bindings, { ...rest, values: packNumbers(values) }),
    }
  }

  #cell(region: number, column: number): number {
    return this.#regions[region * REGION_COLUMNS + column] ?? 0
  }

  /** The index of a region's block, which is created with its parents if missing; -1 for none. */
  #blockAt(region: number): number {
    const missing: number[] = []
    for (let one = region; one !== -1 && this.#blockOf[one] === -1; one = this.#cell(one, RegionColumn.parent) - 1)
      missing.push(one)
    for (const one of missing.reverse()) this.#add(one)
    return region === -1 ? -1 : (this.#blockOf[region] ?? -1)
  }

  #add(region: number): void {
    this.#blockOf[region] = this.#blocks.length
    const parent = this.#cell(region, RegionColumn.parent) - 1
    const startLine = this.#cell(region, RegionColumn.startLine)
    const name = this.#names.get(region)
    this.#blocks.push({
      kind: BLOCK_KINDS[this.#cell(region, RegionColumn.kind)] ?? 'unknown',
      parent: parent === -1 ? -1 : (this.#blockOf[parent] ?? -1),
      startLine,
      endLine: startLine + this.#cell(region, RegionColumn.lines),
      ...headsAt(this.#heads, region),
      ...(name === undefined ? {} : { name }),
    })
  }
}

/**
 * Whether an edge makes a reference redundant. Instantiating a class or naming it as a type does not: the same code may
 * also refer to it, as in `value instanceof Plan`.
 */
function isStronger({ kind }: Edge): boolean {
  return kind !== 'references' && kind !== 'overrides' && kind !== 'instantiates' && kind !== 'uses-type'
}
