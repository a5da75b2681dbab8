/** Addresses of this machine, as they are listened on and as they are asked. */

import { isIP } from 'node:net'

/** An address of this machine at which a server listens that listens on all of them. */
export const reachable = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)

/** A host as it stands in a URL. */
export const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

/** Reached from this machine alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){1,3}$/.test(host)
