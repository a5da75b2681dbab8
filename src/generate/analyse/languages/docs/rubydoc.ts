/** Comments of Ruby as Markdown: RDoc's marks, YARD's tags. */

import type { DocTypes } from '#generate/analyse/engine/read-rules.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

const TYPED =
  /(?<![^\n])#\s*@(param|return|option|yieldparam|attr(?:_reader)?)\s+(?:(\*{0,2}\w+)\s+)?\[([^\]\n]+)\](?:\s+(\w+)\b)?/g

/** All comments before a declaration together; those for the interpreter and for editors left out. */
export function rubydoc(comments: readonly string[]): string | null {
  const lines: string[] = []
  for (const comment of comments) {
    if (comment.startsWith('=begin')) for (const line of comment.split('\n').slice(1, -1)) lines.push(line)
    else if (
      !/^#\s*(?:frozen_string_literal|encoding|coding|rubocop|typed|-\*-|:(?:nodoc|stopdoc|startdoc))|^#(?:!|[ \t]+!\/)/.test(
        comment,
      )
    )
      lines.push(comment.replace(/^#+ ?/, ''))
  }
  const text = lines.map((line) => markdown(line.trimEnd())).join('\n')
  return text.replace(/\n{3,}/g, '\n\n').trim() || null
}

function markdown(line: string): string {
  const tag = /^\s*@(\w+)\b\s*(?!\s)(.*)$/.exec(line)
  if (tag !== null) return tagLine(tag[1] ?? '', tag[2] ?? '')
  // Indented text is code in both, and stays as it is.
  if (/^ {2,}/.test(line)) return `  ${line}`
  return line
    .replace(
      /^(=+)\s+(?!\s)(.*)$/,
      (_, marks: string, title: string) => `${'#'.repeat(Math.min(6, marks.length + 2))} ${title}`,
    )
    .replace(/(^|[^\w`])\+([\w@:#.?!=[\]<>-]+)\+(?!\w)/g, '$1`$2`')
    .replace(/<(?:tt|code)>((?:(?!<(?:tt|code)>).)*?)<\/(?:tt|code)>/g, '`$1`')
    .replace(/\{([\w:#.?!]+)\}/g, '`$1`')
    .replace(/\{([A-Z][\w:#.?!]*|#[\w?!]+)\s+(?!\s)([^{}\n]{1,200})\}/g, (_, target: string, words: string) =>
      symbolLink(target, words),
    )
}

function tagLine(name: string, rest: string): string {
  const typed = /^(?:(\*{0,2}\w+:?)\s+)?\[([^\]]*)\]\s*(?:(\w+)\b\s*)?([\s\S]*)$/.exec(rest)
  switch (name) {
    case 'param':
    case 'option':
    case 'yieldparam': {
      if (typed === null) return `- ${rest.replace(/^(\S+)/, '`$1`')}`
      const [, before, type = '', after = '', text = ''] = typed
      const words = before === undefined ? text : `${after} ${text}`.trim()
      return `- \`${before ?? after}\` (\`${type}\`)${words === '' ? '' : `: ${words}`}`
    }
    case 'return':
    case 'raise': {
      const verb = name === 'return' ? 'Returns' : 'Raises'
      if (typed === null) return `- ${verb}: ${rest}`
      const words = `${typed[1] ?? ''} ${typed[3] ?? ''} ${typed[4] ?? ''}`.replace(/\s+/g, ' ').trim()
      return `- ${verb} \`${typed[2]}\`${words === '' ? '' : `: ${words}`}`
    }
    default:
      return `- ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}${rest === '' ? '' : `: ${rest}`}`
  }
}

/** `@param name [Type]`, `@param [Type] name`, `@return [Type]`. */
export function docTypes(comments: readonly string[]): DocTypes | null {
  let own: string | null = null
  const named = new Map<string, string>()
  for (const [, tag = '', before, type = '', after] of comments.join('\n').matchAll(TYPED)) {
    const name = before ?? after
    if (tag === 'return') own ??= type
    else if (tag === 'param' && name !== undefined) named.set(name.replace(/^\*+/, ''), type)
  }
  return own === null && named.size === 0 ? null : { own, named }
}
