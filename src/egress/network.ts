/** The network of outgoing connections: how names are resolved, pinned addresses, trusted certificates. */

import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:http'
import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import { type Resolve, resolveBySystem } from './resolve-host.ts'

/** How names are resolved, and which certificates are trusted. */
export interface Network {
  resolve: Resolve
  /** PEM files of certificates to trust in addition to Node's own; files that cannot be read are ignored. */
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

/** A `lookup` for `net.connect` that returns these addresses for any name. */
export function pinned(addresses: readonly string[]): NonNullable<RequestOptions['lookup']> {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, options, callback) => {
    const first = all[0]
    if (options.all || first === undefined) callback(null, all)
    else callback(null, first.address, first.family)
  }
}

/** Node's own certificate authorities and those in PEM files; files that cannot be read are ignored. */
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
