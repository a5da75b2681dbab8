/** Removes asterisks and indentation from the lines of a block comment. */

import { withoutMargin } from '#generate/formats/indentation.ts'

/**
 * Removes the asterisks at the start of the lines, or their common indentation if most lines have no asterisk.
 *
 * @param lines - The lines between the delimiters. The first one starts after the opening delimiter.
 */
export function withoutStars([first = '', ...rest]: readonly string[]): string[] {
  const written = rest.filter((line) => line.trim() !== '')
  const starred = written.filter((line) => STAR.test(line))
  const isStarred = starred.length * 2 >= written.length
  const bare = isStarred
    ? rest.map((line) => line.replace(/^\s*\*(?!\/) ?/, ''))
    : // Other asterisks may be bullets.
      withoutMargin(rest.map((line) => line.replace(/^(\s*)\*(?: ?(?=@\w)|$)/, '$1')))
  return [first.replace(/^\s*\*(?!\/) ?/, '').trim(), ...bare]
}

/** An asterisk that is not the start of text in bold: `**Note**`. */
const STAR = /^\s*\*(?!\*\p{L})/u
