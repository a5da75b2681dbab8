/** Code that says more than words about it, as long as it is short: the value of a constant, the body of a constructor. */

import type { Component } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { bodyOf, isConstructor } from './calls.ts'
import { kindWord } from './kind-word.ts'
import { lineAt, lineStarts, ownParts } from './source-order.ts'
import type { Survey } from './survey.ts'

const MAX_VALUE = { lines: 40, chars: 3_000 }
const MAX_CONSTRUCTOR = { lines: 12, chars: 800 }

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

/** The whole constructor of a type that has one, where it calls or makes something of the repository. */
export function constructorText(survey: Survey, component: Component): string | undefined {
  if (component.kind !== 'class' && component.kind !== 'struct') return undefined
  const body = bodyOf(survey, component)
  const all = (survey.members.get(component.id) ?? []).filter((member) => isConstructor(survey, member))
  if (all.length > 1 || !survey.callees.has(body.id)) return undefined
  const span = body === component ? spanInside(survey, component) : [body.startLine, body.endLine]
  const [from, to] = span ?? []
  if (from === undefined || to === undefined) return undefined
  const found = linesOf(survey, body, from, to, MAX_CONSTRUCTOR)
  return found === undefined ? undefined : dedent(found.text)
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

const CONSTRUCTOR = /(?<![\w$.#])constructor\s*\(/g

/** The lines of a constructor that is no component, as in JavaScript: the one that has a body. */
function spanInside(survey: Survey, component: Component): [number, number] | undefined {
  const file = survey.files.get(component.file)
  const bare = file === undefined ? null : bareCode(file)
  if (file === undefined || bare === null) return undefined
  const lines = lineStarts(file, bare)
  for (const [from, to] of ownParts(survey, component, lines, bare.length)) {
    CONSTRUCTOR.lastIndex = from
    for (let match = CONSTRUCTOR.exec(bare); match !== null && match.index < to; match = CONSTRUCTOR.exec(bare)) {
      const most = Math.min(to, match.index + 2 * MAX_CONSTRUCTOR.chars)
      const open = closeOf(bare, CONSTRUCTOR.lastIndex - 1, most)
      const body = /\s*\{/y
      body.lastIndex = open + 1
      if (open === -1 || !body.test(bare)) continue
      const close = closeOf(bare, body.lastIndex - 1, most)
      if (close !== -1) return [lineAt(lines, match.index), lineAt(lines, close)]
    }
  }
  return undefined
}

/** Where the bracket at a place is closed, -1 when it is not before `end`. */
function closeOf(bare: string, start: number, end: number): number {
  let depth = 0
  for (let at = start; at < end; at++) {
    const sign = bare[at] ?? ''
    if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign) && --depth === 0) return at
  }
  return -1
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
