/** Masks values after names such as `password`, `apiKey` or `TOKEN`, in code, settings, JSON and YAML. */

import { isPassword } from './entropy.ts'
import { SECRET } from './secret.ts'

const NAMES = [
  'pass(?:word|wd|phrase|code)?',
  'pwd',
  'secrets?',
  'tokens?',
  'api[_-]?keys?',
  '(?:access|account|auth|encryption|master|private|shared|signing|storage|subscription)[_-]?keys?',
  'credentials?',
  '_auth',
  '"auth',
]

/**
 * A name, the rest of the identifier, an assignment operator, a value: `AWS_SECRET_ACCESS_KEY=`, `"client_secret": "`,
 * `password => '`, `.setPassword("`, `-Dtoken=`, `<password>`.
 */
const ASSIGNMENT = new RegExp(
  `((?:${NAMES.join('|')})[A-Za-z0-9_-]{0,30}["'\`\\]]{0,2}[ \\t]{0,10}(?::=|=>|==|[:=(>])[ \\t]{0,10}(?:[A-Za-z]{0,2}["'\`]|[|>]-?[ \\t]{0,4})?)` +
    `([^\\s"'\`,;<>(){}\\[\\]]{8,300})(?=(.?))`,
  'gi',
)

export function maskAssignments(text: string): string {
  return text.replace(ASSIGNMENT, (all, before: string, value: string, next: string) => {
    const isQuoted = /["'`]$/.test(before)
    // The value is a call, an index or part of a pattern.
    if (!isQuoted && (next === '(' || next === '[' || next === '{')) return all
    return isPassword(value, isQuoted) ? before + SECRET : all
  })
}
