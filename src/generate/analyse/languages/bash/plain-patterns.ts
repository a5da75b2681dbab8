/**
 * Replaces quotes and parentheses in the patterns of parameter expansions, as in `${path/$'/:'*}`. The grammar mistakes them for the
 * start of something else, and then reads the rest of a script as one word.
 */

const SUBSTITUTION = /(\$\{\w{1,80}(?:\[[^\]\n]{0,40}\])?\/{1,2})((?:\$?'[^'\n]{0,40}'|[^'"{}$`\n\\]|\\.){1,80})(?=\})/g

/** @returns The text with the same lines and offsets. */
export const withPlainPatterns = (text: string): string =>
  text.replace(SUBSTITUTION, (whole, start: string, pattern: string) =>
    /['()]/.test(pattern) ? start + pattern.replace(/[^/]/g, 'x') : whole,
  )
