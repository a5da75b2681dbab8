/** Quotes words of commands that people copy into a shell. */

const PLAIN = /^[\w@%+=:,./-]+$/

/** A word for a shell, quoted if necessary. */
export const shellWord = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
