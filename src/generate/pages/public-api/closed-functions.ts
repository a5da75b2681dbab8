/** Recognises exported Go functions that only their own project can call, because users can neither name nor create their parameters. */

import { memoizedByText } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf } from '#generate/paths.ts'
import { readParameters } from '#generate/signature-parameters.ts'

/** Matches the path of an internal Go package. */
export const INTERNAL = /(?:^|\/)internal(?:\/|$)/
/** Matches an unexported type, or the package of another one: group 2 is present for a package. */
const TYPE = /(?<![\w.])([a-z_]\w{0,60})(\.\w)?/g

/** Whether a parameter has a type of an internal package, or one that its own package does not export. */
export function isClosed(repo: RepoIndex, { file, kind, name, signature }: Component): boolean {
  if (kind !== 'function' || !file.endsWith('.go')) return false
  const types = (readParameters(signature, name, 'go') ?? []).map(({ type }) => type).join(' ')
  for (const [, word = '', member] of types.matchAll(TYPE))
    if ((member === undefined ? typesIn(repo, folderOf(file)) : internalIn(repo, file)).has(word)) return true
  return false
}

/** The names of the types that the package in a folder defines. */
const typesIn = memoizedByText(
  ({ tops, folders }: RepoIndex, folder): ReadonlySet<string> =>
    new Set(
      (folders.get(folder) ?? [])
        .flatMap(({ path }) => tops.get(path) ?? [])
        .flatMap(({ name, kind }) => (kind === 'struct' || kind === 'interface' ? name : [])),
    ),
)

/** The local names of the internal packages that a file imports. */
const internalIn = memoizedByText(
  ({ occurrences }: RepoIndex, file): ReadonlySet<string> =>
    new Set(occurrences.bindingsOf(file).flatMap(({ name, module }) => (INTERNAL.test(module) ? [name] : []))),
)
