/** Exported functions of Go that only their own project can call: they take what users can neither name nor make. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { readParameters } from '#generate/signature-parameters.ts'

const MAX_FILE = 100_000
/** What is imported from a package that is internal to the project. */
const INTERNAL_IMPORT =
  /^[ \t]*(?:import[ \t]+)?(?:([A-Za-z_]\w{0,60})[ \t]+)?"(?:[^"\n]{1,200}\/)?internal(?:\/[^"\n]{1,200})?"/gm
/** A type of a package, or of the own one. */
const TYPE = /(?<![\w.])([a-z_]\w{0,60})(\.\w)?/g

const imports = new WeakMap<RepoIndex, Map<string, Set<string>>>()

/** Whether a parameter of it has a type of an internal package, or one that its own package does not export. */
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

/** The names under which a file imports internal packages. */
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
