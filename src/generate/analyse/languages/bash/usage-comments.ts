/**
 * Reads the comment after the opening brace of a function: what it does, or its arguments. A mere list of argument
 * names is left out.
 */

import { greatest } from '#base/long-arrays.ts'
import { packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { D, D_WIDTH, DECL_KINDS, type FileFacts, NONE } from '#generate/analyse/engine/facts.ts'
import { isForTools } from '#generate/tool-comments.ts'

const FUNCTION = DECL_KINDS.indexOf('function')
const HEAD =
  /^(?:function[ \t]{1,9})?[^\s(){}]{1,100}[ \t]{0,9}(?:\([ \t]{0,9}\))?[ \t]{0,99}\{[ \t]{1,200}(#[^\n]{2,300})/
/** Arguments as a usage text writes them: `<path> [--force]`. */
const ARGUMENTS = /^[<[][^<>[\]]*[>\]]/

/** Sets the signatures and comments of functions in place; a comment above a function comes first. */
export function readUsageComments(facts: FileFacts, text: string): void {
  const { decls, strings } = facts
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    if (decls[at + D.kind] !== FUNCTION) continue
    const start = decls[at + D.start] ?? 0
    const body = text.slice(start, Math.min(decls[at + D.end] ?? start, start + MAX_BODY))
    const doc = unpackDoc(strings[decls[at + D.doc] ?? NONE] ?? null).doc
    if (doc !== null && listsArguments(doc, body)) decls[at + D.doc] = NONE
    const [, comment = ''] = HEAD.exec(text.slice(start, start + 600)) ?? []
    const words = comment.replace(/^#+\s*/, '').trim()
    if (words === '' || isForTools(comment)) continue
    if (ARGUMENTS.test(words))
      decls[at + D.signature] = strings.push(`${strings[decls[at + D.name] ?? NONE] ?? ''} ${words}`) - 1
    else if (decls[at + D.doc] === NONE && /^\p{L}[\p{L}']*(?: \S+){2}/u.test(words) && !/[;{}]\s*$/.test(words))
      decls[at + D.doc] = strings.push(packDoc({ text: words, details: {} }) ?? '') - 1
  }
}

/** Limit on the characters of a function that are searched for its arguments. */
const MAX_BODY = 2_000
const MAX_LIST = 120
const SENTENCE = /\b(?:an?|the|of|for|to|from|in|with|if|and|by)\b/i

/** `domain keyfile [cafile]`: one name for each argument that the body reads, or mostly names that the body gives to them. */
function listsArguments(doc: string, body: string): boolean {
  if (doc.length > MAX_LIST || !/^[\w\s,|[\]<>-]+$/.test(doc) || SENTENCE.test(doc)) return false
  const words = doc.match(/[\w-]+/g) ?? []
  const read = [...body.matchAll(/(?:([a-zA-Z_]\w{0,60})=)?["']?\$\{?([1-9])\b/g)]
  const names = read.flatMap(([, name]) => (name === undefined ? [] : name.replace(/^_+/, '').toLowerCase()))
  const known = words.filter((word) =>
    names.some((name) => [name, name.slice(1)].some((stem) => stem.length > 1 && word.toLowerCase().startsWith(stem))),
  )
  const count = Math.max(0, greatest(read.map(([, , number]) => Number(number))))
  return known.length * 2 > words.length || (words.length > 2 && words.length === count)
}
