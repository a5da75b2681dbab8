/** Takes the description of a class without a comment from its method `self.description` that only returns a text. */

import { packDoc } from '#generate/analyse/doc-comment.ts'
import { D, D_WIDTH, DECL_KINDS, type FileFacts, NONE } from '#generate/analyse/engine/facts.ts'

const RETURNS =
  /^def self\.description[ \t]{0,9}\r?\n[ \t]{0,80}(?:"([^"\\#\r\n]{1,400})"|'([^'\\\r\n]{1,400})')[ \t]{0,9}\r?\n[ \t]{0,80}end$/
const MAX_METHOD = 1_000
const CLASS = DECL_KINDS.indexOf('class')

export function readStatedDescriptions({ decls, strings }: FileFacts, text: string): void {
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    if (strings[decls[at + D.name] ?? NONE] !== 'description') continue
    const owner = (decls[at + D.parent] ?? NONE) * D_WIDTH
    if (decls[owner + D.kind] !== CLASS || decls[owner + D.doc] !== NONE) continue
    const start = decls[at + D.start] ?? 0
    const [, double, single] =
      RETURNS.exec(text.slice(start, Math.min(decls[at + D.end] ?? start, start + MAX_METHOD))) ?? []
    const doc = packDoc(double ?? single ?? null)
    if (doc !== null) decls[owner + D.doc] = strings.push(doc) - 1
  }
}
