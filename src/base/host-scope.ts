/** Scopes of secrets in settings: a host, or a part of its repositories. */

const SCOPE = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:\/[a-z0-9._~-]+)*(?=\/?$)/i

/**
 * Parse `host`, `host:port`, or either with a path: `github.com/acme`.
 *
 * @returns The scope in lower case, because hosts ignore the case of owners, without a slash at the end; `undefined` if invalid.
 */
export const parseHostScope = (text: string): string | undefined => SCOPE.exec(text)?.[0].toLowerCase()
