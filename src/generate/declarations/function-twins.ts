/**
 * Which declarations of functions of C and C++ are one: a member that is declared in its class and defined outside of it, and a
 * function that each branch of an `#if` defines.
 */

import type { Component, SourceFile } from '#generate/model.ts'
import { parametersOf, typeOf } from '#generate/signature-parameters.ts'

const LANGUAGES = new Set(['c', 'cpp'])
/** Words that only one of two declarations may have, and attributes. */
const EXTRA = /\b(?:static|inline|virtual|explicit|extern|friend|constexpr|noexcept|override|final)\b|\[\[[^[\]]*\]\]/g
/** Of one name that are compared. */
const MAX_SAME = 200

/** The one that stands for all first: what defines a member outside of its class, of other functions the first of the file. */
export function functionGroups(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Component[][] {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    const { kind, qualifiedName, file } = component
    if (!(kind === 'method' || kind === 'function') || !LANGUAGES.has(files.get(file)?.language ?? '')) continue
    // A type has one name in the whole program, a function without one may be the file's own.
    const key = kind === 'method' ? qualifiedName : `${file} ${qualifiedName}`
    const known = byName.get(key)
    if (known === undefined) byName.set(key, [component])
    else if (known.length < MAX_SAME) known.push(component)
  }
  return [...byName.values()].flatMap((all) => (all.length < 2 ? [] : groupsOf(all)))
}

function groupsOf(all: readonly Component[]): Component[][] {
  const groups = new Map<string, Component[]>()
  const outside = all.filter(isOutside)
  const inside = all.filter((one) => !isOutside(one))
  for (const one of inside) {
    const key = keyOf(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const [only] = groups.values()
  for (const one of outside) {
    const alone = groups.size === 1 && outside.length === 1 ? only : undefined
    const found = groups.get(keyOf(one)) ?? alone
    found?.push(one)
  }
  // Two types of one name in two files have members of their own.
  const isOne = ([first, ...others]: readonly Component[]): boolean =>
    others.every((one) => isOutside(one) || one.file === first?.file)
  return [...groups.values()]
    .filter((group) => group.length > 1 && isOne(group))
    .map((group) => [...group.filter(isOutside), ...group.filter((one) => !isOutside(one))])
}

/** Its signature names the class: `void Pool::grow()`. */
export function isOutside({ name, signature, kind }: Component): boolean {
  return kind === 'method' && signature.includes(`::${name}`)
}

/** What it takes, by the types, and whether it changes its object: `const`, `&`. */
function keyOf(component: Component): string {
  const { name, signature } = component
  const parameters = parametersOf(signature, name)
  const types = (parameters ?? [signature]).map((one) => typeOf(one, 'cpp').replace(EXTRA, '').replace(/\s+/g, ''))
  const behind = /\)\s*((?:const|volatile|&{1,2}|\s){1,4})/.exec(signature.slice(signature.lastIndexOf(')')))?.[1] ?? ''
  // A function without a class has no overloads that differ in what they give, but may have several templates.
  const head = component.kind === 'method' ? '' : signature.slice(0, Math.max(0, signature.indexOf(name)))
  return [head.replace(EXTRA, '').replace(/\s+/g, ''), ...types, behind.replace(/\s+/g, '')].join(',')
}
