/** reStructuredText within a line, as Markdown. */

import { symbolLink } from '#markdown/symbol-links.ts'

/** Longer lines are left as they are. */
const MAX_LINE = 2_000

/** Roles that refer to something of Python: there `.`, `~` and `!` before the name say how it is looked up and shown. */
const SYMBOLS = new Set('attr class const data exc func meth mod obj property type'.split(' '))
/** Roles that show what is written in them, every sign of it. */
const LITERAL = new Set(
  (
    'abbr code command dfn emphasis file guilabel kbd literal mailheader makevar manpage math menuselection mimetype ' +
    'newsgroup program raw regexp samp strong sub subscript sup superscript title title-reference'
  ).split(' '),
)

const MARKUP =
  /``(.+?)``|:((?:[A-Za-z][\w-]{0,30}:){1,2})`([^`]+)`|`([^`<]+?) ?<([^>`]+)>`__?|`([^`]+)`(_{0,2})|(\b(?:\w+\.)*__\w+__\b)|<(?=[A-Za-z/!?])/g

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

/** Roles that name symbols lead to them; a dot before the name stays, for it says that the name may be the end of a longer one. */
function ofRole(role: string, text: string): string {
  const kind = role.split(':').at(-2) ?? ''
  if (LITERAL.has(kind)) return code(text)
  const [, title, address] = /^([^<]*[^<\s])\s*<([^<>]*)>$/.exec(text) ?? []
  const isSymbol = SYMBOLS.has(kind)
  const name = (address ?? text).trim().replace(/^~/, '')
  // `Clock <orbit.time.WallClock>` is about another thing than its title says.
  const isNamed = isSymbol && title !== undefined && /^\p{Lu}\w*$/u.test(title)
  const shown = isNamed
    ? name.slice(name.lastIndexOf('.') + 1)
    : (title ?? (isSymbol ? symbolText(text) : text.replace(/^!/, '')))
  return isSymbol && /^\.?\w[\w.]*(?:\(\))?$/.test(name) ? symbolLink(name, shown) : code(shown)
}

/** What a role of Python shows without a title: `~a.b.C` is `C`, `.C` is `C`. */
function symbolText(text: string): string {
  const name = text.replace(/^[!~.]+/, '')
  return text.startsWith('~') ? name.slice(name.lastIndexOf('.') + 1) : name
}

function link(text: string, target: string): string {
  const isWeb = /^https?:\/\/[^\s()]+$/.test(target)
  return isWeb ? `[${text.trim()}](${target})` : text.trim()
}
