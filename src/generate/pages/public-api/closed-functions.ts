/** Recognises exported Go functions that only their own project can call, because users can neither name nor create their parameters. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf } from '#generate/paths.ts'
import { readParameters } from '#generate/signature-parameters.ts'

/** Matches the path of an internal Go package. */
export const INTERNAL = /(?:^|\/)internal(?:\/|$)/
/** Matches a type name; group 2 is present if it has a package. */
const TYPE = /(?<![\w.])([a-z_]\w{0,60})(\.\w)?/g

/** Whether a parameter has a type of an internal package, or one that its own package does not export. */
export function isClosed(repo: RepoIndex, { file, kind, name, signature }: Component): boolean {
  if (kind !== 'function' || !file.endsWith('.go')) return false
  const types = (readParameters(signature, name, 'go') ?? []).map(({ type }) => type).join(' ')
  for (const [, word = '', member] of types.matchAll(TYPE))
    if (member === undefined ? isKept(repo, file, word) : internalIn(repo, file).has(word)) return true
  return false
}

function isKept({ tops, folders }: RepoIndex, file: string, word: string): boolean {
  return (folders.get(folderOf(file)) ?? []).some(({ path }) =>
    (tops.get(path) ?? []).some(({ name, kind }) => name === word && (kind === 'struct' || kind === 'interface')),
  )
}

/** The local names of the internal packages that a file imports. */
const internalIn = ({ occurrences }: RepoIndex, file: string): Set<string> =>
  new Set(occurrences.bindingsOf(file).flatMap(({ name, module }) => (INTERNAL.test(module) ? [name] : [])))
