/** Simplifies expressions that the grammar cannot read, keeping their length. */

/** `unsigned(x)` as a value: the grammar does not accept the bare type as a function. */
const CAST = /\b(?:unsigned|signed|long|short)(?=\([^()*])/g
/** The text before a value. */
const VALUE_AFTER = /(?:[=(,|&+*/%?:!~^-]|<<|\breturn)[ \t]*$/
/** `MACRO(throw x, …)` */
const THROWN = /\bthrow\b(?=\s+[\w:])/g
const OPENED_BY_MACRO = /\b[A-Z][A-Z0-9_]{2,}\(\s*$/
/** `a->*b`, `a.*b`: access through a pointer to a member. The operator `%` replaces it. */
const MEMBER_BY_POINTER = /->\*|\.\*(?=\w)/g
/** `new T*[n]` */
const NEW_POINTERS = /(?=\*)(?<=\bnew\s+[\w:]{1,100}\s*)\*+(?=\s*\[)/g
/** Characters examined before a word. */
const BEFORE = 80

export function plainExpressions(text: string): string {
  let plain = blankAfter(blankAfter(text, CAST, VALUE_AFTER), THROWN, OPENED_BY_MACRO)
  if (plain.includes('->*') || plain.includes('.*')) plain = plain.replace(MEMBER_BY_POINTER, asOperator)
  return plain.includes('*[') ? plain.replace(NEW_POINTERS, (stars) => ' '.repeat(stars.length)) : plain
}

function asOperator(operator: string, at: number, text: string): string {
  return operator === '->*' || /[\w)\]]/.test(text[at - 1] ?? '') ? '%'.padStart(operator.length) : operator
}

/** Looks back from the words found, which is far cheaper than looking ahead from every possible start. */
function blankAfter(text: string, words: RegExp, before: RegExp): string {
  return text.replace(words, (word: string, at: number) =>
    before.test(text.slice(Math.max(0, at - BEFORE), at)) ? ' '.repeat(word.length) : word,
  )
}
