/** Reads the names of the types that the head of a class or interface extends, also those of other packages. */

import { parameterList } from '#generate/signature-parameters.ts'
import { HELPER } from './helper-bases.ts'

/** Bases for type checkers, which say nothing about what a class does. */
const NO_BASE = /^(?:object|(?:typing\.)?(?:Generic|Protocol)|(?:abc\.)?ABC)$/

/** Names without arguments, in order, of Python and TypeScript; empty for other languages. */
export function basesInHead(signature: string, name: string, language: string | null): string[] {
  if (language === 'python')
    return (parameterList(signature, name)?.parts ?? [])
      .map((part) => part.split('[', 1)[0]?.trim() ?? '')
      .filter((part) => /^[\w.]+$/.test(part) && !NO_BASE.test(part))
  if (language !== 'typescript') return []
  const [head = ''] = withoutArguments(signature).split(/\bimplements\b|\{/)
  const list = head.split(/\bextends\b/)[1] ?? ''
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^[\w$.]+$/.test(part) && !HELPER.test(part))
}

/** Removes text between angle brackets. */
function withoutArguments(signature: string): string {
  let depth = 0
  let text = ''
  for (const char of signature.replaceAll('=>', '')) {
    if (char === '<') depth++
    else if (char === '>') depth--
    else if (depth === 0) text += char
  }
  return text
}
