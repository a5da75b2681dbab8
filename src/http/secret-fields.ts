/** Refuses submissions with secrets in fields that are stored and shown to everyone. */

import { holdsSecret, holdsToken } from '#base/secret-shapes.ts'
import { MAX_NOTES } from '#queue/job-options.ts'
import { TOKEN_HEADER } from './git-token.ts'
import { Refusal } from './problem.ts'

/** No valid field is nested this deeply; anything deeper is rejected anyway. */
const MAX_DEPTH = 4
/** More than the fields of a submission; the first unknown field is among these. */
const MAX_FIELDS = 20
/** Twice the length of `notes`, since line ends may be two characters. Longer texts are rejected anyway. */
const MAX_CHARACTERS = 2 * MAX_NOTES

/** The error for the first field that seems to contain a secret. It does not repeat the value. */
export function secretRefusal(fields: unknown): Refusal | undefined {
  const found = firstFields(Object(fields)).find(([name, value]) => isSecret(name, value))
  if (found === undefined) return undefined
  const [name] = found
  return new Refusal(
    'SECRET_IN_FIELD',
    `${holdsToken(start(name)) ? 'The name of a field' : name}: it seems to contain a token, a key or a password, which would be stored and shown.`,
    `Leave it out. Send a token for the repository in the header ${TOKEN_HEADER}. If this one was sent over a network, revoke it.`,
  )
}

/** URLs with a user name get a separate error. `callback_url` may contain secrets, since only its origin is shown. */
function isSecret(name: string, value: unknown): boolean {
  if (holdsToken(start(name))) return true
  if (name === 'callback_url') return false
  return textsIn(value, MAX_DEPTH)
    .map(start)
    .some(name === 'repo_url' ? holdsToken : holdsSecret)
}

/** The part of a field that is checked; its schema has not limited it yet. */
const start = (text: string): string => text.trim().slice(0, MAX_CHARACTERS)

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return firstFields(value).flatMap(([name, each]) => [name, ...textsIn(each, depth - 1)])
}

/** The first fields. Does not list all keys, because a body may contain hundreds of thousands. */
function firstFields(value: object): [name: string, value: unknown][] {
  if (Array.isArray(value)) return Object.entries(value.slice(0, MAX_FIELDS))
  const first: [string, unknown][] = []
  for (const name in value) {
    if (first.length === MAX_FIELDS) break
    first.push([name, (value as Record<string, unknown>)[name]])
  }
  return first
}
