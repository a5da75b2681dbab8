/**
 * Signs that steer a terminal, turn the order of what is read or are not seen: C0, DEL, C1, the sequences that they begin, the
 * controls of bidirectional text, zero-width signs. Whatever goes to a terminal goes through `plainText` or `plainLine`; JSON,
 * which has to say the same, through `escapeControls`.
 */

/** What stands behind the sign that begins most sequences (ECMA-48, 5.4): without it, they are words that mean nothing. */
const SEQUENCE = /(?!\s)\p{Cc}\[[0-?]{0,64}[ -/]{0,8}[@-~]/gu
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu

/** The same for people at a terminal; line feeds stay. */
export function plainText(text: string): string {
  return text.replace(SEQUENCE, ' ').replace(CONTROLS, (signs) => '\n'.repeat(signs.split('\n').length - 1) || ' ')
}

/** The same on one line. */
export const plainLine = (text: string): string => plainText(text).replaceAll('\n', ' ').trimEnd()

/** What JSON does not escape by itself. */
const RAW = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** Every escape of JSON, so that a pair of backslashes is never taken for the beginning of one. */
const ESCAPES = /\\(?:(u[0-9a-f]{4}|[bfr])|.)/gis

/** The same JSON, with none of them raw. */
export function escapeControls(json: string): string {
  return json.replace(RAW, (sign) =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )
}

/** JSON that says the escapes themselves, `\u009b`, once it is read; line breaks and tabs stay what they are. */
export function showControls(json: string): string {
  return json.replace(ESCAPES, (found, control) => (control === undefined ? found : `\\${found}`))
}
