/**
 * Removes characters that control a terminal, reorder text or are invisible: C0, DEL, C1 and escape sequences, bidirectional
 * controls, zero-width characters. All output for terminals goes through `plainText` or `plainLine`. JSON must keep its
 * content, so it goes through `escapeControls`.
 */

/**
 * Control sequences (ECMA-48, 5.4). They are removed completely, because without its first character, a sequence would show as
 * text.
 */
const SEQUENCE = /(?!\s)\p{Cc}\[[0-?]{0,64}[ -/]{0,8}[@-~]/gu
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu

/** The text without control characters except line feeds. */
export function plainText(text: string): string {
  return text.replace(SEQUENCE, ' ').replace(CONTROLS, (found) => '\n'.repeat(found.split('\n').length - 1) || ' ')
}

/** The text on one line, without control characters. */
export const plainLine = (text: string): string => plainText(text).replaceAll('\n', ' ').trimEnd()

/** Control characters that `JSON.stringify` does not escape. */
const RAW = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** A quick test: most texts are pure ASCII and contain nothing to escape. */
const BEYOND_ASCII = /[^\0-~]/

/** Matches every JSON escape, so that the second of two backslashes never starts one. */
const ESCAPES = /\\(?:(u[0-9a-f]{4}|[bfr])|.)/gis

/** Equivalent JSON with all control characters escaped. */
export function escapeControls(json: string): string {
  if (!BEYOND_ASCII.test(json)) return json
  return json.replace(RAW, (sign) =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )
}

/** JSON whose parsed strings contain escapes such as `\u009b` instead of control characters, except line breaks and tabs. */
export function showControls(json: string): string {
  return json.replace(ESCAPES, (found, control) => (control === undefined ? found : `\\${found}`))
}
