/** Code that says more than words about it, as long as it is short: the value of a constant. */

import type { Component } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { kindWord } from './kind-word.ts'
import { lineStarts } from './source-order.ts'
import type { Survey } from './survey.ts'

const MAX_VALUE = { lines: 40, chars: 3_000 }

/** A value that holds functions is code like any other. */
const FUNCTION = /=>|->|\)\s*\{|\b(?:function|lambda|func|fn|def|proc|class)\b/
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
  if (survey.members.has(component.id)) return undefined
  const found = linesOf(survey, component, component.startLine, component.endLine, MAX_VALUE)
  if (found === undefined || FUNCTION.test(found.bare)) return undefined
  const head = VALUE.exec(found.bare)?.[0]
  if (head === undefined) return undefined
  const value = found.text.slice(head.length).replace(ENDS_VALUE, '')
  if (value === '' || oneLine(component.signature).includes(oneLine(value))) return undefined
  return isSetInside(survey, component) ? undefined : dedent(found.text)
}

/** `this.x = …` within a function is done, not declared. */
function isSetInside(survey: Survey, { parent, startLine, endLine }: Component): boolean {
  return (survey.members.get(parent ?? '') ?? []).some(
    (member) => member.kind === 'method' && member.startLine <= startLine && member.endLine >= endLine,
  )
}

interface Written {
  text: string
  /** Without comments and what strings hold, letter for letter. */
  bare: string
}

function linesOf(
  { files }: Survey,
  { file }: Component,
  from: number,
  to: number,
  max: { lines: number; chars: number },
): Written | undefined {
  const source = files.get(file)
  const bare = source === undefined ? null : bareCode(source)
  if (source?.text == null || bare === null || to - from >= max.lines) return undefined
  const lines = lineStarts(source, bare)
  const [start, end] = [lines[from - 1] ?? bare.length, (lines[to] ?? bare.length + 1) - 1]
  return end - start > max.chars ? undefined : { text: source.text.slice(start, end), bare: bare.slice(start, end) }
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
