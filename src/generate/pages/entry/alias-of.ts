/** Finds the definition that a constant is an alias of: `export const find = search`, `Plan = Orbit::Plan`. */

import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const MAX_LINE = 300
/** Matches a name after `=`, or the function that is given more members: `Object.assign(search, {`. */
const VALUE =
  /=[ \t]{0,4}(?:(?:[\p{L}_$][\p{L}\p{N}_$]*(?:\.|::)){0,4}([\p{L}_$][\p{L}\p{N}_$]*);?$|Object\.assign\(([\p{L}_$][\p{L}\p{N}_$]*),)/u

const IMPORT_ALIAS = /^((?:export )?(?:declare )?type [\w$]+ = )([\w$]+)$/
const FROM = /^[^;'"]*\}\s{0,9}from\s{0,9}['"]([^'"\n]{1,100})['"]/
const MAX_IMPORT = 600
/** Limit on the characters of a file in which its imports are searched. */
const MAX_IMPORTS = 20_000

/** `type Options = import('ajv').Options` for a type that is another name of an import: `type Options = Options_`. */
export function withImport(repo: RepoIndex, { kind, file }: Component, signature: string): string {
  const [, head, alias] = kind === 'type' ? (IMPORT_ALIAS.exec(signature) ?? []) : []
  if (head === undefined || alias === undefined || !/\.[cm]?tsx?$/.test(file)) return signature
  const text = (repo.files.get(file)?.text ?? '').slice(0, MAX_IMPORTS)
  const at = findText(text, ` as ${alias}`)
  const rest = text.slice(at + 4 + alias.length)
  const [, from] = at < 0 || /^[\w$]/.test(rest) ? [] : (FROM.exec(rest.slice(0, MAX_IMPORT)) ?? [])
  const name = /[\w$]{1,80}$/.exec(text.slice(Math.max(0, at - 80), at))?.[0]
  return from === undefined || name === undefined ? signature : `${head}import('${from}').${name}`
}

/** @returns `undefined` if the value is not the name of a definition in the repository. */
export function aliasOf(repo: RepoIndex, component: Component): Component | undefined {
  const { id, file, kind, name, startLine } = component
  if (kind !== 'constant') return undefined
  const [line = ''] = codeLines(repo, file, startLine, startLine)
  const [, value, assigned] = VALUE.exec(line.slice(0, MAX_LINE).trimEnd()) ?? []
  const meant = value ?? assigned
  if (meant === undefined) return undefined
  const targets = [...repo.occurrences.usesIn(id), ...repo.occurrences.usesIn(file)]
    .filter((use) => use.file === file && use.line === startLine && use.to !== id)
    .flatMap(({ to }) => repo.components.get(to) ?? [])
    .filter((one) => one.name === meant && one.kind !== 'constant' && one.kind !== 'field')
  // A function that a module lends from an object: `encode = codec.encode`.
  return targets.find((one) => one.name !== name || one.file !== file || one.kind === 'method')
}
