/**
 * Shared parts of all outgoing connections: pinned addresses, trusted certificates and error conversion.
 */

import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:http'
import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import { AppError } from '#base/errors.ts'
import { HostUnreachable, TlsFailed } from './errors.ts'
import { type Resolve, resolveBySystem } from './resolve-host.ts'

/** How names are resolved, and which certificates are trusted. */
export interface Network {
  resolve: Resolve
  /** PEM files of certificates to trust in addition to Node's own; missing files are ignored. */
  caFiles: readonly string[]
}

/** The resolver of this machine, and the certificate files of Debian, Red Hat, SUSE, Alpine and the BSDs. */
export const systemNetwork: Network = {
  resolve: resolveBySystem,
  caFiles: [
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/ssl/cert.pem',
  ],
}

/** Error codes for certificate authorities that Node does not know, but the system may. */
const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
])

/** A `lookup` for `net.connect` that returns these addresses for any name. */
export function pinned(addresses: readonly string[]): NonNullable<RequestOptions['lookup']> {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, options, callback) => {
    const first = all[0]
    if (options.all || first === undefined) callback(null, all)
    else callback(null, first.address, first.family)
  }
}

/** Whether a connection failed because of a certificate authority that Node does not know, but the system may. */
export const isUnknownAuthority = (error: unknown): boolean =>
  error instanceof TlsFailed && UNKNOWN_AUTHORITY.has(codeOf(error.cause))

/** Node's own certificate authorities and those in PEM files; missing files are ignored. */
export function readAuthorities(files: readonly string[]): string[] {
  const ofSystem = files.flatMap((file) => {
    try {
      return [readFileSync(file, 'utf8')]
    } catch {
      return []
    }
  })
  return [...rootCertificates, ...ofSystem]
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Convert a connection error to `TlsFailed` or `HostUnreachable`. An `AppError` or `AbortError` is returned unchanged. */
export function explain(error: unknown, host: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError || error.name === 'AbortError') return error
  const code = codeOf(error)
  const detail = code === '' ? plainText(error.message) : code
  if (
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code)
  ) {
    return new TlsFailed(`The TLS certificate or handshake of ${host} is not valid (${detail}).`, { cause: error })
  }
  return new HostUnreachable(`${host} could not be reached, or closed the connection (${detail}).`, { cause: error })
}

/** A message from a host, without control characters and truncated to 200 characters. */
export function plainText(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200)
}

/** The delay of a `Retry-After` header in seconds; the header may contain a date (RFC 9110, section 10.2.3). */
export function readRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
