/**
 * What all our connections to hosts have in common: which addresses they may use, whose certificates are believed, and what
 * went wrong in our words.
 */

import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:http'
import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import { AppError } from '#base/errors.ts'
import { type Resolve, resolveBySystem } from './address.ts'
import { HostUnreachable, TlsFailed } from './errors.ts'

/** How names become addresses, and whose certificates are believed. */
export interface Network {
  resolve: Resolve
  /** Files of certificates to trust beside Node's own (PEM); those that are not there are passed over. */
  caFiles: readonly string[]
}

/** Of this machine. Certificates are where Debian, Red Hat, SUSE, Alpine and the BSDs keep those they trust. */
export const systemNetwork: Network = {
  resolve: resolveBySystem,
  caFiles: [
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/ssl/cert.pem',
  ],
}

/** Certificates of an authority that Node does not know, which those of the system may. */
const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
])

/** A `lookup` for `net.connect` that knows one name only: whatever it is asked, these are the addresses. */
export function pinned(addresses: readonly string[]): NonNullable<RequestOptions['lookup']> {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, options, callback) => {
    const first = all[0]
    if (options.all || first === undefined) callback(null, all)
    else callback(null, first.address, first.family)
  }
}

/** True for a certificate of an authority that Node does not know and the system may. */
export const isUnknownAuthority = (error: unknown): boolean =>
  error instanceof TlsFailed && UNKNOWN_AUTHORITY.has(codeOf(error.cause))

/** Node's own authorities and those of files (PEM); files that are not there are passed over. */
export function readAuthorities(files: readonly string[]): string[] {
  const found = files.flatMap((file) => {
    try {
      return [readFileSync(file, 'utf8')]
    } catch {
      return []
    }
  })
  return [...rootCertificates, ...found]
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** A connection's error in our words; our own errors as they are. */
export function explain(error: unknown, host: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError || error.name === 'AbortError') return error
  const code = codeOf(error)
  const detail = code === '' ? plainText(error.message) : code
  if (
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code)
  ) {
    return new TlsFailed(`The TLS certificate or handshake of ${host} is not valid (${detail}).`, { cause: error })
  }
  return new HostUnreachable(`${host} could not be reached, or ended the connection (${detail}).`, { cause: error })
}

/** A host's own words, cut and without control characters. */
export function plainText(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200)
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
export function readRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
