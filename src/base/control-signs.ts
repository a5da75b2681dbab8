/**
 * Signs that steer a terminal or turn the order of what is read: C0, DEL, C1 and the controls of bidirectional text. In lines
 * of JSON, whose writer has escaped C0 and nothing else.
 */

const RAW = /[\u007f-\u009f\p{Bidi_Control}]/gu

/** Every escape of JSON, so that a pair of backslashes is never taken for the beginning of one. */
const ESCAPES = /\\(?:(u(?:00[0189][0-9a-f]|007f|061c|200[ef]|202[a-e]|206[6-9])|[bfr])|.)/gis

/** The same JSON, with none of them raw. */
export function escapeControls(json: string): string {
  return json.replace(RAW, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** JSON that says the escapes themselves, `\u009b`, once it is read; line breaks and tabs stay what they are. */
export function showControls(json: string): string {
  return json.replace(ESCAPES, (found, control) => (control === undefined ? found : `\\${found}`))
}
