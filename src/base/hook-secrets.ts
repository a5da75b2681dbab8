/**
 * Secrets of incoming webhooks, by scope: `host`, `host:port`, or either with a path (`github.com/acme`). Printing or
 * serialising these objects reveals no secrets.
 */

import { parseHostScope } from './host-scope.ts'
import type { Repository } from './repository.ts'
import { hideValues } from './scrub.ts'
import { BadConfiguration } from './setting-types.ts'

const NAME = 'DOCSPOOL_HOOK_SECRETS'
const MIN_LENGTH = 16
/** Limited because each delivery is checked against all secrets. */
const MAX_SECRETS = 20
const MAX_PER_SCOPE = 2
const SECRET = /^[!-~]{1,500}$/

/** A secret and the repositories that a delivery signed with it may concern. */
export interface HookSecret {
  /** The scope in lower case, such as `github.com` or `github.com/acme`. */
  scope: string
  /** Returns the secret. A method, so that printing this object does not reveal it. */
  read(): string
}

export class HookSecrets {
  readonly #secrets: readonly HookSecret[]

  constructor(secrets: readonly HookSecret[] = []) {
    this.#secrets = secrets
  }

  /** Scopes with a secret, sorted. */
  get scopes(): string[] {
    return [...new Set(this.#secrets.map(({ scope }) => scope))].sort()
  }

  get all(): readonly HookSecret[] {
    return this.#secrets
  }
}

/** Whether a scope covers a repository. Hosts ignore the case of owners, and so do scopes. */
export function isInScope(scope: string, { host, segments }: Pick<Repository, 'host' | 'segments'>): boolean {
  const path = [host, ...segments].join('/').toLowerCase()
  return path === scope || path.startsWith(`${scope}/`)
}

/**
 * Parse `scope=secret` items. Error messages do not contain secrets.
 *
 * @throws {BadConfiguration}
 */
export function parseHookSecrets(items: readonly string[]): HookSecrets {
  const secrets = items.map((item, index): HookSecret => {
    const split = item.indexOf('=')
    const scope = split === -1 ? undefined : parseHostScope(item.slice(0, split))
    const secret = item.slice(split + 1)
    if (scope === undefined) {
      throw new BadConfiguration(`${NAME}: item ${index + 1}: expected host=secret or host/owner=secret`)
    }
    if (secret.length < MIN_LENGTH || !SECRET.test(secret)) {
      throw new BadConfiguration(
        `${NAME}: the secret for ${scope} needs at least ${MIN_LENGTH} visible ASCII characters`,
      )
    }
    return { scope, read: () => secret }
  })
  if (secrets.length > MAX_SECRETS) throw new BadConfiguration(`${NAME}: expected at most ${MAX_SECRETS} secrets`)
  for (const { scope } of secrets) {
    if (secrets.filter((other) => other.scope === scope).length > MAX_PER_SCOPE) {
      throw new BadConfiguration(`${NAME}: expected at most ${MAX_PER_SCOPE} secrets for ${scope}`)
    }
  }
  hideValues(secrets.map(({ read }) => read()))
  return new HookSecrets(secrets)
}
