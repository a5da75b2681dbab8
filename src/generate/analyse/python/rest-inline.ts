/** reStructuredText within a line, as Markdown. */

import { symbolLink } from '#markdown/symbol-links.ts'

/** Longer lines are left as they are. */
const MAX_LINE = 2_000

const SYMBOLS = new Set('attr class const data exc func meth mod obj property type'.split(' '))

const MARKUP =
  /``(.+?)``|:((?:[A-Za-z][\w-]{0,30}:){1,2})`([^`]+)`|`([^`<]+?) ?<([^>`]+)>`__?|`([^`]+)`(_{0,2})|(\b__\w+__\b)|<(?=[A-Za-z/!?])/g

export function inlineMarkdown(line: string): string {
  if (line.length > MAX_LINE) return line.replace(/<(?=[A-Za-z/!?])/g, '\\<')
  return line.replace(
    MARKUP,
    (
      whole: string,
      literal?: string,
      role?: string,
      roleWords?: string,
      linkText?: string,
      linkTarget?: string,
      ticked?: string,
      underscores?: string,
      special?: string,
    ) => {
      if (literal !== undefined) return code(literal)
      if (role !== undefined && roleWords !== undefined) return ofRole(role, roleWords)
      if (linkText !== undefined && linkTarget !== undefined) return link(linkText, linkTarget)
      if (ticked !== undefined) return underscores === '' ? code(ticked) : ticked
      if (special !== undefined) return code(special)
      return `\\${whole}`
    },
  )
}

/** A code span, with enough backticks around. */
export function code(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  return trimmed.includes('`') ? `\`\` ${trimmed} \`\`` : `\`${trimmed}\``
}

/** Roles that name symbols lead to them. */
function ofRole(role: string, text: string): string {
  const target = (/<([^<>]+)>$/.exec(text)?.[1] ?? text).trim().replace(/^[~.]+/, '')
  const isSymbol = SYMBOLS.has(role.split(':').at(-2) ?? '') && /^[\w.]+(?:\(\))?$/.test(target)
  return isSymbol ? symbolLink(target, roleText(text)) : code(roleText(text))
}

/** What a role shows: `~a.b.C` is `C`, `title <a.b.C>` is `title`. */
function roleText(text: string): string {
  const titled = /^([^<]+?)\s*<[^>]*>$/.exec(text)
  if (titled?.[1] !== undefined) return titled[1]
  const name = text.replace(/^[!~.]+/, '')
  return text.startsWith('~') ? name.slice(name.lastIndexOf('.') + 1) : name
}

function link(text: string, target: string): string {
  const isWeb = /^https?:\/\/[^\s()]+$/.test(target)
  return isWeb ? `[${text.trim()}](${target})` : text.trim()
}
