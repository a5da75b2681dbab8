/** Reads the base types in the head of a declaration. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { oneLine } from '#markdown/build.ts'

export interface WrittenBase {
  how: 'extends' | 'implements'
  name: string
}

/** Languages that write `: Base` after the name, and languages that write `extends` and `implements`. */
const COLON_LANGUAGES = new Set(['csharp', 'kotlin'])
const KEYWORD_LANGUAGES = new Set(['groovy', 'java', 'javascript', 'jsx', 'php', 'scala', 'tsx', 'typescript'])
const DECLARES = /\b(?:class|object|struct|record(?: class| struct)?) /
const LITERAL = /'\\?.'|"[^"]{0,200}"/g
const MAX_NAME = 60
const NAME = /^[\\\p{L}_$][\p{L}\p{N}_$.\\]*/u

/** In the order of the head; empty if there are none, or if one is too long. */
export function writtenBases(repo: RepoIndex, { name, kind, file, signature }: Component): WrittenBase[] {
  const language = repo.files.get(file)?.language ?? ''
  if (kind !== 'class' && kind !== 'struct') return []
  const head = oneLine(signature.replace(LITERAL, ''))
  const start = DECLARES.exec(head)
  const from = start === null ? -1 : start.index + start[0].length
  const rest = from >= 0 && head.startsWith(name, from) ? topLevel(head.slice(from + name.length)) : ''
  const found = COLON_LANGUAGES.has(language)
    ? basesAfterColon(rest.split(/\swhere\s/, 1)[0] ?? '', language)
    : KEYWORD_LANGUAGES.has(language)
      ? basesAfterKeywords(rest)
      : []
  return found.some(({ name: one }) => one.length > MAX_NAME) ? [] : found
}

/** `: MonotonicFrameClock`, `: Base()`; C# interfaces are recognised by their names. */
function basesAfterColon(rest: string, language: string): WrittenBase[] {
  const [, list = ''] = /^[^:]*:\s?(.*)$/.exec(rest) ?? []
  const isInterface = (written: string): boolean =>
    language === 'csharp' ? /^\s?(?:\w+\.)*I\p{Lu}/u.test(written) : !written.includes('(')
  return list.split(',').flatMap((one) => baseIn(isInterface(one) ? 'implements' : 'extends', one))
}

/** `extends A with B implements C, D` */
function basesAfterKeywords(rest: string): WrittenBase[] {
  const [, ...parts] = ` ${rest}`.split(/\s(extends|implements)\s/)
  return parts.flatMap((how, at) =>
    how === 'extends' || how === 'implements'
      ? (parts[at + 1] ?? '').split(/,|\swith\s/).flatMap((one) => baseIn(how, one))
      : [],
  )
}

function baseIn(how: WrittenBase['how'], written: string): WrittenBase[] {
  // The end of a long signature that was cut, and `suspend (Int) -> Unit`.
  const [name] = /…|\(\s?-/.test(written) ? [] : (NAME.exec(written.trim()) ?? [])
  return name === undefined ? [] : [{ how, name }]
}

/** Removes the contents of brackets; an opening parenthesis is kept. */
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
