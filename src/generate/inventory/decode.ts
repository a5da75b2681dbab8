/** Decodes text and distinguishes it from binary data. */

const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('windows-1252')

/** Git's limit, in bytes, within which a NUL byte makes a file binary. */
export const BINARY_WITHIN = 8_000

/**
 * The text of a blob without its byte order mark; `null` for binary files: those with a NUL byte and no UTF-16 mark,
 * and those that are not valid UTF-8.
 *
 * @param isCode - The name is that of source code. As in git, only a NUL byte near its start makes it binary, since a string
 * literal may contain one; later ones are replaced. Invalid UTF-8 without them is decoded as Windows-1252, since old
 * comments may contain such bytes.
 */
export function decodeText(blob: Uint8Array, isCode: boolean): string | null {
  const mark = ((blob[0] ?? 0) << 8) | (blob[1] ?? 0)
  if (blob.byteLength % 2 === 0 && (mark === 0xfffe || mark === 0xfeff)) {
    return new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be').decode(blob)
  }
  if ((isCode ? blob.subarray(0, BINARY_WITHIN) : blob).includes(0)) return null
  try {
    // Replaced one for one, so that columns stay and a separator between texts remains one.
    return utf8.decode(blob).replaceAll('\0', '\uFFFD')
  } catch {
    return isCode && !blob.includes(0) ? latin1.decode(blob) : null
  }
}
