/** The forms of lines that start a block of AsciiDoc. */

/** A delimiter; only one of backticks may be followed by a language. */
export const FENCE =
  /^(?:(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|\/{4,}|--)|(`{3,})([^\s`,]{0,30})(?:[\s,][^`]{0,100})?)$/
export const ITEM = /^\s*(\*{1,5}|-|\.{1,5}|\d{1,4}\.)\s+(\S.*)$/
/** A line that explains a numbered line of the code block above. */
export const CALLOUT = /^<(?:\.|\d{1,2})>\s+(\S.*)$/
export const CONDITION = /^(?:ifdef|ifndef|ifeval|endif)::/
