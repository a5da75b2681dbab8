/** Settings for jobs and documents in PostgreSQL, and the secrets in these settings. */

import { z } from 'zod'
import { decodeUriPart } from './decode-uri-part.ts'
import { fraction } from './setting-types.ts'

/** Settings by environment variable, in the order and with the text of docs/settings.md. */
export const DatabaseSettings = {
  DOCSPOOL_DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'expected an address such as postgres://docspool:password@db.example.org/docspool')
    .optional()
    .describe(
      'PostgreSQL for jobs and documents, `postgres://user:password@host/database`, so that several machines can share them; cannot be given as a flag; see [postgres.md](postgres.md)',
    ),
  DOCSPOOL_DOCS_CACHE_GB: fraction(5, 0.01, 1_000_000).describe(
    'With a database: space for documents in the folder of this machine, which is then a cache',
  ),
  DOCSPOOL_SECRET_KEY: z
    .string()
    .refine(
      (text) => text === '' || keyBytes(text) !== undefined,
      'expected 32 bytes as 64 hex digits, such as `openssl rand -hex 32` prints',
    )
    .optional()
    .describe(
      'With a database: the key that seals `X-Git-Token`, 32 bytes as hex digits (`openssl rand -hex 32`), equal on all machines; cannot be given as a flag. Without it, such tokens are refused',
    ),
}

/** The key in `DOCSPOOL_SECRET_KEY`; `null` if it is not set. */
export const readSecretKey = (text: string | undefined): Buffer | null =>
  text === undefined ? null : (keyBytes(text) ?? null)

const keyBytes = (text: string): Buffer | undefined =>
  /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined

/** Whether a text is a valid database URL, or empty, which means that no database is configured. */
export function isDatabaseUrl(text: string): boolean {
  if (text === '') return true
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname } = new URL(text)
  return /^postgres(?:ql)?:$/.test(protocol) && hostname !== '' && /^\/[^/]+$/.test(pathname)
}

/** The password in the URL, both percent-encoded and decoded. */
export function databaseSecrets(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return []
  const { password } = new URL(url)
  return password === '' ? [] : [password, decodeUriPart(password)]
}
