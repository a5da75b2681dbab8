/** What a type is made from outside of the repository, as the head of its declaration writes it. */

import type { Component } from '#generate/model.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { oneLine } from '#markdown/build.ts'

export interface OutsideBase {
  how: 'extends' | 'implements'
  /** In the order of the head. */
  names: string[]
}

/** Languages that write `: Base` behind the name, and those that write `extends` and `implements`. */
const COLON = new Set(['csharp', 'kotlin'])
const WORDS = new Set(['groovy', 'java', 'javascript', 'jsx', 'php', 'scala', 'tsx', 'typescript'])
const DECLARES = /\b(?:class|object|record|struct) /
const MAX_HEAD = 600
const MAX_NAME = 60
const NAME = /^[\\\p{L}_$][\p{L}\p{N}_$.\\]*/u
/** What says nothing of what a type is for. */
const COMMON =
  /(?:^|[.\\])(?:Any|AnyRef|Cloneable|Comparable|IDisposable|JsonSerializable|Object|Product|Serializable|Stringable)$/

/** Nothing where a base is the repository's own, all say nothing, or none is written in the head. */
export function outsideBases(survey: Survey, component: Component): OutsideBase[] {
  const { id, name, kind, file, signature } = component
  const language = survey.files.get(file)?.language ?? ''
  if ((kind !== 'class' && kind !== 'struct') || (survey.bases.get(id) ?? []).length > 0) return []
  if (isError(survey, component)) return []
  const head = oneLine(signature.slice(0, MAX_HEAD))
  const start = DECLARES.exec(head)
  const from = start === null ? -1 : start.index + start[0].length
  const rest = from >= 0 && head.startsWith(name, from) ? topLevel(head.slice(from + name.length)) : ''
  const found = COLON.has(language)
    ? behindColon(rest.split(/\swhere\s/, 1)[0] ?? '', language)
    : WORDS.has(language)
      ? behindWord(rest)
      : []
  const names = found.flatMap((one) => one.names)
  return names.some((one) => one.length > MAX_NAME) || names.every((one) => COMMON.test(one)) ? [] : found
}

/** `: MonotonicFrameClock`, `: Base()`; an interface of C# is known by its name. */
function behindColon(rest: string, language: string): OutsideBase[] {
  const [, list = ''] = /^[^:]*:\s?(.*)$/.exec(rest) ?? []
  const isShape = (written: string): boolean =>
    language === 'csharp' ? /^\s?(?:\w+\.)*I\p{Lu}/u.test(written) : !written.includes('(')
  const written = list.split(',')
  return [
    ...basesIn(
      'extends',
      written.filter((one) => !isShape(one)),
    ),
    ...basesIn('implements', written.filter(isShape)),
  ]
}

/** `extends A with B implements C, D` */
function behindWord(rest: string): OutsideBase[] {
  const [, ...parts] = ` ${rest}`.split(/\s(extends|implements)\s/)
  return parts.flatMap((how, at) =>
    how === 'extends' || how === 'implements' ? basesIn(how, (parts[at + 1] ?? '').split(/,|\swith\s/)) : [],
  )
}

function basesIn(how: OutsideBase['how'], written: readonly string[]): OutsideBase[] {
  const names = written.flatMap((one) => NAME.exec(one.trim())?.[0] ?? [])
  return names.length === 0 ? [] : [{ how, names }]
}

/** Without what stands in brackets; of round ones they stay themselves. */
function topLevel(text: string): string {
  let found = ''
  let depth = 0
  let before = ''
  for (const sign of text) {
    const isArrow = sign === '>' && (before === '-' || before === '=')
    before = sign
    if (isArrow) continue
    if (sign === '{' && depth === 0) break
    if ('(<['.includes(sign)) {
      if (depth++ === 0 && sign === '(') found += '('
    } else if (')>]'.includes(sign)) depth--
    else if (depth === 0) found += sign
  }
  return found
}
