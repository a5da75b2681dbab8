/** Resolves relative URLs in the repository's own text. */

/**
 * The path that a relative URL points to.
 *
 * @param from - The file that contains the URL.
 * @returns A path without `.` and `..`, or `null` when it leaves the repository or is not a path.
 */
export function resolvePath(from: string, url: string): string | null {
  const plain = url.replace(/[?#][\s\S]*$/, '')
  if (plain === '' || plain.includes('\\')) return null
  let decoded: string
  try {
    decoded = decodeURIComponent(plain)
  } catch {
    return null
  }
  const parts = decoded.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of decoded.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null
    if (part !== '' && part !== '.' && part !== '..') parts.push(part)
  }
  return parts.join('/')
}
