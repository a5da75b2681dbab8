/** Errors of outgoing connections. Their codes are stored in jobs and shown to callers, so they must not change. */

import { AppError } from '#base/errors.ts'

/** Thrown when the host cannot be reached or has a temporary problem. */
export class HostUnreachable extends AppError {
  readonly code = 'HOST_UNREACHABLE'
  override readonly hint = 'Check the host name and the network of this machine, then try again.'
}

/** Thrown when the host's certificate is not trusted. */
export class TlsFailed extends AppError {
  readonly code = 'TLS_FAILED'
  override readonly hint =
    'Install your certificate authority in the system, or set NODE_EXTRA_CA_CERTS to its file; verification cannot be disabled.'
}

/** Thrown when the host name resolves to an address that is not allowed. */
export class AddressRefused extends AppError {
  readonly code = 'ADDRESS_REFUSED'
  override readonly hint =
    'Set DOCSPOOL_ALLOW_PRIVATE_NETWORKS=true to allow addresses of your own network; those of cloud metadata services are never allowed.'
}
