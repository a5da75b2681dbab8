/** Decodes parts of URLs from untrusted sources. */

/** Percent-decodes a text; one that is not valid is returned unchanged. */
export function decodeUriPart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
