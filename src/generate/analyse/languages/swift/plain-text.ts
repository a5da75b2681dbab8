/**
 * Hides what the grammar does not support: the directives of conditional compilation, whose branches all stay; the
 * modifiers `package`, `isolated` and `nonisolated(…)`; the `try` of `switch try await`; the types of `throws(…)`; the `#` of macros. Offsets stay the
 * same: hidden text becomes spaces.
 */

import { blanked } from '#generate/analyse/languages/blanked.ts'

/** Strings and comments are passed over. */
const PASSED_OVER = String.raw`"""[\s\S]*?(?:"""|(?![\s\S]))|"(?:[^"\\\n]|\\.)*"?|/\*[\s\S]*?(?:\*/|(?![\s\S]))|//[^\n]*`
const DIRECTIVE = String.raw`^[ \t]*#(?:if|elseif|else|endif|error|warning|sourceLocation)\b[^\r\n]*`
const MODIFIER = String.raw`\bpackage(?= +[a-z]+\b(?! *[=.,(:])|(?= +init\b))|\bnonisolated\((?:unsafe|nonsending)\)|(?<=: )isolated(?= )|(?<=\bswitch )try(?= await\b)`
const THROWN = String.raw`(?<=\bthrows)\([\w.]+\)`
const MACRO = String.raw`#(?=isolation\b|[a-z]\w*\()(?!(?:selector|available|unavailable|keyPath|externalMacro|\w+Literal)\()`
const HIDDEN = new RegExp([PASSED_OVER, DIRECTIVE, MODIFIER, THROWN, MACRO].join('|'), 'gm')

export function plainText(text: string): string {
  const blanks: [start: number, end: number][] = []
  for (const { 0: found, index } of text.matchAll(HIDDEN)) {
    if (!/^["/]/.test(found)) blanks.push([index, index + found.length])
  }
  return blanks.length === 0 ? text : blanked(text, blanks)
}
