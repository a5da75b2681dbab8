/** The forms of lines that start a block of AsciiDoc. */

/** A delimiter; only one of backticks may be followed by a language. */
export const FENCE =
  /^(?:(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|\/{4,}|--)|(`{3,})([^\s`,]{0,30})(?:[\s,][^`]{0,100})?)$/
export const ITEM = /^\s*(\*{1,5}|-|\.{1,5}|\d{1,4}\.)\s+(\S.*)$/
/** A line that explains a numbered line of the code block above. */
export const CALLOUT = /^<(?:\.|\d{1,2})>\s+(\S.*)$/
export const CONDITION = /^(?:ifdef|ifndef|ifeval|endif)::/

const UNDERLINES = '=-~^+'

/** The level of a title, from 1, by the underline below it, whose length may differ by one character; 0 if `line` is not an underline. */
export function levelOfUnderline(title: string, line: string): number {
  const isLine = line.length > 1 && line === line.charAt(0).repeat(line.length)
  if (!isLine || Math.abs(title.length - line.length) > 1 || !/^[\p{L}\p{N}_"'(`]/u.test(title)) return 0
  return UNDERLINES.indexOf(line.charAt(0)) + 1
}
