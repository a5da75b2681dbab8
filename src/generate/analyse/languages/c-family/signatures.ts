/** The one line that stands for a declaration of C or C++. */

import type { Words } from '#generate/analyse/engine/read-rules.ts'

/** Without the value of a variable, without line breaks of macros. */
export function signatureOf({ kind, header }: Words): string {
  switch (kind) {
    case 'variable':
    case 'field':
      return header.replace(/\s*=(?!=)[\s\S]*$/, '').replace(/\s*\{$/, '')
    case 'macro':
      return header.replace(/\\(?:\s|$)/g, '')
    case 'type':
      return header.replace(/\{[\s\S]*\}/, '{…}')
    default:
      return header
  }
}
