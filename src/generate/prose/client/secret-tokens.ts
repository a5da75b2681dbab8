/** Masks keys in the formats of their issuers, and passwords in URLs. */

import { JWT, possibleTokens, tokens } from '#base/token-forms.ts'
import { isRandom } from './entropy.ts'
import { SECRET } from './secret.ts'

/** Matches whole tokens only, because code contains names with the same prefixes. */
const TOKENS = tokens()
const POSSIBLE_TOKENS = possibleTokens()

const SLACK_HOOK = /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]{20,200}/g

/** `://user:` and the password; placeholders are kept. */
const CREDENTIALS = /(:\/\/[^\s:@/"'`<>?#]{0,100}:)([^\s@/"'`<>]{1,200})(?=@[A-Za-z0-9[$_{%-])/g

/** RFC 7617, RFC 6750 */
const SCHEME = /\b((?:Basic|Bearer)[ \t]{1,4})([A-Za-z0-9+/_=.~-]{16,2000})/gi

export function maskTokens(text: string): string {
  return text
    .replace(JWT, SECRET)
    .replace(TOKENS, SECRET)
    .replace(POSSIBLE_TOKENS, (key) => (isRandom(key.slice(key.indexOf('-') + 1)) ? SECRET : key))
    .replace(SLACK_HOOK, `$1${SECRET}`)
    .replace(CREDENTIALS, (all, before: string, password: string) => {
      return /^(?:[$%{[]|\*+$|x+$)/i.test(password) ? all : before + SECRET
    })
    .replace(SCHEME, (all, scheme: string, value: string) => (isRandom(value) ? scheme + SECRET : all))
}
