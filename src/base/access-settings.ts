/** Settings for access over HTTP: the token, trusted proxies, and the limits of each client. */

import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { BadConfiguration, list, whole } from './setting-forms.ts'

/** By the name of their environment variable; the order and the text are those of docs/settings.md. */
export const AccessSettings = {
  DOCSPOOL_TOKEN: list('').describe(
    'Token that callers must send to change something, at least 16 characters; at most two, with `,` between, while one replaces the other',
  ),
  DOCSPOOL_TOKEN_FOR: z
    .enum(['writing', 'everything'], 'expected writing or everything')
    .default('writing')
    .describe('What needs the token: `writing`, or `everything`, reading too'),
  DOCSPOOL_NOTES_DOCS: z
    .enum(['link', 'shared'], 'expected link or shared')
    .default('link')
    .describe(
      'Documents made with the `notes` of a caller without token: `link` for those who have their address, in no list; `shared` like all others',
    ),
  DOCSPOOL_TRUSTED_PROXIES: list('').describe(
    'Addresses or networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-…` and `Forwarded` headers are believed',
  ),
  DOCSPOOL_SUBMISSIONS_PER_HOUR: whole(2_000, 0, 1e9).describe(
    'Submissions from one address, as many at once; 0 for no limit',
  ),
  DOCSPOOL_SEARCHES_PER_MINUTE: whole(300, 0, 1e9).describe('Searches from one address; 0 for no limit'),
  DOCSPOOL_JOBS_PER_CLIENT: whole(1_000, 0, 1e9).describe('Unfinished jobs from one address; 0 for no limit'),
  DOCSPOOL_MAX_STREAMS: whole(1_000, 1, 1e6).describe(
    'Event streams open at once; as many requests may wait (`?wait=`)',
  ),
  DOCSPOOL_STREAMS_PER_CLIENT: whole(100, 0, 1e6).describe(
    'Event streams from one address, and as many waiting requests; 0 for no limit',
  ),
}

/** Who may do what over HTTP. */
export interface AccessConfig {
  /** Empty: no access control. */
  tokens: readonly string[]
  tokenFor: 'writing' | 'everything'
  /** Whether documents made with notes of an anonymous caller are unlisted (`link`) or listed (`shared`). */
  notesDocs: 'link' | 'shared'
  /** Networks, `10.0.0.0/8`. */
  trustedProxies: readonly string[]
  limits: AccessLimits
}

/** The limits of one client; callers with the token are not limited. 0 for no limit. */
export interface AccessLimits {
  submissionsPerHour: number
  searchesPerMinute: number
  /** Unfinished ones. */
  jobsPerClient: number
  /** Event streams in all, and as many waiting requests; at least 1. */
  maxStreams: number
  streamsPerClient: number
}

const LEAST_TOKEN = 16
const MOST_TOKENS = 2
/** Visible ASCII, which headers transport unchanged (a superset of RFC 6750, section 2.1). */
const Token = /^[!-~]+$/

/**
 * @param env - Of `AccessSettings`.
 * @throws {BadConfiguration} A token or a network is invalid. The message does not contain the token.
 */
export function readAccess(env: z.infer<z.ZodObject<typeof AccessSettings>>): AccessConfig {
  const tokens = env.DOCSPOOL_TOKEN
  if (tokens.some((token) => token.length < LEAST_TOKEN || !Token.test(token)) || tokens.length > MOST_TOKENS) {
    throw new BadConfiguration(
      `DOCSPOOL_TOKEN: expected at least ${LEAST_TOKEN} visible ASCII characters, such as \`openssl rand -hex 32\` prints, or two of them with a comma between`,
    )
  }
  return {
    tokens,
    tokenFor: env.DOCSPOOL_TOKEN_FOR,
    notesDocs: env.DOCSPOOL_NOTES_DOCS,
    trustedProxies: env.DOCSPOOL_TRUSTED_PROXIES.map(networkOf),
    limits: {
      submissionsPerHour: env.DOCSPOOL_SUBMISSIONS_PER_HOUR,
      searchesPerMinute: env.DOCSPOOL_SEARCHES_PER_MINUTE,
      jobsPerClient: env.DOCSPOOL_JOBS_PER_CLIENT,
      maxStreams: env.DOCSPOOL_MAX_STREAMS,
      streamsPerClient: env.DOCSPOOL_STREAMS_PER_CLIENT,
    },
  }
}

/** A single address becomes a network of one. */
function networkOf(item: string): string {
  if (ipaddr.isValidCIDR(item)) return item
  // The library also accepts `10` and `0x7f.1`.
  const isWhole = item.includes(':') || /^\d+(?:\.\d+){3}$/.test(item)
  if (isWhole && ipaddr.isValid(item)) return `${item}/${ipaddr.parse(item).kind() === 'ipv4' ? 32 : 128}`
  throw new BadConfiguration(
    `DOCSPOOL_TRUSTED_PROXIES: expected addresses or networks such as 127.0.0.1 or 10.0.0.0/8, found ${JSON.stringify(item)}`,
  )
}
