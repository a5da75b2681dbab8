/** Extracts short code that is shown in entries: the value of a constant, and the body of a macro. */

import { least } from '#base/long-arrays.ts'
import { afterAttributes } from '#generate/attributes.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { kindWord } from './kind-word.ts'

/** Limit on the lines of a value that contains functions. */
const MAX_FUNCTION_LINES = 12
const MAX_VALUE = { lines: 40, chars: 3_000 }

const VALUE = /^(?:[^=<>!:]|[<>!:](?!=)|:=?(?==))*?:?=(?![=>])/
/** Matches a C# property with an initial value: `{ get; set; } = [`. */
const INITIALISED = /^[^={}]*\{(?:\s{0,9}(?:[a-z]{1,12}\s{1,9}){0,2}(?:get|set|init);){1,2}\s{0,9}\}\s{0,9}=(?!>)/
const ENDS_VALUE = /(?<![;,\s])[;,\s]+$/

/**
 * The declaration of a constant or a field with its value, as written.
 *
 * @returns `undefined` if the signature contains it all, or if it is long or contains functions.
 */
export function valueText(repo: RepoIndex, component: Component): string | undefined {
  const known = values.get(component)
  if (known !== undefined) return known.text
  const text = findValue(repo, component)
  values.set(component, { text })
  return text
}

/** A cache, because pages and the search index use the values. */
const values = new WeakMap<Component, { text: string | undefined }>()

const MAX_LINE = 200
const MAX_MACRO = { lines: 6, chars: 400 }

/** A short C macro without the comment after it; `undefined` for a longer one, or if the signature contains it all. */
export function macroText(repo: RepoIndex, component: Component): string | undefined {
  const { kind, file, startLine, endLine, signature } = component
  const { language } = repo.files.get(file) ?? {}
  if (kind !== 'macro' || (language !== 'c' && language !== 'cpp')) return undefined
  const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_MACRO.lines - 1))
  const last = lines.findIndex((line) => !line.trimEnd().endsWith('\\'))
  const text = withoutTrailingComment(dedent(lines.slice(0, last + 1).join('\n')))
  return last < 0 || text.length > MAX_MACRO.chars || text.length <= signature.length ? undefined : text
}

const LITERAL =
  /^[^="']*[^="'<>!:]=\s?(-?\d[\w.]{0,20}|true|false|null|None|Nil|[A-Z]\w{0,40}\.[A-Z]\w{0,40}|"[^"\n]{0,60}")\s*$/

/** The value of a function of Scala or Kotlin on one line that only gives one: ` = None`; '' for any other. */
export function givenLiteral(repo: RepoIndex, { kind, file, startLine, endLine, signature }: Component): string {
  const isFunction = kind === 'function' || kind === 'method'
  if (!isFunction || startLine !== endLine || !/\.(?:kts?|scala|sc)$/.test(file) || signature.includes('=')) return ''
  const [, value] = LITERAL.exec((codeLines(repo, file, startLine, endLine)[0] ?? '').slice(0, MAX_LINE)) ?? []
  return value === undefined ? '' : ` = ${value}`
}

function withoutTrailingComment(text: string): string {
  const comment = text.lastIndexOf('/*')
  const end = text.lastIndexOf('*/')
  // A comment may also end after the macro.
  const isTrailing = comment >= 0 && (end < comment || text.endsWith('*/'))
  const lastLine = text.lastIndexOf('\n') + 1
  const at = isTrailing ? comment : text.slice(lastLine).search(/\s\/\//) + lastLine
  return (at < lastLine && !isTrailing) || text.slice(0, at).includes('"') ? text : text.slice(0, at).trimEnd()
}

function findValue(repo: RepoIndex, component: Component): string | undefined {
  if (component.kind !== 'constant' && component.kind !== 'field') return undefined
  const word = kindWord(component)
  if (word !== component.kind && word !== 'variable' && word !== 'static' && word !== 'property') return undefined
  if (repo.files.get(component.file)?.language == null) return undefined
  const whole = textOf(repo, component.file, component.startLine, component.endLine, MAX_VALUE)
  if (whole === undefined || containsFunction(repo, component)) return undefined
  // The `=` in an annotation gives the field no value.
  const text = component.file.endsWith('.java') ? afterAttributes(whole) : whole
  const head = (word === 'property' ? INITIALISED : VALUE).exec(text)?.[0]
  if (head === undefined) return undefined
  const value = text.slice(head.length).replace(ENDS_VALUE, '')
  if (value === '' || withoutSpaces(component.signature).includes(withoutSpaces(value))) return undefined
  return isSetInside(repo, component) ? undefined : dedent(text)
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

function textOf(
  repo: RepoIndex,
  file: string,
  from: number,
  to: number,
  max: { lines: number; chars: number },
): string | undefined {
  if (to - from >= max.lines) return undefined
  const text = codeLines(repo, file, from, to).join('\n')
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

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '')
}

/** The name of `typedef struct { … } body`, which stands behind the members; '' for anything else. */
export const typedefName = ({ name, signature }: Component): string =>
  /^typedef (?:enum|struct|union)$/.test(signature) ? ` ${name}` : ''
