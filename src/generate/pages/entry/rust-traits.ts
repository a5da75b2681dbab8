/** Finds the traits of a Rust type: those that it derives, and those that its file implements for it. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { implsIn } from './rust-impls.ts'

export interface TraitOfType {
  /** For example `Clone`, `From<Error> for io::Error`. */
  readonly label: string
  /** The last name of its path: `Display`. */
  readonly name: string
  /** The file of its `impl`. */
  readonly file: string
  /** The line of its `impl`; `null` if it is derived. */
  readonly line: number | null
  /** The `cfg` condition: `unix`, `feature = "serde"`; '' if there is none. */
  readonly condition: string
}

const TYPES = new Set<Component['kind']>(['struct', 'enum', 'class', 'type'])
const MAX_TRAITS = 40
const MAX_ABOVE = 30
/** Other attributes contain `derive(…)` for types that their macros generate. */
const DERIVE = /^derive\(([^()]{1,400})\)/
const CFG_DERIVE = /^cfg_attr\((.{1,80}?), ?derive\(([^()]{1,400})\)/

const STANDARD = new Set('Clone Copy Debug Default Eq Hash Ord PartialEq PartialOrd'.split(' '))

/** Whether it is a trait of the standard library that most types have. */
export const isCommon = ({ name }: TraitOfType): boolean => STANDARD.has(name)

interface Elsewhere {
  /** The other files that implement traits for a type whose name no other type has. */
  files: ReadonlyMap<Component, ReadonlySet<string>>
  /** The names of the repository's traits. Others can only be implemented for types of the same crate. */
  traits: ReadonlySet<string>
}

const known = new WeakMap<RepoIndex, Elsewhere>()

function implsElsewhere(repo: RepoIndex): Elsewhere {
  const made = known.get(repo)
  if (made !== undefined) return made
  const types = new Map<string, Component | null>()
  for (const one of repo.components.values())
    if (TYPES.has(one.kind) && one.file.endsWith('.rs')) types.set(one.name, types.has(one.name) ? null : one)
  const found = new Map<Component, Set<string>>()
  for (const [path, { role }] of repo.files)
    for (const { type, isInner } of role === 'code' ? implsIn(repo, path) : []) {
      const component = type === undefined || isInner ? undefined : types.get(type)
      if (component == null || component.kind === 'type' || component.file === path) continue
      found.set(component, (found.get(component) ?? new Set()).add(path))
    }
  const traits = [...repo.components.values()].flatMap(({ kind, name }) => (kind === 'trait' ? name : []))
  const elsewhere = { files: found, traits: new Set(traits) }
  known.set(repo, elsewhere)
  return elsewhere
}

/** Derived traits first, then the others in the order of the files. None if a derived `Error` implements more, as that of thiserror does. */
export function traitsOf(repo: RepoIndex, component: Component): TraitOfType[] {
  if (!TYPES.has(component.kind) || !component.file.endsWith('.rs')) return []
  const derived = component.kind === 'type' ? [] : derivedBy(repo, component)
  if (derived.some(({ name }) => name === 'Error')) return []
  const known = new Set(derived.map(({ label }) => label))
  const { traits, files } = implsElsewhere(repo)
  const elsewhere = [...(files.get(component) ?? [])].flatMap((file) => {
    const condition = implsIn(repo, file)[0]?.fileCondition ?? ''
    const found = implementedIn(repo, file, component.name)
    return found.map((one) => (one.condition === '' ? { ...one, condition } : one))
  })
  const implemented = [
    ...implementedIn(repo, component.file, component.name),
    ...elsewhere.filter(({ name }) => !traits.has(name)),
  ].filter(({ label }) => !known.has(label))
  return [...derived, ...implemented].slice(0, MAX_TRAITS)
}

/** Whether a line is an attribute, a comment, or a line inside an attribute. */
const isOfAttribute = (line: string): boolean =>
  /^(?:#|\/\/)/.test(line) || (/[,()\]]$/.test(line) && !/[{};]/.test(line))

function derivedBy(repo: RepoIndex, { file, startLine, name }: Component): TraitOfType[] {
  const above = codeLines(repo, file, Math.max(1, startLine - MAX_ABOVE), startLine - 1)
  const from = above.findLastIndex((line) => !isOfAttribute(line.trim()))
  const below = codeLines(repo, file, startLine, startLine + MAX_ABOVE)
  const head = below.findIndex((line) => /\b(?:struct|enum|union)\b/.test(line) && line.split(/\W+/).includes(name))
  const lines = [...above.slice(from + 1), ...below.slice(0, Math.max(0, head))]
  const text = lines
    .filter((line) => !/^\s*\/\//.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
  const attributes = text.split('#[').map((attribute) => attribute.trim())
  return attributes.flatMap((attribute) => {
    const [, condition, conditional] = CFG_DERIVE.exec(attribute) ?? []
    const list = conditional ?? DERIVE.exec(attribute)?.[1] ?? ''
    return list.split(',').flatMap((one): TraitOfType[] => {
      const path = one.trim()
      const last = path.split('::').at(-1) ?? ''
      return /^\w{1,60}$/.test(last) ? [{ label: last, name: last, file, line: null, condition: condition ?? '' }] : []
    })
  })
}

/** Only `impl` blocks at the top level; those in test modules belong to the tests. */
function implementedIn(repo: RepoIndex, file: string, name: string): TraitOfType[] {
  const own = implsIn(repo, file).filter(({ isInner }) => !isInner)
  return own.flatMap(({ trait, name: last, target, type, line, condition }): TraitOfType[] => {
    if (type === name) {
      const label = target.startsWith('&') ? `${trait} for ${target}` : trait
      return [{ label, name: last, file, line, condition }]
    }
    const isFrom = /^(?:Try)?From<(?:&(?:'\w+ )?)?(\w+)(?:<.*>)?>$/.exec(trait)?.[1] === name
    const isForeign = type === undefined || ![...(repo.tops.get(file) ?? [])].some((one) => one.name === type)
    return isFrom && isForeign ? [{ label: `${trait} for ${target}`, name: '', file, line, condition }] : []
  })
}
