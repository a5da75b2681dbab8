/** Expressions that the grammar cannot read, made plain at the same length. */

/** `unsigned(x)`, where a value stands: the type alone is no function to the grammar. */
const CAST = /(?<=(?:[=(,|&+*/%?:!~^-]|<<|\breturn)[ \t]*)(?:unsigned|signed|long|short)(?=\([^()*])/g
/** `MACRO(throw x, …)` */
const THROWN = /(?<=\b[A-Z][A-Z0-9_]{2,}\(\s*)throw\b(?=\s+[\w:])/g

export function plainCasts(text: string): string {
  return text.replace(CAST, (type) => ' '.repeat(type.length)).replace(THROWN, (word) => ' '.repeat(word.length))
}
