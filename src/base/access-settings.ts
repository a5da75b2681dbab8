/** Settings for access over HTTP: the token, trusted proxies, and the limits of each client. */

import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { BadConfiguration, list, whole } from './setting-types.ts'

/** Settings by environment variable, in the order and with the text of docs/settings.md. */
export const AccessSettings = {
  DOCSPOOL_TOKEN: list('').describe(
    'Token that callers must send to change anything, at least 16 characters; during a rotation, two tokens separated by `,`',
  ),
  DOCSPOOL_TOKEN_FOR: z
    .enum(['writing', 'everything'], 'expected writing or everything')
    .default('writing')
    .describe('What needs the token: `writing`, or `everything`, including reading'),
  DOCSPOOL_NOTES_DOCS: z
    .enum(['link', 'shared'], 'expected link or shared')
    .default('link')
    .describe(
      'Documents made with the `notes` of a caller without a token: `link`, unlisted, for those who have the link; `shared`, like all others',
    ),
  DOCSPOOL_TRUSTED_PROXIES: list('').describe(
    'Addresses or networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-…` and `Forwarded` headers are trusted',
  ),
  DOCSPOOL_SUBMISSIONS_PER_HOUR: whole(2_000, 0, 1e9).describe(
    'Submissions from one address in an hour, in any burst; 0 for no limit',
  ),
  DOCSPOOL_SEARCHES_PER_MINUTE: whole(300, 0, 1e9).describe('Searches from one address; 0 for no limit'),
  DOCSPOOL_QUESTIONS_PER_HOUR: whole(30, 0, 1e9).describe(
    'Questions from one address that a model answers; 0 for no limit',
  ),
  DOCSPOOL_JOBS_PER_CLIENT: whole(1_000, 0, 1e9).describe('Unfinished jobs from one address; 0 for no limit'),
  DOCSPOOL_MAX_STREAMS: whole(1_000, 1, 1e6).describe(
    'Event streams open at once, and as many waiting requests (`?wait=`)',
  ),
  DOCSPOOL_STREAMS_PER_CLIENT: whole(100, 0, 1e6).describe(
    'Event streams from one address, and as many waiting requests; 0 for no limit',
  ),
}

/** Who may do what over HTTP. */
export interface AccessConfig {
  /** Access tokens; if there are none, anybody may do anything. */
  tokens: readonly string[]
  tokenFor: 'writing' | 'everything'
  /** Whether documents made with notes of an anonymous caller are unlisted (`link`) or listed (`shared`). */
  notesDocs: 'link' | 'shared'
  /** Networks such as `10.0.0.0/8`. */
  trustedProxies: readonly string[]
  limits: AccessLimits
}

/** The limits of one client; 0 for no limit. Callers with the token are not limited. */
export interface AccessLimits {
  submissionsPerHour: number
  searchesPerMinute: number
  /** Questions answered by a model. */
  questionsPerHour: number
  /** Unfinished jobs. */
  jobsPerClient: number
  /** Open event streams of all clients together, and separately the number of waiting requests; at least 1. */
  maxStreams: number
  streamsPerClient: number
}

const MIN_TOKEN_LENGTH = 16
const MAX_TOKENS = 2
/** Visible ASCII, which headers transport unchanged (a superset of RFC 6750, section 2.1). */
const VISIBLE_ASCII = /^[!-~]+$/

/**
 * @param env - The parsed `AccessSettings`.
 * @throws {BadConfiguration} A token or a network is invalid. The message does not contain the token.
 */
export function readAccess(env: z.infer<z.ZodObject<typeof AccessSettings>>): AccessConfig {
  const tokens = env.DOCSPOOL_TOKEN
  if (
    tokens.some((token) => token.length < MIN_TOKEN_LENGTH || !VISIBLE_ASCII.test(token)) ||
    tokens.length > MAX_TOKENS
  ) {
    throw new BadConfiguration(
      `DOCSPOOL_TOKEN: expected at least ${MIN_TOKEN_LENGTH} visible ASCII characters, such as \`openssl rand -hex 32\` prints, or two tokens separated by a comma`,
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
      questionsPerHour: env.DOCSPOOL_QUESTIONS_PER_HOUR,
      jobsPerClient: env.DOCSPOOL_JOBS_PER_CLIENT,
      maxStreams: env.DOCSPOOL_MAX_STREAMS,
      streamsPerClient: env.DOCSPOOL_STREAMS_PER_CLIENT,
    },
  }
}

/** The network that an item of the setting names; a single address becomes a network with one address. */
function networkOf(item: string): string {
  if (ipaddr.isValidCIDR(item)) return item
  // ipaddr.js also accepts `10` and `0x7f.1` as addresses.
  const isWhole = item.includes(':') || /^\d+(?:\.\d+){3}$/.test(item)
  if (isWhole && ipaddr.isValid(item)) return `${item}/${ipaddr.parse(item).kind() === 'ipv4' ? 32 : 128}`
  throw new BadConfiguration(
    `DOCSPOOL_TRUSTED_PROXIES: expected addresses or networks such as 127.0.0.1 or 10.0.0.0/8, found ${JSON.stringify(item)}`,
  )
}
