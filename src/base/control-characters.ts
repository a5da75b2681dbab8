/**
 * Replaces characters that control a terminal, reorder text or are invisible by spaces: C0, DEL, C1 and escape sequences, bidirectional
 * controls, zero-width characters. All output for terminals goes through `plainText` or `plainLine`. JSON must keep its
 * content, so it goes through `escapeControls`.
 */

/**
 * Control sequences (ECMA-48, 5.4), in their 7-bit and 8-bit forms. Each is replaced as a whole, because the rest of a
 * sequence would otherwise show as text.
 */
const SEQUENCE = new RegExp(String.raw`(?:${String.fromCharCode(0x1b)}\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]`, 'g')
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu

/** The text with a space for each run of control characters; line feeds stay. */
export function plainText(text: string): string {
  return text.replace(SEQUENCE, ' ').replace(CONTROLS, (found) => '\n'.repeat(found.split('\n').length - 1) || ' ')
}

/** The text on one line, with a space for each run of control characters. */
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
  return json.replace(RAW, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

/** For output of `escapeControls`: JSON whose parsed strings contain escapes such as `\u009b` instead of control characters, except line breaks and tabs. */
export function showControls(json: string): string {
  return json.replace(ESCAPES, (found, control) => (control === undefined ? found : `\\${found}`))
}
