/** Reads the comment behind the opening brace of a function: its arguments, or what it does. */

import { packDoc } from '#generate/analyse/doc-comment.ts'
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
    const [, comment = ''] = HEAD.exec(text.slice(start, start + 600)) ?? []
    const words = comment.replace(/^#+\s*/, '').trim()
    if (words === '' || isForTools(comment)) continue
    if (ARGUMENTS.test(words))
      decls[at + D.signature] = strings.push(`${strings[decls[at + D.name] ?? NONE] ?? ''} ${words}`) - 1
    else if (decls[at + D.doc] === NONE && /^\p{L}[\p{L}']*(?: \S+){2}/u.test(words) && !/[;{}]\s*$/.test(words))
      decls[at + D.doc] = strings.push(packDoc({ text: words, details: {} }) ?? '') - 1
  }
}
