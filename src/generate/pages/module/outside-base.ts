/** What a type is made from outside of the repository, as the head of its declaration writes it. */

import type { Component } from '#generate/model.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { oneLine } from '#markdown/build.ts'

export interface OutsideBase {
  how: 'extends' | 'implements'
  name: string
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

/** Nothing where the base is the repository's own, says nothing, or is not written in the head. */
export function outsideBase(survey: Survey, component: Component): OutsideBase | null {
  const { id, name, kind, file, signature } = component
  const language = survey.files.get(file)?.language ?? ''
  if ((kind !== 'class' && kind !== 'struct') || (survey.bases.get(id) ?? []).length > 0) return null
  if (isError(survey, component)) return null
  const head = oneLine(signature.slice(0, MAX_HEAD))
  const start = DECLARES.exec(head)
  const from = start === null ? -1 : start.index + start[0].length
  const rest = from >= 0 && head.startsWith(name, from) ? topLevel(head.slice(from + name.length)) : ''
  const found = COLON.has(language)
    ? behindColon(rest.split(/\swhere\s/, 1)[0] ?? '', language)
    : WORDS.has(language)
      ? behindWord(rest)
      : null
  return found === null || found.name.length > MAX_NAME || COMMON.test(found.name) ? null : found
}

/** `: MonotonicFrameClock`, `: Base()`; an interface of C# is known by its name. */
function behindColon(rest: string, language: string): OutsideBase | null {
  const [, list = ''] = /^[^:]*:\s?(.*)$/.exec(rest) ?? []
  const [name = ''] = NAME.exec(list) ?? []
  if (name === '') return null
  const isShape = language === 'csharp' ? /^(?:\w+\.)*I\p{Lu}/u.test(name) : list[name.length] !== '('
  return { how: isShape ? 'implements' : 'extends', name }
}

function behindWord(rest: string): OutsideBase | null {
  const found = /(?:^|\s)(extends|implements)\s/.exec(rest)
  const how = found?.[1]
  const [name = ''] = NAME.exec(found === null ? '' : rest.slice(found.index + found[0].length)) ?? []
  return name === '' || (how !== 'extends' && how !== 'implements') ? null : { how, name }
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
