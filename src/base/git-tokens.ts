/**
 * Access tokens of git hosts, by scope: `host`, `host:port`, or either with a path prefix (`github.com/acme`). Printing or
 * serialising these objects reveals no tokens.
 */

import type { LinkForm } from './code-host-links.ts'
import { parseHostScope } from './host-scope.ts'
import type { Repository } from './repository.ts'
import { hideValues } from './scrub.ts'
import { BadConfiguration } from './setting-types.ts'

/** Credentials for HTTP Basic authentication (RFC 7617). */
export interface GitCredentials {
  user: string
  password: string
}

/** Visible ASCII, which can be sent in a header. */
const TOKEN = /^[!-~]{1,2000}$/

const EXAMPLE = 'host=token, such as github.com=ghp_… or git.example.org/team=user:password'

/** Whether a text can be sent as a token, in the form `token` or `user:token`. */
export const isToken = (text: string): boolean => TOKEN.test(text) && !text.startsWith(':')

export class GitTokens {
  /** Tokens keyed by scope. */
  readonly #tokens: ReadonlyMap<string, string>

  constructor(tokens: ReadonlyMap<string, string> = new Map()) {
    this.#tokens = tokens
  }

  /** Scopes with a token, sorted. */
  get scopes(): string[] {
    return [...this.#tokens.keys()].sort()
  }

  /** The token for a repository; the scope with the longest matching path wins. */
  for({ scheme, host, segments }: Repository): string | undefined {
    if (scheme !== 'https' && scheme !== 'http') return undefined
    for (let length = segments.length; length >= 0; length--) {
      const token = this.#tokens.get(scopeOf(host, segments.slice(0, length)))
      if (token !== undefined) return token
    }
    return undefined
  }
}

/** The scope of a host and path. In lower case, because hosts ignore the case of owners. */
const scopeOf = (host: string, segments: readonly string[]): string => [host, ...segments].join('/').toLowerCase()

/**
 * Parse `host=token` items. Error messages do not contain tokens.
 *
 * @param name - The name of the setting.
 * @throws {BadConfiguration}
 */
export function parseGitTokens(items: readonly string[], name: string): GitTokens {
  const tokens = new Map<string, string>()
  for (const [index, item] of items.entries()) {
    const split = item.indexOf('=')
    const scope = split === -1 ? undefined : parseHostScope(item.slice(0, split))
    const token = item.slice(split + 1)
    if (scope === undefined) throw new BadConfiguration(`${name}: item ${index + 1}: expected ${EXAMPLE}`)
    if (!isToken(token)) throw new BadConfiguration(`${name}: the token for ${scope} is not visible ASCII`)
    if (tokens.has(scope)) throw new BadConfiguration(`${name}: there are two tokens for ${scope}`)
    tokens.set(scope, token)
  }
  // Passwords are also hidden without their users, because a host may echo one.
  hideValues([...tokens.values()].flatMap((token) => [token, token.replace(/^[^:]*:/, '')]))
  return new GitTokens(tokens)
}

/** User names for tokens with a known prefix. */
const USERS_BY_PREFIX: readonly [RegExp, string][] = [
  [/^(?:gh[oprsu]_|github_pat_)/, 'x-access-token'],
  [/^(?:gl[a-z]{2,}-|GR1348941)/, 'oauth2'],
  // API tokens of Atlassian accounts; tokens of one repository or workspace begin with ATCTT.
  [/^ATATT/, 'x-bitbucket-api-token-auth'],
  [/^ATCTT/, 'x-token-auth'],
]

const USERS_BY_FORM: Readonly<Record<LinkForm, string>> = {
  github: 'x-access-token',
  gitlab: 'oauth2',
  bitbucket: 'x-token-auth',
  // Gitea and Forgejo take a token as the password of any user.
  gitea: 'oauth2',
}

/**
 * The user name and password for a token. `user:token` is used as given, because deploy tokens and some hosts need a user name.
 *
 * @param form - The kind of host, if known.
 */
export function toCredentials(token: string, form: LinkForm | null): GitCredentials {
  const colon = token.indexOf(':')
  if (colon > 0) return { user: token.slice(0, colon), password: token.slice(colon + 1) }
  const user = USERS_BY_PREFIX.find(([prefix]) => prefix.test(token))?.[1]
  return { user: user ?? (form === null ? 'oauth2' : USERS_BY_FORM[form]), password: token }
}
