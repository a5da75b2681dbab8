/** Recognises calls of a name in code. */

const DEFINES = /\b(?:class|def|fn|fun|func|function|interface|object|struct|trait|type) $/

/** Languages in which the type precedes the declared name. */
const TYPED = new Set(['c', 'cpp', 'csharp', 'java'])
/** `sds sdsnew(`, `char *name(`: a prototype. */
const TYPE = /([\w>\]])(?:[ \t]*[*&]+[ \t]*|[ \t]+)$/
const NO_TYPE =
  /\b(?:and|await|case|co_await|co_return|co_yield|delete|do|else|in|new|not|or|return|throw|yield)[ \t]*$/

const WORD = /^[\p{L}\p{N}_$]/u

/** The offsets at which a text contains a name as a whole word. */
export function* offsetsOf(text: string, name: string): Generator<number> {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!WORD.test(text[at - 1] ?? '') && !WORD.test(text.slice(at + name.length, at + name.length + 2))) yield at
}

/** Whether a text calls the name, creates an object of it or uses it as a decorator. Passing it on is not a call. */
export function isCall(text: string, name: string, language: string | null): boolean {
  for (const at of offsetsOf(text, name)) {
    const after = text.slice(at + name.length, at + name.length + 60)
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
