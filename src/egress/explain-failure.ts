/** Converts errors of connections to errors that say which host failed, and how. */

import { AppError } from '#base/errors.ts'
import { HostUnreachable, TlsFailed } from './errors.ts'

/** Error codes for certificate authorities that Node does not know, but the system may. */
const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
])

/** Convert a connection error to `TlsFailed` or `HostUnreachable`. An `AppError` or `AbortError` is returned unchanged. */
export function explain(error: unknown, host: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError || error.name === 'AbortError') return error
  const code = codeOf(error)
  const detail = code === '' ? hostMessage(error.message) : code
  if (
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code)
  ) {
    return new TlsFailed(`The TLS certificate or handshake of ${host} is not valid (${detail}).`, { cause: error })
  }
  return new HostUnreachable(`${host} could not be reached, or closed the connection (${detail}).`, { cause: error })
}

/** A message from a host, without control characters and truncated to 200 characters. */
export function hostMessage(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200)
}

/** Whether a connection failed because of a certificate authority that Node does not know, but the system may. */
export const isUnknownAuthority = (error: unknown): boolean =>
  error instanceof TlsFailed && UNKNOWN_AUTHORITY.has(codeOf(error.cause))

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
