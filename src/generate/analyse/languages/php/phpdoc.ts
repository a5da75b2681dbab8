/** PHPDoc: its text as Markdown, and the types it gives where the code has none. */

import type { DocTypes } from '#generate/analyse/engine/read-rules.ts'
import { javadoc } from '#generate/analyse/languages/docs/javadoc.ts'

/** A type may hold spaces inside of brackets. */
const TYPE = String.raw`(?:[^\s<>{}()]|<[^<>]*(?:<[^<>]*>[^<>]*)*>|\{[^{}]*\}|\([^()]*\))+`
const TAG = new RegExp(
  String.raw`@(?:phpstan-|psalm-)?(param|var|return|property(?:-read|-write)?)\s+(${TYPE})(?:\s+(?:&?\.{0,3})(\$\w+))?`,
  'g',
)
const PARAM = new RegExp(
  String.raw`^([ \t]*(?:\*[ \t]*)?@(?:phpstan-|psalm-)?(?:param|var|property(?:-read|-write)?)\s+)(${TYPE})\s+(?:&?\.{0,3})(\$\w+)[ \t]*`,
  'gm',
)
const RETURN = new RegExp(String.raw`^([ \t]*(?:\*[ \t]*)?@(?:return|throws|var)\s+)(${TYPE})[ \t]*`, 'gm')

/** The last doc comment as Markdown; a parameter's type stands behind its name. */
export function phpdoc(comments: readonly string[]): string | null {
  const last = comments.at(-1)
  if (last === undefined) return null
  const named = last
    .replace(
      PARAM,
      (_, start: string, type: string, name: string) => `${start.replace(/@\S+/, '@param')}${name} \`${type}\` `,
    )
    .replace(RETURN, (_, start: string, type: string) => `${start}${/@throws/.test(start) ? type : `\`${type}\``} `)
  return javadoc([named])?.replace(/^- Var: /gm, '- Type: ') ?? null
}

/** `@var`, `@return` and `@param` of the last comment. */
export function docTypes(comments: readonly string[]): DocTypes | null {
  const last = comments.at(-1)
  if (last?.startsWith('/**') !== true) return null
  let own: string | null = null
  const named = new Map<string, string>()
  for (const [, tag, type = '', name] of last.matchAll(TAG)) {
    if (tag === 'return' || (tag === 'var' && name === undefined)) own ??= type
    else if (name !== undefined && !named.has(name)) named.set(name, type)
  }
  return own === null && named.size === 0 ? null : { own, named }
}
