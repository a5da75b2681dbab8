/** Converts reStructuredText within a line to Markdown. */

import { symbolLink } from '#markdown/symbol-links.ts'

/** Limit on the length of a line; longer lines are left unchanged. */
const MAX_LINE = 2_000

/** Roles that refer to Python objects; `.`, `~` and `!` before the name control how it is looked up and shown. */
const SYMBOL_ROLES = new Set('attr class const data exc func meth mod obj property type'.split(' '))
/** Roles that show their content literally. */
const LITERAL_ROLES = new Set(
  (
    'abbr code command dfn emphasis file guilabel kbd literal mailheader makevar manpage math menuselection mimetype ' +
    'newsgroup program raw regexp samp strong sub subscript sup superscript title title-reference'
  ).split(' '),
)
/** Roles that refer to a part of the documentation, whose title is prose. */
const DOCUMENT_ROLES = new Set('any doc numref ref term'.split(' '))

/** Also `[words][package.Class.method]`, a cross-reference of mkdocstrings. */
const MARKUP =
  /(?<![\w\]])\[`?([^\]`[]{1,100})`?\]\[((?:[A-Za-z_]\w{0,60}\.){1,8}[A-Za-z_]\w{0,60})\]|(`{2,})(.+?)\3|:((?:[A-Za-z][\w-]{0,30}:){1,2})`([^`]+)`|`([^`<]+?) ?<([^>`]+)>`__?|`([^`]+)`(_{0,2})|(\b(?:\w+\.)*__\w+__\b)|<(?=[A-Za-z/!?])(?!https?:\/\/[^\s<>]{1,500}>)/g

export function inlineMarkdown(line: string): string {
  if (line.length > MAX_LINE) return line.replace(/<(?=[A-Za-z/!?])/g, '\\<')
  // The backslash only ends the markup before it: ":class:`Option`\s".
  return line
    .replace(/(?<=\w`{1,2}_{0,2})\\(?=\p{L})/gu, '')
    .replace(
      MARKUP,
      (
        whole: string,
        crossWords?: string,
        crossTarget?: string,
        _marks?: string,
        literal?: string,
        role?: string,
        roleWords?: string,
        linkText?: string,
        linkTarget?: string,
        ticked?: string,
        underscores?: string,
        special?: string,
      ) => {
        if (crossWords !== undefined && crossTarget !== undefined) return symbolLink(crossTarget, crossWords)
        if (literal !== undefined) return code(literal)
        if (role !== undefined && roleWords !== undefined) return ofRole(role, roleWords)
        if (linkText !== undefined && linkTarget !== undefined) return link(linkText, linkTarget)
        if (ticked !== undefined) return underscores === '' ? ofDefaultRole(ticked) : ticked
        if (special !== undefined) return code(special)
        return `\\${whole}`
      },
    )
}

/** `.. |Plan| replace:: words`, also with the words on the next line. */
const DEFINITION = /^[ \t]{0,12}\.\. \|([^|\s][^|\n]{0,60})\| replace::(?: |\r?\n[ \t]{1,12}|)(\S[^\n]{0,300})/gm
const REFERENCE = /(?<![\w|`])\|([^|\s][^|\n]{0,60})\|_{0,2}(?![\w|])/g

/** The texts that a file defines for substitution references of reStructuredText. */
export const substitutions = (file: string): ReadonlyMap<string, string> =>
  new Map([...file.matchAll(DEFINITION)].map(([, name = '', words = '']) => [name, words.trimEnd()]))

/** A docstring in which `|Plan|` and `|Plan|_` are replaced with their defined texts. */
export const withSubstitutions = (doc: string, words: ReadonlyMap<string, string>): string =>
  words.size === 0 ? doc : doc.replace(REFERENCE, (whole, name: string) => words.get(name) ?? whole)

/** A code span with enough backticks around it. */
export function code(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  if (!trimmed.includes('`')) return `\`${trimmed}\``
  const longest = (trimmed.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  const marks = '`'.repeat(longest + 1)
  return `${marks} ${trimmed} ${marks}`
}

/**
 * Formats a role. Roles that name symbols link to them. A leading dot is kept: it means that the name may be the end of
 * a longer one.
 */
function ofRole(role: string, text: string): string {
  const kind = role.split(':').at(-2) ?? ''
  if (LITERAL_ROLES.has(kind)) return code(text)
  const [, title, address] = /^([^<]*[^<\s])\s*<([^<>]*)>$/.exec(text) ?? []
  const isSymbol = SYMBOL_ROLES.has(kind)
  const name = (address ?? text).trim().replace(/^~/, '')
  if (DOCUMENT_ROLES.has(kind) && title !== undefined) return title.replace(/[<*_[\]]/g, '\\$&')
  const shown = isSymbol && isOtherName(title, name) ? symbolText(`~${name}`) : (title ?? shownOf(text, isSymbol))
  return isSymbol && /^\.?\w[\w.]*(?:\(\))?$/.test(name) ? symbolLink(name, shown) : code(shown)
}

/** `text <package.Class.method>` without a role refers to a symbol, as the default role of most documents does. */
function ofDefaultRole(text: string): string {
  const [, title, target] = TITLED.exec(text) ?? []
  if (title === undefined || target === undefined) return code(text)
  return target.startsWith('!') ? code(title) : symbolLink(target.replace(/^~/, ''), title)
}

const TITLED = /^([^<]{0,200}[^<\s]) ?<([!~]?\.?[A-Za-z_]\w{0,80}(?:\.\w{1,80}){0,12}(?:\(\))?)>$/

function shownOf(text: string, isSymbol: boolean): string {
  return isSymbol ? symbolText(text) : text.replace(/^!/, '')
}

/** Whether a title looks like the name of another symbol, which would be wrong if the link is not rendered. */
function isOtherName(title: string | undefined, name: string): boolean {
  const last = (text: string): string => text.replace(/\(\)$/, '').split('.').at(-1) ?? ''
  // A plural, such as `Fields` for `Field`, is not another name.
  if (title !== undefined && last(title) === `${last(name)}s`) return false
  return title !== undefined && /^[A-Z]\w*(?:\.\w+)*(?:\(\))?$/.test(title) && last(title) !== last(name)
}

/** A type without roles: `int or Plan` for ``int or :class:`~orbit.Plan```. */
export const withoutRoles = (type: string): string =>
  type.replace(ROLE, (_, name: string) => symbolText(name)).replaceAll('`', '')

const ROLE = /:(?:[A-Za-z][\w-]{0,30}:){1,2}`([^`<]{1,200})(?<! )(?: ?<[^`>]{1,200}>)?`/g

/** The text shown for a Python role without a title: `~a.b.C` is `C`, `.C` is `C`. */
function symbolText(text: string): string {
  const name = text.replace(/^[!~.]+/, '')
  return text.startsWith('~') ? name.slice(name.lastIndexOf('.') + 1) : name
}

function link(text: string, target: string): string {
  const isWeb = /^https?:\/\/[^\s()]+$/.test(target)
  return isWeb ? `[${text.trim()}](${target})` : text.trim()
}
