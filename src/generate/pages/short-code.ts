/** Code that says more than words about it, as long as it is short: the value of a constant, the body of a constructor. */

import type { Component } from '#generate/model.ts'
import { bodyOf, isConstructor } from './calls.ts'
import { codeLines } from './code-lines.ts'
import { kindWord } from './kind-word.ts'
import type { Survey } from './survey.ts'

const MAX_VALUE = { lines: 40, chars: 3_000 }
const MAX_CONSTRUCTOR = { lines: 12, chars: 800 }

const VALUE = /^(?:[^=<>!:]|[<>!:](?!=)|:=?(?==))*?:?=(?![=>])/
const ENDS_VALUE = /(?<![;,\s])[;,\s]+$/

/**
 * The declaration of a constant or of an attribute of a type with its value, as it is written.
 *
 * @returns `undefined` where the signature has it all, where it is long, or holds functions.
 */
export function valueText(survey: Survey, component: Component): string | undefined {
  const known = values.get(component)
  if (known !== undefined) return known.text
  const text = findValue(survey, component)
  values.set(component, { text })
  return text
}

/** Pages show them, and the search is made of them. */
const values = new WeakMap<Component, { text: string | undefined }>()

function findValue(survey: Survey, component: Component): string | undefined {
  if (component.kind !== 'constant' && component.kind !== 'field') return undefined
  if (kindWord(component) !== component.kind) return undefined
  if (survey.members.has(component.id) || survey.files.get(component.file)?.language == null) return undefined
  const text = textOf(survey, component.file, component.startLine, component.endLine, MAX_VALUE)
  if (text === undefined || holdsFunction(survey, component)) return undefined
  const head = VALUE.exec(text)?.[0]
  if (head === undefined) return undefined
  const value = text.slice(head.length).replace(ENDS_VALUE, '')
  if (value === '' || oneLine(component.signature).includes(oneLine(value))) return undefined
  return isSetInside(survey, component) ? undefined : dedent(text)
}

/** A value that does is code like any other. */
function holdsFunction({ occurrences }: Survey, { file, startLine, endLine }: Component): boolean {
  return occurrences
    .blocksOf(file)
    .some((block) => block.kind === 'nested' && block.startLine >= startLine && block.endLine <= endLine)
}

/** The whole constructor of a type that has one, where it calls or makes something of the repository. */
export function constructorText(survey: Survey, component: Component): string | undefined {
  if (component.kind !== 'class' && component.kind !== 'struct') return undefined
  const body = bodyOf(survey, component)
  const all = (survey.members.get(component.id) ?? []).filter((member) => isConstructor(survey, member))
  if (all.length > 1 || !survey.callees.has(body.id)) return undefined
  const span = body === component ? spanInside(survey, component) : [body.startLine, body.endLine]
  const [from, to] = span ?? []
  if (from === undefined || to === undefined) return undefined
  const text = textOf(survey, body.file, from, to, MAX_CONSTRUCTOR)
  return text === undefined ? undefined : dedent(text)
}

/** `this.x = …` within a function is done, not declared. */
function isSetInside(survey: Survey, { parent, startLine, endLine }: Component): boolean {
  return (survey.members.get(parent ?? '') ?? []).some(
    (member) => member.kind === 'method' && member.startLine <= startLine && member.endLine >= endLine,
  )
}

function textOf(
  survey: Survey,
  file: string,
  from: number,
  to: number,
  max: { lines: number; chars: number },
): string | undefined {
  if (to - from >= max.lines) return undefined
  const text = codeLines(survey, file, from, to).join('\n')
  return text === '' || text.length > max.chars ? undefined : text
}

/** In an indented line of its own. */
const CONSTRUCTOR = /^([ \t]+)(?:(?:public|protected|private)[ \t]+)?constructor[ \t]*\(/

/** The lines of a constructor that is no component, as in JavaScript: up to the brace below its beginning. */
function spanInside(survey: Survey, { file, startLine, endLine }: Component): [number, number] | undefined {
  const lines = codeLines(survey, file, startLine, endLine)
  const first = lines.findIndex((line) => CONSTRUCTOR.test(line))
  const [, margin = ''] = CONSTRUCTOR.exec(lines[first] ?? '') ?? []
  if (margin === '') return undefined
  if (/\}\s*$/.test(lines[first] ?? '')) return [startLine + first, startLine + first]
  const last = lines.findIndex((line, index) => index > first && line.startsWith(`${margin}}`))
  return last === -1 ? undefined : [startLine + first, startLine + last]
}

/** Without the margin that all its lines have. */
function dedent(text: string): string {
  const lines = text.replace(/\r$/gm, '').split('\n')
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const margin = Math.min(...margins)
  return lines
    .map((line) => line.slice(margin).trimEnd())
    .join('\n')
    .trim()
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, '')
}
