/**
 * Hides `extern "C" {` and its `}` where each stands alone in an `#if`, as headers for both languages have them: to the
 * grammar what an `#if` holds is whole.
 */

const BRACKET =
  /(?<![^\n])([ \t]*#[ \t]*if[^\n]*\n\s*)(extern[ \t]+"C(?:\+\+)?"[ \t]*\{|\})(?=[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*\*\/[ \t]*)?\r?\n\s*#[ \t]*endif)/g

export function hideLinkage(text: string): string {
  if (!text.includes('extern')) return text
  const found = [...text.matchAll(BRACKET)]
  const opened = found.filter(([, , bracket = '']) => bracket !== '}').length
  return opened * 2 === found.length
    ? text.replace(BRACKET, (_, before: string, bracket: string) => before + ' '.repeat(bracket.length))
    : text
}
