/** Converts the inline tags of JSDoc and TSDoc to Markdown. */

import { outsideFences } from '#markdown/fences.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

/** Matches `{@link target text}` and `[text]{@link target}`. */
const TAG = /(?:\[([^[\]\n]{0,200})\])?\{@(?:link|linkcode|linkplain|inheritDoc|see|tutorial)(?![a-zA-Z])([^{}]*)\}/g

/** Converts `{@link target text}` and similar inline tags to links or code, but not in code fences. */
export function inline(text: string): string {
  return outsideFences(text, (part) =>
    part.replace(TAG, (_, caption: string | undefined, tag: string) => linkOf(tag, caption)),
  )
}

function linkOf(tag: string, caption = ''): string {
  const [target = '', ...rest] = tag.trim().split(/[\s|]+/)
  const words = caption === '' ? rest.join(' ') : caption
  if (/^https?:\/\//.test(target)) return words === '' ? `<${target}>` : `[${words}](${target})`
  if (target === '') return caption
  const plain = target.replace(/^#/, '')
  return words === '' && plain === target ? code(target) : symbolLink(target, words === '' ? plain : words)
}

/** Text in code style. */
export function code(text: string): string {
  const clean = text.replaceAll('`', "'").replace(/\s+/g, ' ')
  return `\`${clean}\``
}
