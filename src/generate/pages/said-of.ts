/** What a row of a table says of a definition: its own words, else what its code tells, or nothing. */

import type { Component } from '#generate/model.ts'
import { readValue } from '#generate/signature-values.ts'
import { code, type Inline, oneLine, refLink } from '#markdown/build.ts'
import { codeLines } from './code-lines.ts'
import { calledInDocuments } from './documents-calls.ts'
import { refTo } from './draft.ts'
import { placesOf, type Survey } from './survey.ts'
import { tellingSentence } from './telling.ts'
import { isAmbient, isDeprecated } from './traits.ts'
import { afterFirstSentence, few } from './words.ts'
import { isPublic, type Writing } from './writing.ts'

/** Sentences of a comment that are looked at. */
const MAX_SENTENCES = 3
const MAX_CODE = 120
const MAX_VALUE_LINES = 12
const MAX_MEMBERS = 4
const MADE = /^(?:constructor|new|init|initialize|__\w+__|operator\b.*)$/

/** The first sentence that says something; else a signature, a value, what a type is made from and has. Empty where nothing tells. */
export function saidOf(writing: Writing, component: Component): Inline[] {
  return wordsOf(writing.survey, component) ?? shapeOf(writing, component)
}

/** The first sentence of a doc comment, or of the comment on its declaration, that says more than the name. */
export function wordsOf(survey: Survey, component: Component): Inline[] | null {
  return telling(component) ?? telling(declarationOf(survey, component))
}

function telling(component: Component | undefined): Inline[] | null {
  let doc = component?.doc ?? ''
  for (let left = MAX_SENTENCES; left > 0 && doc !== ''; left--) {
    const sentence = tellingSentence(doc, component?.name)
    if (sentence !== null) return sentence
    doc = afterFirstSentence(doc)
  }
  return null
}

const declarations = new WeakMap<Survey, Map<string, Component>>()

/** What a file of declarations says of something that is written in JavaScript, where only one does. */
export function declarationOf(survey: Survey, { name, file, parent }: Component): Component | undefined {
  if (parent !== null || !/\.[cm]?jsx?$/.test(file)) return undefined
  let known = declarations.get(survey)
  if (known === undefined) {
    known = new Map()
    const twice = new Set<string>()
    for (const one of survey.components.values()) {
      if (one.parent !== null || !isAmbient(one)) continue
      if (known.has(one.name)) twice.add(one.name)
      known.set(one.name, one)
    }
    for (const one of twice) known.delete(one)
    declarations.set(survey, known)
  }
  return known.get(name)
}

function shapeOf(writing: Writing, component: Component): Inline[] {
  const { survey } = writing
  const { kind, name, file } = component
  const signature = oneLine(declarationOf(survey, component)?.signature ?? component.signature)
  switch (kind) {
    case 'function':
    case 'method':
    case 'macro':
      return signature === name || signature === '' ? [] : [cut(signature)]
    case 'constant':
    case 'field':
    case 'type': {
      const value = readValue(signature, name, survey.files.get(file)?.language ?? '')
      const told = value === null ? '' : value.value === '' ? value.type : value.value
      if (kind === 'type') return signature === name ? [] : [cut(signature)]
      if (told === '') return valueShape(survey, component)
      // A value that does not fit is left out.
      if (signature.length <= MAX_CODE && isWhole(signature)) return signature === name ? [] : [cut(signature)]
      const head = signature.split('=')[0]?.trim() ?? ''
      return value?.type === '' || head.length > MAX_CODE || !isWhole(head) ? [] : [cut(head)]
    }
    default:
      return typeShape(writing, component, signature)
  }
}

/** Not cut: each bracket is closed. */
function isWhole(text: string): boolean {
  let open = 0
  for (const sign of text) open += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0
  return open === 0 && !text.endsWith('…')
}

/** A short value over several lines. */
function valueShape(survey: Survey, { file, startLine, endLine }: Component): Inline[] {
  const text = oneLine(codeLines(survey, file, startLine, Math.min(endLine, startLine + MAX_VALUE_LINES)).join(' '))
  return (text.includes('=') || text.includes(':')) && text.length <= MAX_CODE && isWhole(text) ? [cut(text)] : []
}

/** `class A extends B`, has …: its head where that says more than its name, and the public members, those that documents call and most places use first. */
function typeShape(writing: Writing, component: Component, signature: string): Inline[] {
  const { texts, survey } = writing
  const head = signature.split('{')[0]?.trim() ?? ''
  const behind = head.slice(Math.max(0, head.indexOf(component.name)) + component.name.length)
  const isMade = /\p{L}/u.test(behind.replace(/<[^<>]*>/g, ''))
  const said = calledInDocuments(writing)
  const members = (survey.openings.get(component.id) ?? [component])
    .flatMap(({ id }) => survey.members.get(id) ?? [])
    .filter((member) => isPublic(member, survey) && /^[\p{L}#]/u.test(member.name) && !MADE.test(member.name))
    .filter(({ name }, index, all) => name !== component.name && all.findIndex((one) => one.name === name) === index)
    .map((member) => ({ member, said: said.get(member.name) ?? 0, places: placesOf(member, survey).length }))
    .sort(
      (a, b) =>
        Number(isValue(a.member)) - Number(isValue(b.member)) ||
        Number(isDeprecated(a.member)) - Number(isDeprecated(b.member)) ||
        b.said - a.said ||
        b.places - a.places,
    )
    .map(({ member }): Inline[] => [refLink(refTo.component(member.id), code(member.name))])
  const has = members.length === 0 ? [] : texts.entry.has(few(members, MAX_MEMBERS, texts))
  if (!isMade) return has
  return has.length === 0 ? [cut(head)] : [cut(head), texts.comma, ...has]
}

const isValue = ({ kind }: Component): boolean => kind === 'constant' || kind === 'field'

function cut(text: string): Inline {
  const short = text.length <= MAX_CODE ? text : `${text.slice(0, MAX_CODE - 1).trimEnd()}…`
  return { ...code(short), data: { isQuoted: true } }
}
