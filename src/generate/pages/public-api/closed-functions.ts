/** Exported Go functions that only their own project can call, because users can neither name nor create their parameters. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { readParameters } from '#generate/signature-parameters.ts'

const MAX_FILE = 100_000
/** Matches an import of an internal package. */
const INTERNAL_IMPORT =
  /^[ \t]*(?:import[ \t]+)?(?:([A-Za-z_]\w{0,60})[ \t]+)?"(?:[^"\n]{1,200}\/)?internal(?:\/[^"\n]{1,200})?"/gm
/** Matches a type name; group 2 is present if it has a package. */
const TYPE = /(?<![\w.])([a-z_]\w{0,60})(\.\w)?/g

const imports = new WeakMap<RepoIndex, Map<string, Set<string>>>()

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
function internalIn(repo: RepoIndex, file: string): Set<string> {
  const known = imports.get(repo) ?? new Map<string, Set<string>>()
  imports.set(repo, known)
  let found = known.get(file)
  if (found === undefined) {
    const text = repo.files.get(file)?.text?.slice(0, MAX_FILE) ?? ''
    found = new Set(
      [...text.matchAll(INTERNAL_IMPORT)].map(
        ([line, alias]) => alias ?? nameOf(line.slice(line.indexOf('"') + 1, -1)),
      ),
    )
    known.set(file, found)
  }
  return found
}
