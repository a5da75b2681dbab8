/** Finds the lines on which a component is used, by name. */

import type { Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { codeLines, lineNames } from '#generate/pages/code-lines.ts'
import { isInheritance, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isNoUse, neverUses } from './no-uses.ts'
import { isPassedOn } from './passed-on.ts'

/** A line that uses a component. */
export interface UseLine {
  line: number
  /** The name written on the line: of the component, of the used member, or the file's own name for it; `null` for an operator. */
  name: string | null
  /** Whether the line calls it, rather than passing it on or naming it. */
  isCall: boolean
  /** How far from the main path: 0 where it always runs, 1 in a branch, 2 in what handles a failure. */
  aside: number
}

export interface Uses {
  /**
   * Whether a component or file uses the component. For a type, whatever names it, or failing that, whatever uses its members.
   * Copying a doc comment is not a use.
   */
  has(user: string): boolean
  /** The lines of a component, or of a file as a whole, that use it, in order; may be empty. */
  lines(user: string): readonly UseLine[]
  /** Whether the uses are those of its members, since nothing names the type itself. */
  ofMembers: boolean
}

/** Cache of one: callers ask several times about the same component. */
const cache = new WeakMap<RepoIndex, { id: string; uses: Uses }>()

export function usesOf({ repo }: Writing, component: Component): Uses {
  const known = cache.get(repo)
  if (known?.id === component.id) return known.uses
  const uses = findUses(repo, component)
  cache.set(repo, { id: component.id, uses })
  return uses
}

function findUses(repo: RepoIndex, component: Component): Uses {
  const users = [...(repo.users.get(component.id)?.keys() ?? [])].filter((user) => !neverUses(repo, component, user))
  const declarations = repo.twins.get(component.id) ?? [component]
  // Constants of an enum are often used without its name: after `case`, or after `use Kind::*`.
  const places =
    component.kind === 'enum'
      ? declarations.flatMap((one) => [
          one,
          ...(repo.members.get(one.id) ?? []).filter(({ kind }) => kind === 'constant'),
        ])
      : declarations
  let lines = new Map(users.map((user) => [user, linesUsing(repo, places, user)]))
  const members = places.flatMap(({ id }) => repo.members.get(id) ?? [])
  const isNamed = [...lines.values()].some((own) => own.length > 0)
  if (isNamed) {
    for (const [user, own] of lines) {
      // A use without a place, such as a call from another language, counts, too.
      const isPlaceless = isFunction(component) && repo.occurrences.usesOf(user, component.id).length === 0
      if (own.length === 0 && !isPlaceless) lines.delete(user)
    }
  } else {
    if (isFunction(component))
      for (const user of users) if (isAlwaysQualifier(repo, component, user)) lines.delete(user)
    if (members.length > 0) lines = new Map(users.map((user) => [user, linesUsing(repo, members, user)]))
  }
  return {
    has: (user) => lines.has(user),
    lines: (user) => lines.get(user) ?? [],
    ofMembers: !isNamed && members.length > 0,
  }
}

const isFunction = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

/** Inheritance is listed only if there is no other use. */
function linesUsing(repo: RepoIndex, components: readonly Component[], user: string): UseLine[] {
  const byLine = new Map<number, UseLine>()
  for (const component of components) {
    if (repo.users.get(component.id)?.has(user) !== true) continue
    const uses = repo.occurrences
      .usesOf(user, component.id)
      .filter((use) => use.kind !== 'imports' && !isDocCopy(repo, use) && !isDeclaration(repo, component, use))
      .filter((use) => !isCoverage(use, repo) && !isQualifier(repo, component, use))
      .filter((use) => !isNoUse(repo, component, use))
      .filter((use) => user !== component.file || use.kind !== 'references' || !isPassedOn(repo, use))
    const others = uses.filter(({ kind }) => !isInheritance(kind) && kind !== 'overrides')
    for (const use of others.length > 0 ? others : uses) {
      const isCall = use.kind === 'calls' || byLine.get(use.line)?.isCall === true
      const name = byLine.has(use.line) ? byLine.get(use.line)?.name : nameAt(repo, component, use)
      byLine.set(use.line, { line: use.line, name: name ?? null, isCall, aside: asideOf(repo, use) })
    }
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line)
}

function asideOf(repo: RepoIndex, use: Occurrence): number {
  const around = repo.occurrences.blocksAround(use)
  return around.some(({ kind }) => kind === 'failure') ? 2 : around.some(({ kind }) => kind === 'branch') ? 1 : 0
}

/** `now.__doc__ = _factory.now.__doc__` */
function isDocCopy(repo: RepoIndex, { kind, file, line }: Occurrence): boolean {
  if (kind !== 'references' || repo.files.get(file)?.language !== 'python') return false
  return codeLines(repo, file, line, line)[0]?.includes('.__doc__') === true
}

const LANGUAGES_WITH_FORWARD_DECLARATIONS: ReadonlySet<string> = new Set(['c', 'cpp'])

/** `class ConnectionPool::TimedStack`: a qualified definition names its owner; `struct pool;` is a forward declaration. */
function isDeclaration(repo: RepoIndex, { qualifiedName }: Component, { from, line, file }: Occurrence): boolean {
  const user = repo.components.get(from)
  const [text = ''] = LANGUAGES_WITH_FORWARD_DECLARATIONS.has(repo.files.get(file)?.language ?? '')
    ? codeLines(repo, file, line, line)
    : []
  if (/^\s{0,8}(?:class|enum|struct|union)\s+\w{1,80};/.test(text)) return true
  return user?.startLine === line && user.qualifiedName.startsWith(`${qualifiedName}.`)
}

const COVERAGE = /^\s{0,40}#\[(?:\\?\w{1,80}\\){0,8}(?:Covers|Uses)(?:Class|Function|Method|Trait)/

/** Whether it is an attribute for coverage reports: `#[CoversClass(Differ::class)]`. */
function isCoverage({ file, line }: Occurrence, repo: RepoIndex): boolean {
  if (!file.endsWith('.php')) return false
  const [text = ''] = codeLines(repo, file, line, line)
  return COVERAGE.test(text.slice(0, 400))
}

const MEMBER = /^(?:::|\.)([\p{L}_][\p{L}\p{N}_]*)/u

/**
 * `Rack::Attack::MissingStoreError` uses the last of the three: a qualifier in front of another type is not a use; in front of a
 * constant it is.
 */
function isQualifier(repo: RepoIndex, component: Component, { file, line, column, from, kind }: Occurrence): boolean {
  if (!TYPES.has(component.kind) && !(component.kind === 'function' && kind === 'references')) return false
  const [text = ''] = codeLines(repo, file, line, line)
  const at = text.indexOf(component.name, Math.max(0, column - 1))
  if (at < 0) return false
  const [, member] = MEMBER.exec(text.slice(at + component.name.length, at + component.name.length + 200)) ?? []
  if (member === undefined) return false
  // `log.token()` uses a member of the function, not the function.
  if (component.kind === 'function')
    return repo.occurrences
      .usesIn(from)
      .some((use) => use.line === line && use.to !== component.id && repo.components.get(use.to)?.name === member)
  const inner = (repo.members.get(component.id) ?? []).find(({ name }) => name === member)
  if (inner === undefined || !TYPES.has(inner.kind)) return false
  return repo.occurrences.usesOf(from, inner.id).some((use) => use.line === line)
}

function isAlwaysQualifier(repo: RepoIndex, component: Component, user: string): boolean {
  const uses = repo.occurrences.usesOf(user, component.id)
  return uses.length > 0 && uses.every((use) => isQualifier(repo, component, use))
}

/** The name by which a line uses it: its own, that of its type, or the name that it is imported as. */
function nameAt(repo: RepoIndex, component: Component, { file, line }: Occurrence): string | null {
  const type = isConstructor(repo, component) ? repo.components.get(component.parent ?? '') : undefined
  const imported = repo.occurrences.bindingsOf(file).filter(({ to }) => to === component.id || to === type?.id)
  const names = [component.name, type?.name, ...imported.map(({ name }) => name)]
  return names.find((name) => name !== undefined && name !== '' && lineNames(repo, file, line, name)) ?? null
}
