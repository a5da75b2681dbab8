/** Converts man pages in Roff to plain text, to find descriptions of environment variables in it. */

import type { SourceFile } from '#generate/model.ts'

/** Limit on the characters of a man page. */
const MAX_CHARS = 300_000
/** Matches the path of a man page. */
export const MAN_PAGE = /(?:^|\/)([\w.-]{1,60})\.[1578]$/

/** A man page without fonts and most macros, with its sections and documented names as headings. */
export function plainManPage({ path, text }: SourceFile): { path: string; text: string } {
  const program = MAN_PAGE.exec(path)?.[1] ?? ''
  const lines = (text ?? '')
    .slice(0, MAX_CHARS)
    .replace(/\\f(?:\[\w{0,4}\]|[A-Z])/g, '')
    .replace(/\\([-&])/g, (_, sign: string) => (sign === '-' ? sign : ''))
    .split('\n')
  const plain = lines.map((line) =>
    line
      .replace(/^\.Nm\b.*$/, program)
      .replace(/^\.(?:It Ev|BR?|It Sy) "?([A-Z_][A-Z0-9_]{1,60})"?$/, '## `$1`')
      .replace(INLINE, (_, macro: string, words: string) => inlineText(macro, words))
      .replace(/^\.S[HSs] {1,9}"?([^"]{1,100})"?$/, '# $1')
      .replace(/^\..*$/, ''),
  )
  // A line of code alone would begin something new.
  return { path, text: plain.join('\n').replace(/\n(?=`)/g, ' ') }
}

/** Matches a line of mdoc that is part of the sentence around it: `.Ev VISUAL`, `.Xr passwd 5 .` */
const INLINE = /^\.(Ar|Cm|Dq|Dv|Em|Ev|Fl|Fn|Ic|Li|Pa|Ql|Sq|Sy|Tn|Va|Xr) (\S.{0,200})$/

/** The arguments of a macro as code, followed by their punctuation. */
function inlineText(macro: string, words: string): string {
  const parts = words.split(/ +/)
  let after = ''
  while (/^[.,:;)]$/.test(parts.at(-1) ?? '')) after = `${parts.pop()}${after}`
  const [first = '', second] = parts
  const text = macro === 'Xr' && second !== undefined ? `${first}(${second})` : parts.join(' ')
  return `\`${macro === 'Fl' ? '-' : ''}${text.replaceAll('`', '')}\`${after}`
}
