/** Recognises calls of a name in code. */

const DEFINES = /\b(?:class|def|fn|fun|func|function|interface|object|struct|trait|type) $/

/** Languages in which the type precedes the declared name. */
const TYPED = new Set(['c', 'cpp', 'csharp', 'java'])
/** `sds sdsnew(`, `char *name(`: a prototype. */
const TYPE = /([\w>\]])(?:[ \t]*[*&]+[ \t]*|[ \t]+)$/
const NO_TYPE =
  /\b(?:and|await|case|co_await|co_return|co_yield|delete|do|else|in|new|not|or|return|throw|yield)[ \t]*$/

/** Whether a text calls the name, creates an object of it or uses it as a decorator. Passing it on is not a call. */
export function isCall(text: string, name: string, language: string | null): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const after = text.slice(at + name.length, at + name.length + 60)
    if (/[\p{L}\p{N}_$]/u.test(text[at - 1] ?? '') || /^[\p{L}\p{N}_$]/u.test(after)) continue
    const before = text.slice(Math.max(0, at - 40), at)
    if (DEFINES.test(before) || (TYPED.has(language ?? '') && TYPE.test(before) && !NO_TYPE.test(before))) continue
    if (/^!?(?:<(?:[^<>()]|<[^<>()]*>)*>|::<[^()]*>)?[({]/.test(after) || text[at - 1] === '@') return true
    // Ruby calls need no parentheses.
    if (language === 'ruby' && text[at - 1] === '.') return true
    // `Plan plan(1);`
    if (language === 'cpp' && /^ \w{1,40}[({]/.test(after)) return true
  }
  return false
}
