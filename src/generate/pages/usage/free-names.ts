/** Finds the free names of a piece of code, and those that it declares. */

import { bareLine } from './statement.ts'

export const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu
/** Matches a name that is not a member of something. */
const FREE = /(?<![\p{L}\p{N}_$.]|::|->|\?\.|\\)[\p{L}_$][\p{L}\p{N}_$]*/gu
const KEYWORD = new Set(
  'abstract and as async auto await begin bool boolean break byte case catch char class const constexpr continue def default defer del delete do double dyn echo elif else elsif end ensure enum except export extends extern false False final finally float fn for foreach from fun func function global go goto guard if impl implements in include inline instanceof int interface is lambda let long loop match mod module move mut namespace new nil None not null nullptr object operator or out override package pass println private protected pub public raise range ref rescue return short signed sizeof static str string String struct switch template then throw throws trait true True try type typeof typename undefined unless unsafe unsigned until use using val var void volatile when where while with yield i8 i16 i32 i64 u8 u16 u32 u64 usize isize f32 f64 std list dict tuple set len print bytes repr open iter next map filter zip sorted enumerate isinstance super puts p proc raise require format vec assert console process JSON Promise Object Array Math make append cap copy panic error any byte rune uint int64 int32 uint64 float64 window document globalThis fetch echo array isset count sprintf'.split(
    ' ',
  ),
)
const NO_TYPE =
  /\b(?:return|new|await|in|not|and|or|is|else|throw|raise|yield|go|defer|delete|typeof|instanceof|case|puts|print|echo|if|unless|while|when|do|then|move|ref|mut|out)$/

/** Names that are built in in some languages only, and variables elsewhere. */
const ONLY_IN: ReadonlyMap<string, RegExp> = new Map([
  ...['array', 'count', 'isset'].map((name): [string, RegExp] => [name, /^php$/]),
  ...['copy', 'error', 'any', 'byte', 'rune'].map((name): [string, RegExp] => [name, /^go$/]),
  ...['bytes', 'dict', 'filter', 'iter', 'list', 'map', 'next', 'open', 'set', 'tuple', 'zip'].map(
    (name): [string, RegExp] => [name, /^python$/],
  ),
])

const isOfLanguage = (name: string, language: string): boolean =>
  KEYWORD.has(name) && ONLY_IN.get(name)?.test(language) !== false

/** Removes the contents of strings, and comments. */
export const bare = (text: string, language: string): string =>
  text
    .split('\n')
    .map((line) => bareLine(line, language))
    .join('\n')

/** @param declared - The names that it declares. */
export function freeNames(text: string, language: string, declared = declaredIn(text, language)): string[] {
  const code = bare(text, language)
  const own = new Set(declared)
  return [...new Set(code.match(FREE) ?? [])].filter((name) => {
    if (isOfLanguage(name, language) || own.has(name) || name === '_') return false
    // Types explain themselves or are built in; `A` is a variable of the test.
    if (/^\p{Lu}[\p{L}\p{N}_]/u.test(name)) return false
    const uses = [...code.matchAll(FREE)].filter(({ 0: word }) => word === name)
    // It is only a key, a macro or the name of a parameter.
    return uses.some(({ index }) => {
      const behind = code.slice(index + name.length)
      return !/^\s{0,8}(?:=(?![=>])|:(?!:)|!\()/.test(behind)
    })
  })
}

/** The variables that a statement declares, and the parameters of functions in it. */
export function declaredIn(text: string, language: string): string[] {
  const code = bare(text, language)
  const found = new Set<string>()
  // In Go, `=` declares nothing without `var`. In Python, a name before `=` inside parentheses is an argument: `Client(mounts=mounts)`.
  for (const [head = ''] of code.matchAll(
    language === 'python'
      ? /(?:^|[\n;])[^=\n;(){}]{1,120}?=(?![=>])|\([^=\n;(){}]{1,120}?:=/g
      : language === 'go'
        ? /(?:^|[\n({;])[^=\n;(){}]{1,120}?:=|\bvar [^=\n;(){}]{1,100}?=(?!=)/g
        : /(?:^|[\n({;])[^=\n;(){}]{1,120}?(?::=|=(?![=>]))/g,
  ))
    for (const { 0: word, index } of head.matchAll(FREE))
      if (!/^(?:\.|->|\[)/.test(head.slice(index + word.length))) found.add(word)
  for (const { 0: word, index } of code.matchAll(FREE)) {
    const before = code.slice(Math.max(0, index - 40), index)
    // A name after its type, or in Go before it.
    if (/(?:[\p{L}\p{N}_*&\]]|(?<![=-])>)\s+[*&]{0,2}$/u.test(before) && !NO_TYPE.test(before.trimEnd()))
      found.add(word)
    if (language === 'go' && /[(,]\s*$/.test(before) && /^\s+[\w.*[\]]/.test(code.slice(index + word.length)))
      found.add(word)
  }
  for (const [, names = ''] of code.matchAll(/\|([^|\n]{1,80})\|/g))
    for (const one of names.match(WORD) ?? []) found.add(one)
  for (const [, names = ''] of code.matchAll(/\(([^()\n]{0,120})\)\s*(?:=>|->)/g))
    for (const one of names.match(WORD) ?? []) found.add(one)
  for (const [, one = ''] of code.matchAll(/(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]{0,60})\s{0,4}(?:=>|->)/gu))
    found.add(one)
  for (const [, names = ''] of code.matchAll(/\blambda\s+([^:\n]{1,80}):/g))
    for (const one of names.match(WORD) ?? []) found.add(one)
  for (const [, names = ''] of code.matchAll(
    /\b(?:for|as) {1,4}\(?([\w$,][\w$, ]{0,60}?)\)? {0,4}(?:\bin\b|:|\bof\b|$)/gm,
  ))
    for (const one of names.match(WORD) ?? []) found.add(one)
  return [...found]
}
