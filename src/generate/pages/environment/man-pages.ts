/** Converts man pages in Roff to plain text in which descriptions of environment variables are found. */

import type { SourceFile } from '#generate/model.ts'

/** Limit on the characters of a man page. */
const MAX_CHARS = 300_000
/** Matches the path of a man page. */
export const MAN_PAGE = /(?:^|\/)([\w.-]{1,60})\.[1578]$/

/** A man page without fonts and most macros, with documented names as headings. */
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
      .replace(/^\.(?:It Ev|Ev|BR?|It Sy) "?([A-Z_][A-Z0-9_]{1,60})"?$/, '## `$1`')
      .replace(/^\..*$/, ''),
  )
  return { path, text: plain.join('\n') }
}
