/** Finds macros of C and C++ with a default inside their own `#ifndef`, which can be set when compiling. */

import type { Component } from '#generate/model.ts'

/** Match lines with single spaces. */
const ASKS = /^# ?(?:ifndef (\w+)|if ! ?defined ?\(? ?(\w+) ?\)?)(?: ?\/[/*].*)?$/
const DEFINES = /^# ?define (\w+) (.+)$/
const MAX_DEFAULT = 80

/**
 * @param lines - Those of its file.
 * @returns The default; `undefined` if the macro is not such an option.
 */
export function compileDefault(
  { kind, name, startLine, endLine }: Component,
  lines: readonly string[],
): string | undefined {
  // A macro ends where its next line begins.
  if (kind !== 'macro' || endLine - startLine > 1) return undefined
  const [above = '', own = ''] = lines.slice(Math.max(0, startLine - 2), startLine)
  const asked = ASKS.exec(spaced(above))
  const [, defined, value = ''] = DEFINES.exec(spaced(own)) ?? []
  const plain = (value.split(/ \/[/*]/, 1)[0] ?? '').trim()
  const isOwn = (asked?.[1] ?? asked?.[2]) === name && defined === name
  return isOwn && plain !== '' && plain.length <= MAX_DEFAULT && !plain.endsWith('\\') ? plain : undefined
}

const spaced = (line: string): string => line.trim().replace(/\s+/g, ' ')
