/** Reads the base types in the head of a declaration. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { oneLine } from '#markdown/build.ts'

export interface WrittenBase {
  how: 'extends' | 'implements'
  name: string
  /** `<object>` if another base has the same name, otherwise ''. */
  args: string
}

/** Languages that write `: Base` after the name, and languages that write `extends` and `implements`. */
const COLON = new Set(['csharp', 'kotlin'])
const WORDS = new Set(['groovy', 'java', 'javascript', 'jsx', 'php', 'scala', 'tsx', 'typescript'])
const DECLARES = /\b(?:class|object|record|struct) /
const MAX_HEAD = 600
const MAX_NAME = 60
const NAME = /^[\\\p{L}_$][\p{L}\p{N}_$.\\]*/u
/** In the order of the head; empty if there are none, or if one is too long. */
export function writtenBases(repo: RepoIndex, { name, kind, file, signature }: Component): WrittenBase[] {
  const language = repo.files.get(file)?.language ?? ''
  if (kind !== 'class' && kind !== 'struct') return []
  const head = oneLine(signature.slice(0, MAX_HEAD))
  const start = DECLARES.exec(head)
  const from = start === null ? -1 : start.index + start[0].length
  const behind = from >= 0 && head.startsWith(name, from) ? head.slice(from + name.length) : ''
  const rest = topLevel(behind)
  const found = COLON.has(language)
    ? behindColon(rest.split(/\swhere\s/, 1)[0] ?? '', language)
    : WORDS.has(language)
      ? behindWord(rest)
      : []
  return found.some(({ name: one }) => one.length > MAX_NAME) ? [] : withArguments(found, behind)
}

/** Adds type arguments to bases with the same name: `IEquatable<A>, IEquatable<B>`. */
function withArguments(bases: readonly WrittenBase[], text: string): WrittenBase[] {
  let from = 0
  return bases.map((base) => {
    const { name } = base
    const at = text.indexOf(name, from)
    if (at < 0 || bases.filter((one) => one.name === name).length < 2) return base
    from = at + name.length
    let depth = 0
    for (let end = from; end < text.length; end++) {
      if (text[end] === '<') depth++
      else if (text[end] === '>') depth--
      if (depth > 0) continue
      const args = text[end] === '>' ? text.slice(from, end + 1) : ''
      from += args.length
      return args.length > MAX_NAME ? base : { ...base, args }
    }
    return base
  })
}

/** `: MonotonicFrameClock`, `: Base()`; C# interfaces are recognised by their names. */
function behindColon(rest: string, language: string): WrittenBase[] {
  const [, list = ''] = /^[^:]*:\s?(.*)$/.exec(rest) ?? []
  const isShape = (written: string): boolean =>
    language === 'csharp' ? /^\s?(?:\w+\.)*I\p{Lu}/u.test(written) : !written.includes('(')
  return list.split(',').flatMap((one) => baseIn(isShape(one) ? 'implements' : 'extends', one))
}

/** `extends A with B implements C, D` */
function behindWord(rest: string): WrittenBase[] {
  const [, ...parts] = ` ${rest}`.split(/\s(extends|implements)\s/)
  return parts.flatMap((how, at) =>
    how === 'extends' || how === 'implements'
      ? (parts[at + 1] ?? '').split(/,|\swith\s/).flatMap((one) => baseIn(how, one))
      : [],
  )
}

function baseIn(how: WrittenBase['how'], written: string): WrittenBase[] {
  const [name] = NAME.exec(written.trim()) ?? []
  return name === undefined ? [] : [{ how, name, args: '' }]
}

/** Removes the contents of brackets; empty parentheses stay. */
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
