/**
 * Joins the reads of all files: finds the component of each read, directly or through a function of the repository
 * that takes a name. A call of such a function counts if there is an edge to it.
 */

import { type Component, compareText, type Edge, type Read, type ReadKind } from '#generate/model.ts'
import { patternOf } from './computed-names.ts'
import type { Argument, FileReads, Forwarding, NamingCall, Parameter } from './file-reads.ts'
import { joinTags } from './join-tags.ts'
import { Owners } from './owners.ts'

/** Limit on the length of a chain of functions that pass on a name. */
const MAX_ROUNDS = 4
const MAX_READS = 20_000

/** A function of the repository that reads on behalf of its callers. */
interface Helper {
  readonly id: string
  readonly kind: ReadKind
  readonly parameter: Parameter
  readonly default: string | null
  readonly defaultParameter: Parameter | null
  readonly prefix: string
}

/** @param files - Reads keyed by path. */
export function joinReads(
  files: ReadonlyMap<string, FileReads>,
  components: readonly Component[],
  edges: readonly Edge[],
): Read[] {
  if (files.size === 0) return []
  const owners = new Owners(components, files)
  const helpers = helpersOf(files, owners, edges)
  const called = new CalledHelpers(helpers, edges)
  const tags = joinTags(files)
  const found: Read[] = []
  const named = new Set<string>()
  for (const [file, { reads, calls }] of files) {
    for (const read of [...reads.filter(({ plain }) => plain === undefined), ...(tags.get(file) ?? [])])
      found.push({ ...read, file, reader: owners.at(file, read.line)?.id ?? null, through: null })
    for (const call of calls) {
      const owner = owners.at(file, call.line)
      for (const helper of called.by(file, owner, call)) {
        const { value = null, listed = [] } = argumentFor(call.args, helper.parameter) ?? {}
        const given = helper.defaultParameter && argumentFor(call.args, helper.defaultParameter)?.value
        for (const written of [...(value === null ? [] : [value]), ...listed]) {
          if (written === '') continue
          named.add(helper.id)
          found.push({
            kind: helper.kind,
            name: helper.prefix + written,
            default: given ?? helper.default,
            file,
            line: call.line,
            written,
            reader: owner?.id ?? null,
            through: helper.id,
          })
        }
      }
    }
  }
  // A prefix alone is reported if no call completes the name.
  for (const [file, { functions }] of files)
    for (const { kind, name, line, prefix, written } of functions) {
      const id = owners.named(file, line, name)?.id ?? null
      if (!/^[A-Z][A-Z0-9_]*_$/.test(prefix) || (id !== null && named.has(id))) continue
      found.push({ kind, name: patternOf(prefix), default: null, file, line, written, reader: id, through: null })
    }
  return sorted([...found, ...plainReads(files, owners, found)])
}

/** Reads of `$NAME` in shell scripts, if no script sets the name or it is also read in another way. */
function plainReads(files: ReadonlyMap<string, FileReads>, owners: Owners, found: readonly Read[]): Read[] {
  const known = new Set(found.flatMap(({ kind, name }) => (kind === 'environment' ? [name] : [])))
  const set = new Set([...files.values()].flatMap(({ sets = [] }) => sets))
  return [...files].flatMap(([file, { reads }]) =>
    reads.flatMap(({ plain, ...read }) =>
      plain !== undefined && (known.has(read.name) || (plain === 'sure' && !set.has(read.name)))
        ? [{ ...read, file, reader: owners.at(file, read.line)?.id ?? null, through: null }]
        : [],
    ),
  )
}

