/** Parses PHPDoc: its text and parts, and the types that it states. */

import type { DocComment } from '#generate/analyse/doc-comment.ts'
import type { DocTypes } from '#generate/analyse/engine/read-rules.ts'
import { javadoc, lastDocComment } from '#generate/analyse/languages/docs/javadoc.ts'

/** A type may contain spaces inside brackets, and one before the result of a callable: `callable(A, B): string`. */
const TYPE = String.raw`(?:[^\s<>{}()]|<[^<>]*(?:<[^<>]*>[^<>]*)*>|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\([^()]*(?:\([^()]*\)[^()]*)*\)(?::[ \t](?=[\w?\\]))?)+`
const TAG = new RegExp(
  String.raw`@(?:phpstan-|psalm-)?(param|var|return|property(?:-read|-write)?)\s+(${TYPE})(?:\s+(?:&?\.{0,3})(\$\w+))?`,
  'g',
)
const STARTS_WITH_TYPE = new RegExp(String.raw`^(?!\$)(${TYPE})(?=\s|$)\s*(?:&?\.{0,3}(?=\$))?`)
/** The article or conjunction with which a description without a type begins. */
const STARTS_WITH_WORDS = /^(?:an?|the|whether)\s/i

/** `@var array <int, Name>` without the space, which would end the type. */
const joinTypes = (comment: string): string =>
  comment.replace(/(@\w{1,20}[ \t]{1,8}[\w\\-]{1,80})[ \t]{1,8}(?=<)/g, '$1')

/** Parses the last doc comment, with its types. */
export function phpdoc(comments: readonly string[]): DocComment | null {
  const last =
    lastDocComment(comments)
      ?.replace(/@(?:phpstan|psalm)-(?=(?:param|return|throws|property)\b)/g, '@')
      .replace(/@no-named-arguments\b[^\n*]*/g, '') ?? ''
  return javadoc(
    [
      joinTypes(last)
        .replace(/@property-(?:read|write)\b/g, '@property')
        .replace(/@method[ \t]+static[ \t]/g, '@method '),
    ],
    splitType,
  )
}

/**
 * Splits off the type: the first word, unless it is a variable or begins a description. It may contain spaces as in `TYPE`.
 */
function splitType(text: string): { type: string; rest: string } {
  const [all = '', type = ''] = (STARTS_WITH_WORDS.test(text) ? null : STARTS_WITH_TYPE.exec(text)) ?? []
  return { type, rest: text.slice(all.length) }
}

/** The types in `@var`, `@return` and `@param` of the last comment. */
export function docTypes(comments: readonly string[]): DocTypes | null {
  const last = lastDocComment(comments)
  if (last === undefined) return null
  let own: string | null = null
  const named = new Map<string, string>()
  for (const [, tag, type = '', name] of joinTypes(last).matchAll(TAG)) {
    if (tag === 'return' || (tag === 'var' && name === undefined)) own ??= type
    else if (name !== undefined && !named.has(name)) named.set(name, type)
  }
  return own === null && named.size === 0 ? null : { own, named }
}
