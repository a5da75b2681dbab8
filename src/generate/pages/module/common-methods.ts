/** Methods that any type may have, which say nothing of one. */

import type { Component } from '#generate/model.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { isPublic } from '#generate/pages/writing.ts'

/** Methods that any type may have, by language. */
const COMMON: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [
    /\.rs$/,
    /^(?:from|into|try_from|try_into|fmt|clone|default|drop|eq|ne|cmp|partial_cmp|hash|deref|deref_mut|serialize|deserialize)$/,
  ],
  [/\.[cm]?[jt]sx?$/, /^(?:inspect|toJSON|valueOf)$/],
  [/\.php$/, /^(?:offset(?:Exists|Get|Set|Unset)|jsonSerialize|getIterator)$/],
  [/\.cs$/, /^(?:ToString|GetHashCode|Equals)$/],
  [/\.rb$/, /^(?:to_s|inspect)$/],
  [/\.[cm]?[jt]sx?$/, /^(?:default|inspect|toJSON|toLocaleString|valueOf)$/],
  [/./, /^(?:toString|hashCode|equals)$/],
]

export function isCommon({ file, name }: Component): boolean {
  return COMMON.some(([ofFile, ofName]) => ofFile.test(file) && ofName.test(name))
}

/** Names of constructors and destructors, and names that are private by custom. */
const EXPECTED = /^(?:constructor|new|init|initialize|~.*|_.*)$/

/** Whether a type has other public members, such as operators, overriding methods and nested types: a list would seem complete. */
export function hasOthers(repo: RepoIndex, component: Component, listed: readonly Component[]): boolean {
  const known = new Set(listed.map(({ name }) => name))
  const isUntold = (one: Component): boolean =>
    !known.has(one.name) &&
    one.name !== component.name &&
    isPublic(one, repo) &&
    !isDeprecated(one) &&
    !isCommon(one) &&
    !EXPECTED.test(one.name)
  return (repo.members.get(component.id) ?? []).some(isUntold)
}