function helpersOf(files: ReadonlyMap<string, FileReads>, owners: Owners, edges: readonly Edge[]): Map<string, Helper> {
  const helpers = new Map<string, Helper>()
  for (const [file, { functions }] of files) {
    for (const one of functions) {
      const owner = owners.named(file, one.line, one.name)
      if (owner === undefined || helpers.has(owner.id)) continue
      const { kind, parameter, default: fallback, defaultParameter, prefix } = one
      helpers.set(owner.id, { id: owner.id, kind, parameter, default: fallback, defaultParameter, prefix })
    }
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const called = new CalledHelpers(helpers, edges)
    const more: Helper[] = []
    for (const [file, { forwards }] of files) {
      for (const forward of forwards) {
        const owner = owners.named(file, forward.line, forward.name)
        if (owner === undefined || helpers.has(owner.id)) continue
        for (const helper of called.by(file, owner, forward)) {
          const passing = passingHelper(owner.id, forward, helper)
          if (passing !== undefined) more.push(passing)
        }
      }
    }
    for (const helper of more) if (!helpers.has(helper.id)) helpers.set(helper.id, helper)
    if (more.length === 0) break
  }
  return helpers
}

/** A helper that passes its parameter to another helper. */
function passingHelper(id: string, { args }: Forwarding, to: Helper): Helper | undefined {
  const parameter = argumentFor(args, to.parameter)?.parameter
  if (parameter == null) return undefined
  const fallback = to.defaultParameter === null ? undefined : argumentFor(args, to.defaultParameter)
  return {
    id,
    kind: to.kind,
    parameter,
    default: fallback?.value ?? to.default,
    defaultParameter: fallback?.parameter ?? null,
    prefix: to.prefix,
  }
}

function argumentFor(args: readonly Argument[], { name, index }: Parameter): Argument | undefined {
  const labelled = args.find(({ label }) => label === name)
  if (labelled !== undefined) return labelled
  const placed = args[index]
  return placed !== undefined && isPlaced(placed, name) ? placed : undefined
}

/**
 * Whether an argument is at its parameter's position. A named argument belongs to the parameter of that name, except in
 * Swift, where labels may differ from parameter names.
 */
const isPlaced = ({ label }: Argument, name: string): boolean => label === null || label.startsWith(name)

/** The helpers that a call may reach, according to the edges of the graph. */
class CalledHelpers {
  readonly #byCaller = new Map<string, Helper[]>()

  constructor(helpers: ReadonlyMap<string, Helper>, edges: readonly Edge[]) {
    for (const { from, to, kind } of edges) {
      const helper = kind === 'calls' || kind === 'references' ? helpers.get(to) : undefined
      if (helper === undefined) continue
      const known = this.#byCaller.get(from)
      if (known === undefined) this.#byCaller.set(from, [helper])
      else if (!known.includes(helper)) known.push(helper)
    }
  }

  /** @returns At most one: two with the same name are ambiguous. */
  by(file: string, owner: Component | undefined, { callee, isOwn }: NamingCall): Helper[] {
    const callers = [file, ...(owner === undefined ? [] : [owner.id, ...(owner.parent === null ? [] : [owner.parent])])]
    const matching = new Set(
      callers.flatMap((caller) => (this.#byCaller.get(caller) ?? []).filter(({ id }) => isNamed(id, callee, isOwn))),
    )
    return matching.size === 1 ? [...matching] : []
  }
}

/** `a.py#Settings.env` has the name `env`; `this.env` must be a member. */
function isNamed(id: string, callee: string, isOwn: boolean): boolean {
  const name = id.slice(id.indexOf('#') + 1).replace(/~\d+$/, '')
  return name === callee ? !isOwn : name.endsWith(`.${callee}`)
}

/** Sorted, without duplicates. */
function sorted(found: readonly Read[]): Read[] {
  const reads = [...found].sort(byPlace)
  return reads.filter((read, index) => !isSame(read, reads[index - 1])).slice(0, MAX_READS)
}

function byPlace(a: Read, b: Read): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    compareText(a.name, b.name) ||
    compareText(b.default ?? '', a.default ?? '')
  )
}

function isSame(a: Read, b: Read | undefined): boolean {
  return b !== undefined && a.file === b.file && a.line === b.line && a.name === b.name
}
