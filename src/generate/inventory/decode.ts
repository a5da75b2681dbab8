/** Decodes text and distinguishes it from binary data. */

const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('windows-1252')

/**
 * The text of a blob without its byte order mark; `null` for binary files: those with a NUL byte and no UTF-16 mark,
 * and those that are not valid UTF-8.
 *
 * @param mayBeLatin1 - Decode invalid UTF-8 as Windows-1252: for source code, where old comments may contain such
 * bytes.
 */
export function decodeText(blob: Uint8Array, mayBeLatin1: boolean): string | null {
  const mark = ((blob[0] ?? 0) << 8) | (blob[1] ?? 0)
  if (blob.byteLength % 2 === 0 && (mark === 0xfffe || mark === 0xfeff)) {
    return new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be').decode(blob)
  }
  if (blob.includes(0)) return null
  try {
    return utf8.decode(blob)
  } catch {
    return mayBeLatin1 ? latin1.decode(blob) : null
  }
}
