/** Secrets in the fields of a submission, which are stored and shown to all. What looks like one is refused. */

import { holdsSecret, holdsToken } from '#base/secret-shapes.ts'
import { MAX_NOTES } from '#queue/options.ts'
import { TOKEN_HEADER } from './git-token.ts'
import { Refusal } from './problem.ts'

/** What is wrong with these fields, if one of them seems to hold a secret; says nothing of its value. */
export function secretRefusal(fields: unknown): Refusal | undefined {
  const found = firstFields(Object(fields)).find(([name, value]) => isSecret(name, value))
  if (found === undefined) return undefined
  const [name] = found
  return new Refusal(
    'SECRET_IN_FIELD',
    `${holdsToken(start(name)) ? 'The name of a field' : name}: there seems to be a token, a key or a password in it, which would be stored and shown.`,
    `Leave it out. A token for the repository goes into the header ${TOKEN_HEADER}; if this one was sent over a network, replace it.`,
  )
}

/** Addresses with a user name have a refusal of their own. Of `callback_url` only the origin is shown, and the rest may be a secret. */
function isSecret(name: string, value: unknown): boolean {
  if (holdsToken(start(name))) return true
  if (name === 'callback_url') return false
  return textsIn(value, MAX_DEPTH)
    .map(start)
    .some(name === 'repo_url' ? holdsToken : holdsSecret)
}

/** Fields are nested less deep; what is deeper is no submission, and is not stored. */
const MAX_DEPTH = 4
/** More than any object of a submission has: the first field that is unknown is among them, and no other is named. */
const MAX_FIELDS = 20
/** Twice what `notes` may have, whose line ends may have two characters. Of what is longer nothing but its start is shown, and nothing stored. */
const MAX_CHARACTERS = 2 * MAX_NOTES

/** What a field is judged by, before its schema is asked: texts may be as long as the body. */
const start = (text: string): string => text.trim().slice(0, MAX_CHARACTERS)

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return firstFields(value).flatMap(([name, each]) => [name, ...textsIn(each, depth - 1)])
}

/** A body may bring hundreds of thousands: no list of all is made. */
function firstFields(value: object): [name: string, value: unknown][] {
  if (Array.isArray(value)) return Object.entries(value.slice(0, MAX_FIELDS))
  const first: [string, unknown][] = []
  for (const name in value) {
    if (first.length === MAX_FIELDS) break
    first.push([name, (value as Record<string, unknown>)[name]])
  }
  return first
}
