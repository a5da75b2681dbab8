/** Secrets in the fields of a submission, which are stored and shown to all. What looks like one is refused. */

import { holdsSecret, holdsToken } from '#base/secret-shapes.ts'
import { TOKEN_HEADER } from './git-token.ts'
import { Refusal } from './problem.ts'

/** What is wrong with these fields, if one of them seems to hold a secret; says nothing of its value. */
export function secretRefusal(fields: unknown): Refusal | undefined {
  const found = Object.entries(Object(fields)).find(([name, value]) => isSecret(name, value))
  if (found === undefined) return undefined
  const [name] = found
  return new Refusal(
    'SECRET_IN_FIELD',
    `${holdsToken(name) ? 'The name of a field' : name}: there seems to be a token, a key or a password in it, which would be stored and shown.`,
    `Leave it out. A token for the repository goes into the header ${TOKEN_HEADER}; if this one was sent over a network, replace it.`,
  )
}

/** Addresses with a user name have a refusal of their own. Of `callback_url` only the origin is shown, and the rest may be a secret. */
function isSecret(name: string, value: unknown): boolean {
  if (holdsToken(name)) return true
  if (name === 'callback_url') return false
  return textsIn(value, MAX_DEPTH).some(name === 'repo_url' ? holdsToken : holdsSecret)
}

/** Fields are nested less deep; what is deeper is no submission, and is not stored. */
const MAX_DEPTH = 4

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsIn(each, depth - 1)])
}
