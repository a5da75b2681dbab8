/** Addresses of versions: `/docs/{host/owner/name}/{version}/{page}`. A `/` in a version is written `%2F`; unescaped, it is accepted, too. */

/** The colon of a port and the `@` of a name need no escaping in a path. */
const encodedSegment = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%40', '@')

const encoded = (path: string): string => path.split('/').map(encodedSegment).join('/')

/** `github.com/pallets/flask`; `null` for a repository without such an address: a folder, or one that is cloned over SSH. */
export function addressOf(repoUrl: string): string | null {
  return /^https?:\/\/(.+)$/.exec(repoUrl)?.[1] ?? null
}

/** The page that lists the versions of a repository. */
export const versionsHref = (address: string): string => `/docs/${encoded(address)}/`

/** A page of a version; the overview without one. */
export const versionHref = (address: string, version: string, page = ''): string =>
  `${versionsHref(address)}${encodedSegment(version)}/${page === 'overview.md' ? '' : encoded(page)}`

export const versionsApiHref = (address: string): string => `/api/versions/${encoded(address)}`

export const badgeHref = (address: string): string => `/badge/${encoded(address)}.svg`

export const feedHref = (address: string): string => `/feed/${encoded(address)}.atom`

/** Decoded segments of a path after a prefix; `undefined` for an invalid path. The last is '' after a final slash. */
export function segmentsOf(pathname: string, prefix: string): string[] | undefined {
  const parts = pathname.slice(prefix.length).split('/')
  if (parts.length > MAX_SEGMENTS) return undefined
  try {
    return parts.map((part) => decodeURIComponent(part))
  } catch {
    return undefined
  }
}

const MAX_SEGMENTS = 40
