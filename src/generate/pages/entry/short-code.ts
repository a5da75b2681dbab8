/** Quotes short code in entries: the declaration of a constant with its value, and the body of a macro. */

import { least } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS_AND_COMPONENTS } from '#generate/pages/script-languages.ts'
import { oneLine } from '#markdown/build.ts'
import { kindWord } from './kind-word.ts'

/** Limit on the lines of a value that contains functions. */
const MAX_FUNCTION_LINES = 12
const MAX_VALUE = { lines: 40, chars: 3_000 }
const MAX_MACRO = { lines: 6, chars: 400 }
const MAX_ALIAS = { lines: 12, chars: 400 }

/** A cache, because pages and the search index use the values. */
const values = new WeakMap<Component, { text: string | undefined }>()

/**
 * The declaration of a constant or a field with its value, as written.
 *
 * @returns `undefined` if the signature contains it all, or if it is long or contains functions.
 */
export function valueText(repo: RepoIndex, component: Component): string | undefined {
  const known = values.get(component)
  if (known !== undefined) return known.text
  const text = isValueCut(repo, component) ? quoted(repo, component, MAX_VALUE) : undefined
  values.set(component, { text })
  return text
}

const TRAILING = /(?<!\s)\s{1,80}(?:\/\*[^\n*]{0,300}\*\/|\/\/[^\n]{0,300})$/

/** A short macro of C; `undefined` for a longer one, or if the signature contains it all. */
export function macroText(repo: RepoIndex, component: Component): string | undefined {
  const { kind, file, signature, doc } = component
  if (kind !== 'macro' || !/^(?:c|cpp)$/.test(repo.files.get(file)?.language ?? '')) return undefined
  const whole = quoted(repo, component, MAX_MACRO)
  // A trailing comment that is its description is not shown twice.
  const [comment = ''] = TRAILING.exec(whole ?? '') ?? []
  const hasDoc = doc !== null && comment.includes(doc.trim())
  const text = hasDoc ? whole?.slice(0, -comment.length) : whole
  return text === undefined || text.length <= signature.length ? undefined : text
}

/** Whether a macro writes some of the items: `typedef enum { LIST(ITEM) LAST } kind`. */
export function hasMadeItems(repo: RepoIndex, { file, startLine, endLine }: Component): boolean {
  return /[{,\n][ \t]{0,99}[A-Z_][A-Z0-9_]{1,99}\(/.test(codeLines(repo, file, startLine, endLine).join('\n'))
}

/** The names of macros on lines of their own in a C struct, which declare fields. */
export function fieldMacros(repo: RepoIndex, { kind, file, startLine, endLine }: Component): string[] {
  if (kind !== 'struct' || !/^(?:c|cpp)$/.test(repo.files.get(file)?.language ?? '')) return []
  return codeLines(repo, file, startLine + 1, endLine - 1).flatMap((line) => FIELD_MACRO.exec(line)?.[1] ?? [])
}

const FIELD_MACRO = /^\s{0,40}([A-Z_][A-Z0-9_]{2,99})(?:\([^();{}]{0,200}\))?;?\s{0,40}$/

/** The declaration of a type alias on one line, even if its signature is truncated; '' if it is longer than a row. */
export function aliasText(repo: RepoIndex, component: Component): string {
  const { kind, signature } = component
  const isCut = kind === 'type' && signature.endsWith(' = …')
  const text = isCut ? (quoted(repo, component, MAX_ALIAS) ?? '') : signature
  return isCut && /(?:^|\s)(?:#|\/\/)/.test(text) ? '' : oneLine(text).replace(/(?<=[([]) |,? (?=[)\]])/g, '')
}

/** Whether the signature leaves out a value without functions. */
function isValueCut(repo: RepoIndex, component: Component): boolean {
  const { kind, file, signature } = component
  if (kind !== 'constant' && kind !== 'field') return false
  const word = kindWord(component)
  if (word !== kind && word !== 'variable' && word !== 'static' && word !== 'property') return false
  const language = repo.files.get(file)?.language ?? ''
  // The signatures of scripts have only short values.
  const isLeftOut = kind === 'constant' && SCRIPTS_AND_COMPONENTS.has(language) && !signature.includes(' = ')
  const isShortened = signature.includes('=') && signature.includes('…')
  return (isLeftOut || isShortened) && !containsFunction(repo, component) && !isSetInside(repo, component)
}

/** Whether a value contains functions, unless these are one-liners or the whole value is short. */
function containsFunction({ occurrences, members }: RepoIndex, component: Component): boolean {
  const { id, file, kind, startLine, endLine } = component
  const isShort = kind === 'constant' && endLine > startLine && endLine - startLine < MAX_FUNCTION_LINES
  const nested = isShort ? [] : occurrences.blocksOf(file).filter(({ kind }) => kind === 'nested')
  const inside = [...nested, ...(members.get(id) ?? [])]
  const isAlone = startLine === endLine
  return inside.some(
    (one) => one.startLine >= startLine && one.endLine <= endLine && (isAlone || one.endLine > one.startLine),
  )
}

/** Whether a field is assigned in a method, `this.x = …`, rather than declared. */
function isSetInside(repo: RepoIndex, { parent, startLine, endLine }: Component): boolean {
  return (repo.members.get(parent ?? '') ?? []).some(
    (member) => member.kind === 'method' && member.startLine <= startLine && member.endLine >= endLine,
  )
}

function quoted(
  repo: RepoIndex,
  { file, startLine, endLine }: Component,
  max: { lines: number; chars: number },
): string | undefined {
  if (endLine - startLine >= max.lines) return undefined
  const text = dedent(codeLines(repo, file, startLine, endLine).join('\n'))
  return text === '' || text.length > max.chars ? undefined : text
}

/** Removes the common indentation. */
function dedent(text: string): string {
  const lines = text.replace(/\r$/gm, '').split('\n')
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const margin = least(margins)
  return lines
    .map((line) => line.slice(margin).trimEnd())
    .join('\n')
    .trim()
}

/** The name of `typedef struct { … } body`, which follows the members; '' for anything else. */
export const typedefName = ({ name, signature }: Component): string =>
  /^typedef (?:enum|struct|union)$/.test(signature) ? ` ${name}` : ''

/** The types from outside the repository that extensions of Swift conform to a protocol: `extension Int: Target {}`. */
export function outsideConformers(
  repo: RepoIndex,
  { id, file, kind }: Component,
): { name: string; file: string; line: number }[] {
  if (kind !== 'interface' || !file.endsWith('.swift')) return []
  const { role } = repo.files.get(file) ?? {}
  const files = [...(repo.users.get(id)?.keys() ?? [])].filter((user) => repo.files.get(user)?.role === role).sort()
  const found = files.flatMap((user) =>
    repo.occurrences.usesOf(user, id).flatMap((use) => {
      const [, name] = EXTENSION.exec(codeLines(repo, use.file, use.line, use.line)[0] ?? '') ?? []
      return name === undefined || use.kind !== 'uses-type' ? [] : { name, file: use.file, line: use.line }
    }),
  )
  return [...new Map(found.map((one) => [one.name, one])).values()].slice(0, MAX_OUTSIDE)
}

const EXTENSION = /^(?:public )?extension ([\w.]{1,80})\s{0,4}:/
const MAX_OUTSIDE = 20
