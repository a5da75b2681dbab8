/**
 * Hides `extern "C" {` and its `}` when each is alone in an `#if`, as in headers for both languages, because the
 * grammar expects balanced code inside an `#if`.
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
