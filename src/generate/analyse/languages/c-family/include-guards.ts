/**
 * Recognises include guards by the shape of the header, not by their spelling: the header begins with `#ifndef X` and
 * `#define X` without a value or with `1`, and ends with the matching `#endif`. Names decide only where several headers were joined
 * into one.
 */

import type { FileFacts } from '#generate/analyse/engine/facts.ts'
import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { exportedMacros, makePrivate } from './public-macros.ts'
import { lastBefore, nextAfter } from './text-around.ts'

const PRAGMA = /#[ \t]*pragma\b[^\n]*/y
const IF_NOT_DEFINED =
  /#[ \t]*(?:ifndef[ \t]+(\w+)|if[ \t]*![ \t]*defined[ \t]*(?:\([ \t]*(\w+)[ \t]*\)|(\w+)))[ \t]*(?=[\r\n/])/y
const DEFINE = /#[ \t]*define[ \t]+(\w+)[ \t]*(?:1[ \t]*)?(?=[\r\n/])/y
/**
 * The guard of an inner header. An `#ifndef HAVE_X_H` that only defines its own macro sets a default and is not a guard.
 */
const INNER_GUARD =
  /(?<![^\n])[ \t]*#[ \t]*ifndef[ \t]+(\w+)[ \t]*(?:\/\/[^\n]*)?\r?\n[ \t]*#[ \t]*define[ \t]+\1[ \t]*\r?\n(?!\s*#[ \t]*endif)/g
const GUARD_NAME = /_(?:H|HH|HPP|HXX|INCLUDED)_*$/i
const ENDIF = /^[ \t]*#[ \t]*endif\b/
const IF_OR_ENDIF = /^[ \t]*#[ \t]*(if|endif)/gm

/** Makes include guards private: they mean nothing to users. */
export function hideGuards(facts: FileFacts, text: string): void {
  const macros = exportedMacros(facts)
  const guard = macros.length === 0 ? undefined : guardOf(text)
  const named = macros.filter(({ name }) => name !== guard && GUARD_NAME.test(name))
  const inner = new Set(named.length === 0 ? [] : [...text.matchAll(INNER_GUARD)].map(([, name = '']) => name))
  makePrivate(
    facts,
    macros.filter(({ name }) => name === guard || (GUARD_NAME.test(name) && inner.has(name))),
  )
}

/** @returns The name of the text's include guard, if it has one. */
function guardOf(text: string): string | undefined {
  let at = nextAfter(text, 0)
  for (let pragma = matchAt(PRAGMA, text, at); pragma !== undefined; pragma = matchAt(PRAGMA, text, at)) {
    at = nextAfter(text, at + pragma[0].length)
  }
  const condition = matchAt(IF_NOT_DEFINED, text, at)
  if (condition === undefined) return undefined
  const defined = matchAt(DEFINE, text, nextAfter(text, at + condition[0].length))
  const [, one, two, three] = condition
  const name = one ?? two ?? three
  return defined?.[1] === name && isWhole(text) ? name : undefined
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

/** Whether the first conditional ends at the end of the text. */
function isWhole(text: string): boolean {
  const last = lastBefore(text, text.length)
  if (!ENDIF.test(text.slice(text.lastIndexOf('\n', last) + 1, last + 1))) return false
  const code = MaskedCode.of(text, C_LIKE)?.code ?? text
  let depth = 0
  for (const { index, 1: word } of code.matchAll(IF_OR_ENDIF)) {
    depth += word === 'if' ? 1 : -1
    if (depth === 0) return text.indexOf('\n', index) < 0 || text.indexOf('\n', index) > last
  }
  return false
}
