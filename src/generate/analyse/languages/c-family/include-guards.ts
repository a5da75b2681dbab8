/**
 * Recognises include guards by the shape of the header, not by their spelling: the header begins with `#ifndef X` and
 * `#define X` without a value, and ends with the matching `#endif`. Names decide only where several headers were joined
 * into one.
 */

import { append } from '#base/long-arrays.ts'
import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import { lastBefore, nextAfter } from './text-around.ts'

const MACRO = DECL_KINDS.indexOf('macro')
const PRAGMA = /#[ \t]*pragma\b[^\n]*/y
const ASKS =
  /#[ \t]*(?:ifndef[ \t]+(\w+)|if[ \t]*![ \t]*defined[ \t]*(?:\([ \t]*(\w+)[ \t]*\)|(\w+)))[ \t]*(?=[\r\n/])/y
const DEFINES = /#[ \t]*define[ \t]+(\w+)[ \t]*(?:1[ \t]*)?(?=[\r\n/])/y
/**
 * The guard of an inner header. An `#ifndef HAVE_X_H` around nothing but its own `#define` is a default, not a guard.
 */
const INNER =
  /(?<![^\n])[ \t]*#[ \t]*ifndef[ \t]+(\w+)[ \t]*(?:\/\/[^\n]*)?\r?\n[ \t]*#[ \t]*define[ \t]+\1[ \t]*\r?\n(?!\s*#[ \t]*endif)/g
const NAME = /_(?:H|HH|HPP|HXX|INCLUDED)_*$/i
const ENDS = /^[ \t]*#[ \t]*endif\b/
const BRACKET = /^[ \t]*#[ \t]*(if|endif)/gm

const DEFINED = /^[ \t]{0,40}#[ \t]{0,40}define[ \t]{1,40}(\w{1,100})([ \t][^\n]{0,200})?$/gm
/** Attributes of a declaration for the linker, without spaces. */
const LINKS = /^(?:extern"C")?(?:__declspec\(dll|__attribute__\(\(\(?_{0,2}(?:visibility|dll)|\[\[gnu::visibility)/

/** Macros that are only an attribute for the linker, in all their variants. */
function exportMacros(text: string): Set<string> {
  const exporting = new Set<string>()
  const others = new Set<string>()
  for (const [, name = '', value = ''] of text.matchAll(DEFINED)) {
    const plain = (value.split(/\/[/*]/, 1)[0] ?? '').replace(/\s/g, '')
    if (LINKS.test(plain)) exporting.add(name)
    else if (plain !== '' && plain !== 'extern') others.add(name)
  }
  return new Set([...exporting].filter((name) => !others.has(name)))
}

/** Makes include guards and macros for the linker private: they mean nothing to users. */
export function hideGuards({ decls, strings }: FileFacts, text: string): void {
  const rows: number[] = []
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    const isExported = ((decls[row + D.flags] ?? 0) & Flag.exported) !== 0
    if (decls[row + D.kind] === MACRO && isExported) rows.push(row)
  }
  const nameOf = (row: number): string => strings[decls[row + D.name] ?? 0] ?? ''
  const guard = rows.length === 0 ? undefined : guardOf(text)
  const named = rows.filter((row) => nameOf(row) !== guard && NAME.test(nameOf(row)))
  const inner = new Set(named.length === 0 ? [] : [...text.matchAll(INNER)].map(([, name = '']) => name))
  const hidden = [...rows.filter((row) => nameOf(row) === guard), ...named.filter((row) => inner.has(nameOf(row)))]
  const exporting = exportMacros(text)
  append(
    hidden,
    rows.filter((row) => exporting.has(nameOf(row))),
  )
  for (const row of hidden) {
    decls[row + D.flags] = (decls[row + D.flags] ?? 0) & ~Flag.exported
    decls[row + D.visibility] = VISIBILITIES.indexOf('private')
  }
}

/** @returns The name of the text's include guard, if it has one. */
function guardOf(text: string): string | undefined {
  let at = nextAfter(text, 0)
  for (let pragma = matchAt(PRAGMA, text, at); pragma !== undefined; pragma = matchAt(PRAGMA, text, at)) {
    at = nextAfter(text, at + pragma[0].length)
  }
  const condition = matchAt(ASKS, text, at)
  if (condition === undefined) return undefined
  const defined = matchAt(DEFINES, text, nextAfter(text, at + condition[0].length))
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
  if (!ENDS.test(text.slice(text.lastIndexOf('\n', last) + 1, last + 1))) return false
  let depth = 0
  for (const { index, 1: word } of text.matchAll(BRACKET)) {
    depth += word === 'if' ? 1 : -1
    if (depth === 0) return text.indexOf('\n', index) < 0 || text.indexOf('\n', index) > last
  }
  return false
}
