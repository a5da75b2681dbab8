/** Why a host could not be asked. The codes are stored in jobs and shown to callers; they do not change. */

import { AppError } from '#base/errors.ts'

/** Thrown when the host cannot be reached or is in trouble. It may pass. */
export class HostUnreachable extends AppError {
  readonly code = 'HOST_UNREACHABLE'
  override readonly hint = 'Check the host name and the network of this machine, then try again.'
  override readonly retryAfterSeconds: number | undefined

  constructor(message: string, options: ErrorOptions & { retryAfterSeconds?: number | undefined } = {}) {
    super(message, options)
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** Thrown when the host's certificate is not to be trusted. */
export class TlsFailed extends AppError {
  readonly code = 'TLS_FAILED'
  override readonly hint =
    'Install the certificate of your authority in the system, or name its file in NODE_EXTRA_CA_CERTS; checks are never switched off.'
}

/** Thrown when the host's name leads to an address that must not be connected to. */
export class AddressRefused extends AppError {
  readonly code = 'ADDRESS_REFUSED'
  override readonly hint = 'Set DOCSPOOL_ALLOW_PRIVATE_NETWORKS=true to clone inside your own network.'
}
